import {
  calendarDate,
  dateReasonText,
  dateRelevantContent,
  decideDates,
  type DateInput,
} from './dates';
import { articles } from './testing/shape';

const buildNext = (parts: Partial<DateInput['next']> = {}): DateInput['next'] => ({
  content: { title: 'T', questions: ['a'] },
  published: null,
  modified: null,
  override: null,
  minorEdit: false,
  ...parts,
});

const buildPrevious = (
  parts: Partial<NonNullable<DateInput['previous']>> = {}
): NonNullable<DateInput['previous']> => ({
  content: { title: 'T', questions: ['a'] },
  published: '2026-01-01',
  modified: '2026-02-02',
  ...parts,
});

const changedContent = { title: 'Other', questions: ['a'] };
const today = '2026-05-05';

describe('the first publication', () => {
  test('is dated today where the dates are empty', () => {
    expect(decideDates({ next: buildNext(), today })).toEqual({
      published: '2026-05-05',
      modified: '2026-05-05',
      reason: 'first-publication',
      changed: [],
    });
  });

  test('keeps the dates that an editor entered', () => {
    const next = buildNext({ published: '2020-01-01', modified: '2021-01-01' });

    expect(decideDates({ next, today })).toMatchObject({
      published: '2020-01-01',
      modified: '2021-01-01',
      reason: 'first-publication',
    });
  });

  test('fills only the date that is empty', () => {
    expect(decideDates({ next: buildNext({ published: '2020-01-01' }), today })).toMatchObject({
      published: '2020-01-01',
      modified: '2026-05-05',
    });
    expect(decideDates({ next: buildNext({ modified: '2021-01-01' }), today })).toMatchObject({
      published: '2026-05-05',
      modified: '2021-01-01',
    });
  });

  test('of a document that is dated ahead is no change before that day', () => {
    expect(decideDates({ next: buildNext({ published: '2030-01-01' }), today })).toMatchObject({
      published: '2030-01-01',
      modified: '2030-01-01',
    });
  });

  test('takes an override, and is no minor edit', () => {
    const next = buildNext({ override: '2026-03-03', modified: '2021-01-01' });

    expect(decideDates({ next, today })).toMatchObject({
      published: '2026-05-05',
      modified: '2026-03-03',
      reason: 'override',
    });
    expect(decideDates({ next: buildNext({ minorEdit: true }), today })).toMatchObject({
      modified: '2026-05-05',
      reason: 'first-publication',
    });
  });

  test('keeps the dates of an imported file', () => {
    const given = { published: '2019-01-01', modified: '2019-02-02' };
    const next = buildNext({ published: '2020-01-01', modified: '2021-01-01' });

    expect(decideDates({ next, given, today })).toMatchObject({
      published: '2019-01-01',
      modified: '2019-02-02',
      reason: 'given',
    });
  });
});

