import { calendarDate, dateReasonText, decideDates, type DateInput } from './dates';

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
  test('is dated today if the dates are empty', () => {
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

  test('uses an override, and ignores the flag for minor edits', () => {
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

  test('with a difference is dated today, and reports what differs', () => {
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
  ])('with %s counts as changed', (_, content) => {
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

  test('that is a minor edit leaves the date alone, and reports what differs', () => {
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
  ])('with an override uses its date, given %s', (_, parts) => {
    const next = buildNext({ ...parts, override: '2025-12-24' });

    expect(decideDates({ previous: buildPrevious(), next, today })).toMatchObject({
      published: '2026-01-01',
      modified: '2025-12-24',
      reason: 'override',
    });
  });

  test('by an import keeps the dates of the file, and still reports what differs', () => {
    const given = { published: '2019-01-01', modified: '2026-02-02' };
    const next = buildNext({ content: changedContent });

    expect(decideDates({ previous: buildPrevious(), next, given, today })).toEqual({
      published: '2019-01-01',
      modified: '2026-02-02',
      reason: 'given',
      changed: ['title'],
    });
  });

  test('by an import of a file without dates leaves the document without dates', () => {
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

  test('of a document that was published without dates sets no date of publication', () => {
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
])('%s in %s is the day %s', (moment, timeZone, day) => {
  expect(calendarDate(new Date(moment), timeZone)).toBe(day);
});

test('a time zone that does not exist is an error', () => {
  expect(() => calendarDate(new Date('2026-05-05T12:00:00Z'), 'Europe/Nowhere')).toThrow(
    RangeError
  );
});

test('a key added to the shape later does not move the date until it is edited', () => {
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
] as const)('the reason %s is explained as "%s"', (reason, text) => {
  expect(dateReasonText(reason, ['title', 'body'])).toBe(text);
});
