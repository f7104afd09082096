import { dateRelevantContent, decideDates, type DateRelevantContent } from './dates';
import { articles } from './testing/shape';

const buildDocument = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: 'First steps',
  summary: 'One\n\nTwo\n',
  order: 1,
  rating: 0.5,
  author: { url: 'u' },
  meta: { headline: 'H', width: 968 },
  keywords: [{ documentId: 'k1', name: 'guide' }],
  related: [{ slug: 'second' }],
  relatedOrder: [{ id: 'd2' }, { id: 'd3' }, { slug: 'pending' }],
  questions: [{ question: 'Why?' }, { question: 'How?' }],
  body: '# Body\n\ntext\n',
  ...parts,
});

/** What publishing decides if readers get one content and the other is published next. */
const decisionOf = (before: DateRelevantContent, after: DateRelevantContent) =>
  decideDates({
    previous: { content: before, published: '2026-01-01', modified: '2026-02-02' },
    next: { content: after, published: null, modified: null, override: null, minorEdit: false },
    today: '2026-05-05',
  });

/** Paths that differ between the standard document and one with these parts. */
const changedBy = (parts: Record<string, unknown>): string[] =>
  decisionOf(
    dateRelevantContent(articles, buildDocument()),
    dateRelevantContent(articles, buildDocument(parts))
  ).changed;

test.each([
  ['nothing', {}],
  ['spaces around a text', { title: ' First steps ' }],
  ['spaces within a text', { title: 'First \t steps' }],
  ['line ends of a text', { summary: 'One\r\n\r\nTwo' }],
  ['line ends, blank lines and the end of the body', { body: '\r\n# Body  \r\n\r\n\r\ntext' }],
  ['spaces at the end of a paragraph of the body', { body: '# Body\n\ntext  \n' }],
  ['one space at the end of a line of the body', { body: '# Body \n\ntext \n' }],
  [
    'zero-width characters',
    { title: 'First\u200B steps\uFEFF', body: '# Bo\u200Ddy\n\n\u2060text' },
  ],
  ['spaces of a list item', { questions: [{ question: ' Why? ' }, { question: 'How?\n' }] }],
  ['a key that is not date-relevant', { order: 9, rating: 1, author: null }],
  ['keywords', { keywords: [{ documentId: 'k2', name: 'other' }] }],
  [
    'ids of list items',
    {
      questions: [
        { id: 7, question: 'Why?' },
        { id: 8, question: 'How?' },
      ],
    },
  ],
  ['what is shown of the same links', { related: [{ slug: 'renamed' }, { slug: 'third' }] }],
])('a change of %s does not move the date', (_, parts) => {
  expect(changedBy(parts)).toEqual([]);
});

test.each([
  ['two spaces', '  '],
  ['more spaces', '     '],
])('%s at the end of a line of the body are a line break', (_, spaces) => {
  const body = (end: string) => `# Body\n\none${end}\ntwo\n`;
  const withBreak = dateRelevantContent(articles, buildDocument({ body: body(spaces) }));
  const changedTo = (end: string) =>
    decisionOf(withBreak, dateRelevantContent(articles, buildDocument({ body: body(end) })))
      .changed;

  expect(changedTo('')).toEqual(['body']);
  expect(changedTo(' ')).toEqual(['body']);
  expect(changedTo('   ')).toEqual([]);
});

test.each([
  ['a heading', '# One', 'two'],
  ['the last line of a paragraph', 'one', '\ntwo'],
  ['a line before a list', 'one', '- two'],
  ['a line before a heading', 'one', '# two'],
  ['a line before a quote', 'one', '> two'],
  ['a line before a fence', 'one', '```\ntwo\n```'],
])('two spaces at the end of %s are not a line break', (_, one, two) => {
  const contentOf = (body: string) => dateRelevantContent(articles, buildDocument({ body }));

  expect(contentOf(`${one}  \n${two}\n`)).toEqual(contentOf(`${one}\n${two}\n`));
});