describe('a later publication', () => {
  test('without a difference leaves both dates alone', () => {
    expect(decideDates({ previous: buildPrevious(), next: buildNext(), today })).toEqual({
      published: '2026-01-01',
      modified: '2026-02-02',
      reason: 'unchanged',
      changed: [],
    });
  });

  test('with a difference is dated today, and says what differs', () => {
    const next = buildNext({ content: { title: 'Other', questions: ['a', 'b'] } });

    expect(decideDates({ previous: buildPrevious(), next, today })).toEqual({
      published: '2026-01-01',
      modified: '2026-05-05',
      reason: 'changed',
      changed: ['title', 'questions'],
    });
  });

  test.each([
    ['another order of a list', { title: 'T', questions: ['b', 'a'] }],
    ['a shorter list', { title: 'T', questions: ['a'] }],
    ['a list that is gone', { title: 'T', questions: undefined }],
  ])('with %s is a difference', (_, content) => {
    const previous = buildPrevious({ content: { title: 'T', questions: ['a', 'b'] } });

    expect(decideDates({ previous, next: buildNext({ content }), today })).toMatchObject({
      modified: '2026-05-05',
      changed: ['questions'],
    });
  });

  test('ignores the dates that a form sent back', () => {
    const next = buildNext({ published: '1999-01-01', modified: '1999-02-02' });

    expect(decideDates({ previous: buildPrevious(), next, today })).toMatchObject({
      published: '2026-01-01',
      modified: '2026-02-02',
      reason: 'unchanged',
    });
    expect(
      decideDates({
        previous: buildPrevious(),
        next: { ...next, content: changedContent },
        today,
      })
    ).toMatchObject({ published: '2026-01-01', modified: '2026-05-05', reason: 'changed' });
  });

  test('that is a minor edit leaves the date alone, and says what differs', () => {
    const next = buildNext({ content: changedContent, minorEdit: true, modified: '1999-02-02' });

    expect(decideDates({ previous: buildPrevious(), next, today })).toEqual({
      published: '2026-01-01',
      modified: '2026-02-02',
      reason: 'minor-edit',
      changed: ['title'],
    });
  });

  test('without a difference is unchanged, whether it is a minor edit or not', () => {
    const next = buildNext({ minorEdit: true });

    expect(decideDates({ previous: buildPrevious(), next, today })).toMatchObject({
      modified: '2026-02-02',
      reason: 'unchanged',
    });
  });

  test.each([
    ['content that differs', { content: changedContent }],
    ['content that does not differ', {}],
    ['a minor edit', { content: changedContent, minorEdit: true }],
  ])('with an override takes its date with %s', (_, parts) => {
    const next = buildNext({ ...parts, override: '2025-12-24' });

    expect(decideDates({ previous: buildPrevious(), next, today })).toMatchObject({
      published: '2026-01-01',
      modified: '2025-12-24',
      reason: 'override',
    });
  });

  test('by an import keeps the dates of the file, and still says what differs', () => {
    const given = { published: '2019-01-01', modified: '2026-02-02' };
    const next = buildNext({ content: changedContent });

    expect(decideDates({ previous: buildPrevious(), next, given, today })).toEqual({
      published: '2019-01-01',
      modified: '2026-02-02',
      reason: 'given',
      changed: ['title'],
    });
  });

  test('by an import of a file without dates leaves it without', () => {
    const given = { published: null, modified: null };
    const next = buildNext({ content: changedContent });

    expect(decideDates({ previous: buildPrevious(), next, given, today })).toMatchObject({
      published: null,
      modified: null,
      reason: 'given',
    });
  });

  test('before the day of its first publication is dated on that day', () => {
    const previous = buildPrevious({ published: '2026-06-01', modified: '2026-06-01' });
    const next = buildNext({ content: changedContent });

    expect(decideDates({ previous, next, today })).toMatchObject({
      published: '2026-06-01',
      modified: '2026-06-01',
      reason: 'changed',
    });
  });

  test('of a document that was published without dates sets no day of publication', () => {
    const previous = buildPrevious({ published: null, modified: null });

    expect(decideDates({ previous, next: buildNext(), today })).toMatchObject({
      published: null,
      modified: null,
      reason: 'unchanged',
    });
    const next = buildNext({ content: changedContent });
    expect(decideDates({ previous, next, today })).toMatchObject({
      published: null,
      modified: '2026-05-05',
      reason: 'changed',
    });
  });
});

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

/** Paths that differ between the standard document and one with these parts. */
const changedBy = (parts: Record<string, unknown>): string[] =>
  decideDates({
    previous: buildPrevious({ content: dateRelevantContent(articles, buildDocument()) }),
    next: buildNext({ content: dateRelevantContent(articles, buildDocument(parts)) }),
    today,
  }).changed;

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
])('a change of %s moves no date', (_, parts) => {
  expect(changedBy(parts)).toEqual([]);
});

