import type { FrontmatterData } from './read/parse';
import { acceptedPart, refusalsOf, withoutRejected } from './rejected';
import { parsedOf, patched } from './testing/patching';
import { articles, fileOf, validLines } from './testing/shape';

const required: FrontmatterData = { title: 'T', order: 1 };

/** Returns what is left of the lines of a source if the document has only these values. */
const keptOf = (lines: string[], value: FrontmatterData = {}): string => {
  const text = fileOf(...validLines, ...lines);
  const wanted = { ...required, ...value };
  return patched(withoutRejected(articles, parsedOf(text).data, wanted), text, wanted)
    .split('\n')
    .slice(3, -2)
    .join('\n');
};

describe('lines that the shape refuses', () => {
  test.each([
    ['a text instead of a number', ['rating: high # soon a number']],
    ['a choice that is none', ["layout:   'tall'"]],
    ['a list instead of a text', ['summary:', '  - one', '  - two']],
    ['a group instead of a text', ['summary: { short: a, long: b }']],
    ['a text instead of a group', ['meta: none']],
    ['a list instead of a group', ['meta: [none]']],
    ['a list of numbers instead of texts', ['questions: [2020, 2021]']],
    ['a text instead of names', ['meta:', '  keywords: one, two']],
    ['a link that is no slug', ['related:', '  - a b']],
    ['an entry without what makes one', ['author:', '  title: Ada']],
    ['a part of a group', ['meta:', '  width: wide', '  x: 1']],
  ])('stay while the document has no value: %s', (_, lines) => {
    expect(keptOf(lines)).toBe(lines.join('\n'));
  });

  test.each([
    ['a number', ['rating: high # soon'], { rating: 0.5 }, 'rating: 0.5 # soon'],
    ['a text', ['summary:', '  - one', '  - two # 2'], { summary: 'S' }, "summary: 'S'"],
    ['a text', ['summary: { short: a, long: b }'], { summary: 'S' }, "summary: 'S'"],
    ['a text', ['summary:', '  short: a'], { summary: 'S' }, "summary: 'S'"],
    ['a group', ['meta: none'], { meta: { width: 2 } }, 'meta:\n  width: 2'],
    ['a group', ['meta: [none]'], { meta: { width: 2 } }, 'meta:\n  width: 2'],
    ['a list', ['questions: why'], { questions: ['why'] }, "questions:\n  - 'why'"],
    ['a list', ['questions: [{ a: 1 }]'], { questions: ['b'] }, "questions:\n  - 'b'"],
    ['a list', ['questions:', '  a: 1'], { questions: ['b'] }, "questions:\n  - 'b'"],
  ])('are replaced by %s', (_, lines, value, expected) => {
    expect(keptOf(lines, value)).toBe(expected);
  });

  test('within an entry stay while it does, and are removed with it', () => {
    const lines = ['author:', '  url: https://example.org', '  title: [x]'];

    expect(keptOf(lines, { author: { url: 'https://example.org' } })).toBe(lines.join('\n'));
    expect(keptOf(lines)).toBe('');
  });
});

test('lines that the shape accepts are removed with their value', () => {
  expect(keptOf(['rating: 0.5', 'questions: [a]', 'meta:', '  width: 2'])).toBe('');
});

test('a shape that refuses nothing stays the same object', () => {
  expect(withoutRejected(articles, { ...required, rating: 1, meta: { width: 2 } }, {})).toBe(
    articles
  );
});

test('the valid parts of a group and of an entry are accepted', () => {
  const { meta, author } = articles.keys as Required<typeof articles.keys>;
  const found = { headline: 'H', width: 'wide', unknown: 1 };
  const entry = { url: 'https://example.org', title: 5, contact: { label: 'L', phone: '' } };

  expect(acceptedPart(meta as never, found)).toEqual({ headline: 'H' });
  expect(acceptedPart(author as never, entry)).toEqual({
    url: 'https://example.org',
    contact: { label: 'L' },
  });
  expect(acceptedPart(author as never, { title: 'without an address' })).toBeUndefined();
});

test('refusals have the path and the reason, and skip missing top-level keys', () => {
  const data = { rating: 'high', author: { title: 'Ada' }, questions: ['a', ''], meta: 'none' };

  expect(refusalsOf(articles, data).map(({ path }) => path.join('.'))).toEqual([
    'rating',
    'author.url',
    'meta',
    'questions.1',
  ]);
  expect(refusalsOf(articles, data)[0]?.message).toBe(
    "expected a number, such as 968 or 0.5, found the text 'high'"
  );
});
