import fc from 'fast-check';
import type { FrontmatterData } from '../read/parse';
import { articleFrontmatter, awkwardText } from './shape';
import { chooserOf, choices, styledYaml, withLineEnds } from './styled';

const someText = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'a b',
      "it's",
      'a: b',
      'x #y',
      '12',
      'true',
      '-',
      'a\nb',
      'a\n\n b\n',
      ' a\nb',
      'a\n\n',
      'word '.repeat(20) + 'x',
      '# h\ntext\n'
    ),
  },
  { weight: 1, arbitrary: awkwardText }
);
const someName = fc.constantFrom('a', 'b', 'c', 'd', 'e', '12', 'x: y', "o'k");
const slug = fc.constantFrom('a', 'b', 'c', 'd', 'e-1', '2');
const empty = fc.constantFrom(null, '');
const emptyList = fc.constantFrom(null, []);

/** Small values that often coincide, including empty ones. */
export const someValue: fc.Arbitrary<FrontmatterData> = fc
  .record(
    {
      title: fc.oneof(someText, fc.constant('t')),
      summary: fc.oneof({ weight: 5, arbitrary: someText }, { weight: 1, arbitrary: empty }),
      order: fc.nat(3),
      rating: fc.oneof(fc.constantFrom(0, 0.5, 1, 1e-7), fc.constant(null)),
      isPinned: fc.boolean(),
      layout: fc.constantFrom('wide', 'narrow', null),
      author: fc.record(
        {
          url: someText,
          title: someText,
          contact: fc.record({ label: someText, phone: someText }, { requiredKeys: [] }),
        },
        { requiredKeys: ['url'] }
      ),
      meta: fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record(
            {
              headline: someText,
              width: fc.constantFrom(1, 2.25, null),
              published: fc.constantFrom('2026-05-01', '2026-05-02'),
              modified: fc.constantFrom('2026-05-01', '2026-05-02'),
              keywords: fc.oneof(
                { weight: 5, arbitrary: fc.array(someName, { maxLength: 6 }) },
                { weight: 1, arbitrary: emptyList }
              ),
            },
            { requiredKeys: [] }
          ),
        },
        { weight: 1, arbitrary: fc.constantFrom(null, {}) }
      ),
      related: fc.array(slug, { maxLength: 6 }),
      questions: fc.oneof(
        { weight: 5, arbitrary: fc.array(someText, { maxLength: 5 }) },
        { weight: 1, arbitrary: emptyList }
      ),
    },
    { requiredKeys: [] }
  )
  .map((data) => data as FrontmatterData);

/** A file with keys in any order, written in any style. */
export const someFile: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: someValue }, { weight: 1, arbitrary: articleFrontmatter }),
    choices,
    fc.infiniteStream(fc.nat(100))
  )
  .map(([data, numbers]) => {
    const choose = chooserOf(numbers);
    const entries = Object.entries(data as FrontmatterData);
    if (choose(2) === 0) entries.sort(() => choose(3) - 1);
    const yaml = styledYaml(Object.fromEntries(entries), choose);
    const mark = choose(5) === 0 ? '\uFEFF' : '';
    const body = ['', '# Body\n', 'Body', '\n---\nx\r\n'][choose(4)] ?? '';
    const fence = choose(6) === 0 && body === '' ? '---' : '---\n';
    return mark + withLineEnds(`---\n${yaml}${fence}${body}`, choose);
  });
