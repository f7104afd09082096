import { patch } from '../patch';
import { read } from '../read/read';
import { posts } from '../testing/posts';
import { datetime } from './datetime';

const field = datetime();
const storedOf = (text: string) => field.serialize?.(text);

test.each([
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['2024-01-31T10:00:00Z', '2024-01-31T10:00:00.000Z'],
  ['2024-01-31T10:00:00.250+01:00', '2024-01-31T09:00:00.250Z'],
  ['2024-01-31 10:00:00 +0100', '2024-01-31T09:00:00.000Z'],
  ['2024-01-31 10:00:00 -05', '2024-01-31T15:00:00.000Z'],
  ['2024-01-31 9:05', '2024-01-31T09:05:00.000Z'],
  ['2024-01-31 10:00 UTC', '2024-01-31T10:00:00.000Z'],
  ['Jul 08 2022', '2022-07-08T00:00:00.000Z'],
  ['July 8, 2022', '2022-07-08T00:00:00.000Z'],
  ['8 Jul 2022', '2022-07-08T00:00:00.000Z'],
])('%s is the moment %s', (text, moment) => {
  expect(field.schema.safeParse(text).success).toBe(true);
  expect(storedOf(text)).toBe(moment);
});

test.each([
  '2024-02-30',
  '2024-01-31T25:00:00Z',
  '2024-01-31 10:00 +15:00',
  'Foo 08 2022',
  'Feb 30 2022',
  'tomorrow',
  '',
])('%p is not a date and time', (text) => {
  const { error } = field.schema.safeParse(text);

  expect(error?.issues[0]?.message).toContain(
    'is not a date and time: write one such as 2026-05-01'
  );
});

test.each([new Date('2024-01-31T10:00:00Z'), '2024-01-31T10:00:00.000Z', 1706695200000])(
  'what Strapi returns (%p) is written in one form',
  (stored) => {
    expect(field.parse(stored, { document: {} })).toBe('2024-01-31T10:00:00Z');
  }
);

const fileWith = (date: string) => `---\ntitle: a\ndate: ${date} # c\n---\n`;
const changeDate = (date: string, wanted: string) =>
  patch(posts, fileWith(date), { title: 'a', date: wanted }, '');

test.each(['2024-01-31', '2024-01-31 01:00:00 +0100', "'2024-01-31T00:00:00Z'", 'Jan 31 2024'])(
  '%s stays as written while the moment is the same',
  (date) => {
    expect(changeDate(date, '2024-01-31T00:00:00Z')).toBe(fileWith(date));
  }
);

test.each([
  ['2024-01-31', '2024-02-01T00:00:00Z', '2024-02-01'],
  ['2024-01-31', '2024-02-01T08:30:00Z', '2024-02-01T08:30:00Z'],
  ['2024-01-31 10:00:00 +0100', '2024-02-01T08:30:00Z', '2024-02-01 09:30:00 +0100'],
  ['2024-01-31 10:00', '2024-02-01T08:30:00Z', '2024-02-01 08:30'],
  ['2024-01-31 10:00', '2024-02-01T08:30:15Z', '2024-02-01 08:30:15'],
  ['2024-01-31T10:00:00-05:00', '2024-02-01T08:30:00Z', '2024-02-01T03:30:00-05:00'],
  ["'2024-01-31'", '2024-02-01T00:00:00Z', "'2024-02-01'"],
  ['"2024-01-31"', '2024-02-01T00:00:00Z', '"2024-02-01"'],
  ['Jan 31 2024', '2024-02-01T00:00:00Z', '2024-02-01'],
])('%s changed to %s is written as %s', (date, wanted, written) => {
  expect(changeDate(date, wanted)).toBe(fileWith(written));
  expect(read(posts, changeDate(date, wanted)).issues).toEqual([]);
});
