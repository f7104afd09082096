import { dayIn, overlapDuring, showingDuring } from './schedule';

const HOUR_MS = 60 * 60 * 1000;
const day = dayIn('2027-05-01', 'UTC');
const at = (text: string) => new Date(text);

test.each([
  ['UTC', '2027-05-01', '2027-05-01T00:00:00.000Z', 24],
  ['Pacific/Kiritimati', '2027-05-01', '2027-04-30T10:00:00.000Z', 24],
  ['Pacific/Pago_Pago', '2027-05-01', '2027-05-01T11:00:00.000Z', 24],
  ['Europe/Berlin', '2027-03-28', '2027-03-27T23:00:00.000Z', 23],
  ['Europe/Berlin', '2027-10-31', '2027-10-30T22:00:00.000Z', 25],
  ['UTC', '2028-02-29', '2028-02-29T00:00:00.000Z', 24],
  ['UTC', '2027-12-31', '2027-12-31T00:00:00.000Z', 24],
])('in %s %s begins at %s and has %i hours', (timeZone, date, begin, hours) => {
  const span = dayIn(date, timeZone);

  expect(span.begin.toISOString()).toBe(begin);
  expect((span.end.getTime() - span.begin.getTime()) / HOUR_MS).toBe(hours);
});

test.each([
  [undefined, undefined, 'all-day'],
  ['2027-05-01T00:00Z', '2027-05-02T00:00Z', 'all-day'],
  ['2027-05-01T00:01Z', undefined, 'part'],
  [undefined, '2027-05-01T23:59Z', 'part'],
  ['2027-05-02T00:00Z', undefined, 'not-yet'],
  [undefined, '2027-05-01T00:00Z', 'over'],
])('from %s to %s is %s', (startsAt, endsAt, showing) => {
  const window = { startsAt: startsAt && at(startsAt), endsAt: endsAt && at(endsAt) };

  expect(
    showingDuring(
      { startsAt: window.startsAt || undefined, endsAt: window.endsAt || undefined },
      day
    )
  ).toBe(showing);
});

test('what ends when the other begins does not overlap, an hour more does', () => {
  const noon = at('2027-05-01T12:00Z');

  expect(overlapDuring({ endsAt: noon }, { startsAt: noon }, day)).toBe(false);
  expect(overlapDuring({ endsAt: at('2027-05-01T13:00Z') }, { startsAt: noon }, day)).toBe(true);
  expect(overlapDuring({}, {}, day)).toBe(true);
  expect(overlapDuring({ endsAt: day.begin }, {}, day)).toBe(false);
});