test.each([
  ['two spaces', '  '],
  ['more spaces', '     '],
])('%s at the end of a line of the body are a line break', (_, spaces) => {
  const body = (end: string) => `# Body\n\none${end}\ntwo\n`;
  const withBreak = dateRelevantContent(articles, buildDocument({ body: body(spaces) }));
  const changedTo = (end: string) =>
    decideDates({
      previous: buildPrevious({ content: withBreak }),
      next: buildNext({
        content: dateRelevantContent(articles, buildDocument({ body: body(end) })),
      }),
      today,
    }).changed;

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
])('two spaces at the end of %s break no line', (_, one, two) => {
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

test('a long run of spaces is folded at once', () => {
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

test('an empty text, list or link list is the same as none', () => {
  const nothing = { summary: null, questions: null, relatedOrder: null, meta: null, body: null };
  const empty = { summary: '', questions: [], relatedOrder: [], meta: { headline: '' }, body: '' };

  expect(
    decideDates({
      previous: buildPrevious({ content: dateRelevantContent(articles, nothing) }),
      next: buildNext({ content: dateRelevantContent(articles, empty) }),
      today,
    }).changed
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
])('white space alone is no difference: %s', (_, before, after) => {
  const contentOf = (parts: Record<string, unknown>) =>
    dateRelevantContent(articles, buildDocument(parts));
  const previous = buildPrevious({ content: contentOf(before) });

  expect(
    decideDates({ previous, next: buildNext({ content: contentOf(after) }), today })
  ).toMatchObject({ reason: 'unchanged', changed: [] });
});

test('zero is a value, not an empty one', () => {
  const contentOf = (width: number | null) =>
    dateRelevantContent(articles, buildDocument({ meta: { headline: 'H', width } }));
  const previous = buildPrevious({ content: contentOf(null) });

  expect(
    decideDates({ previous, next: buildNext({ content: contentOf(0) }), today }).changed
  ).toEqual(['meta.width']);
});

test.each([
  ['2026-05-05T12:00:00Z', 'UTC', '2026-05-05'],
  ['2026-05-05T00:00:00Z', 'UTC', '2026-05-05'],
  ['2026-05-05T23:59:59.999Z', 'UTC', '2026-05-05'],
  ['2026-05-05T22:00:00Z', 'Europe/Berlin', '2026-05-06'],
  ['2026-05-05T21:59:59Z', 'Europe/Berlin', '2026-05-05'],
  ['2026-05-05T18:30:00Z', 'Asia/Kolkata', '2026-05-06'],
  ['2026-05-05T10:00:00Z', 'Pacific/Kiritimati', '2026-05-06'],
  ['2026-05-05T06:59:59Z', 'America/Los_Angeles', '2026-05-04'],
  ['2026-05-05T10:59:59Z', 'Pacific/Pago_Pago', '2026-05-04'],
  ['2025-12-31T15:00:00Z', 'Asia/Tokyo', '2026-01-01'],
  ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'],
  ['2024-02-28T23:30:00Z', 'Europe/Berlin', '2024-02-29'],
  ['2024-03-01T01:00:00Z', 'America/New_York', '2024-02-29'],
  ['2023-02-28T23:30:00Z', 'Europe/Berlin', '2023-03-01'],
  ['2026-03-29T22:30:00Z', 'Europe/Berlin', '2026-03-30'],
  ['0999-06-01T12:00:00Z', 'UTC', '0999-06-01'],
])('%s is in %s the day %s', (moment, timeZone, day) => {
  expect(calendarDate(new Date(moment), timeZone)).toBe(day);
});

test('a time zone that does not exist is an error', () => {
  expect(() => calendarDate(new Date('2026-05-05T12:00:00Z'), 'Europe/Nowhere')).toThrow(
    RangeError
  );
});

test('a key that came to the shape later moves no date until it is edited', () => {
  const { gained: _gained, ...before } = { ...buildNext().content, gained: 'G' };
  const previous = buildPrevious({ content: before });
  const next = buildNext({ content: { ...before, gained: 'G' } });

  expect(decideDates({ previous, next, today })).toMatchObject({
    reason: 'unchanged',
    changed: [],
  });
});

test.each([
  ['changed', 'changed: title, body'],
  ['minor-edit', 'minor edit: title, body'],
  ['override', 'set by hand'],
] as const)('the reason %s is told as "%s"', (reason, text) => {
  expect(dateReasonText(reason, ['title', 'body'])).toBe(text);
});