test('composed and decomposed characters are the same text', () => {
  const contentOf = (text: string) =>
    dateRelevantContent(
      articles,
      buildDocument({ title: text, body: text, questions: [{ question: text }] })
    );

  expect(contentOf('Caf\u00E9')).toEqual(contentOf('Cafe\u0301'));
});

test('a long run of spaces is folded quickly', () => {
  const body = `a${' '.repeat(1_000_000)}b`;

  expect(dateRelevantContent(articles, buildDocument({ body }))).toMatchObject({ body });
});

test.each([
  ['a text', { title: 'First Steps' }, ['title']],
  ['a text that is emptied', { summary: '' }, ['summary']],
  ['a number in a group', { meta: { headline: 'H', width: 968.5 } }, ['meta.width']],
  ['a whole group', { meta: null }, ['meta.headline', 'meta.width']],
  [
    'the order of a list',
    { questions: [{ question: 'How?' }, { question: 'Why?' }] },
    ['questions'],
  ],
  [
    'a repeat in a list',
    { questions: [{ question: 'Why?' }, { question: 'Why?' }] },
    ['questions'],
  ],
  ['a paragraph of the body', { body: '# Body\ntext' }, ['body']],
  ['the indentation of the body', { body: '# Body\n\n    text' }, ['body']],
  ['the words of the body', { body: '# Body\n\ntexts\n' }, ['body']],
  ['a body that is emptied', { body: null }, ['body']],
  [
    'the order of links',
    { relatedOrder: [{ id: 'd3' }, { id: 'd2' }, { slug: 'pending' }] },
    ['related'],
  ],
  ['a link that is gone', { relatedOrder: [{ id: 'd2' }, { slug: 'pending' }] }, ['related']],
  ['a pending link that is gone', { relatedOrder: [{ id: 'd2' }, { id: 'd3' }] }, ['related']],
  [
    'another target',
    { relatedOrder: [{ id: 'd9' }, { id: 'd3' }, { slug: 'pending' }] },
    ['related'],
  ],
])('a change of %s moves the date', (_, parts, changed) => {
  expect(changedBy(parts)).toEqual(changed);
});

test('an empty text, list or link list equals an absent one', () => {
  const nothing = { summary: null, questions: null, relatedOrder: null, meta: null, body: null };
  const empty = { summary: '', questions: [], relatedOrder: [], meta: { headline: '' }, body: '' };

  expect(
    decisionOf(dateRelevantContent(articles, nothing), dateRelevantContent(articles, empty)).changed
  ).toEqual([]);
});

test.each([
  ['a text, from empty to a line break', { summary: '' }, { summary: '\n' }],
  ['a text, from none to spaces', { summary: null }, { summary: '  ' }],
  ['a text, from spaces to none', { title: ' \t ' }, { title: null }],
  [
    'a text in a group, from none to a no-break space',
    { meta: null },
    { meta: { headline: '\u00a0' } },
  ],
  ['a list, from empty to a blank item', { questions: [] }, { questions: [{ question: ' ' }] }],
  [
    'a list, from blank items to none',
    { questions: [{ question: '\n' }, {}] },
    { questions: null },
  ],
  [
    'a list, by a blank item between others',
    { questions: [{ question: 'a' }, { question: 'b' }] },
    { questions: [{ question: 'a' }, { question: ' ' }, { question: 'b' }] },
  ],
  ['the body, from empty to line breaks', { body: '' }, { body: '\n\n' }],
  ['the body, from spaces to none', { body: '  ' }, { body: null }],
])('white space alone changes nothing: %s', (_, before, after) => {
  const contentOf = (parts: Record<string, unknown>) =>
    dateRelevantContent(articles, buildDocument(parts));
  expect(decisionOf(contentOf(before), contentOf(after))).toMatchObject({
    reason: 'unchanged',
    changed: [],
  });
});

test('zero is a value, not an empty one', () => {
  const contentOf = (width: number | null) =>
    dateRelevantContent(articles, buildDocument({ meta: { headline: 'H', width } }));
  expect(decisionOf(contentOf(null), contentOf(0)).changed).toEqual(['meta.width']);
});
