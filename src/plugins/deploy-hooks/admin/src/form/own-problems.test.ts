import { NEW_VALUES } from './form-values';
import { ownProblems, timingProblems } from './own-problems';

const UNSET = { quietPeriod: undefined, maxWait: undefined };

test('a new site needs no periods', () => {
  expect(ownProblems(NEW_VALUES, NEW_VALUES)).toEqual([]);
});

test.each([0, 1, 3_600])('a quiet period of %d s is accepted', (quietPeriod) => {
  expect(timingProblems({ quietPeriod, maxWait: 86_400 }, UNSET)).toEqual([]);
});

test.each([-1, 0.5, 3_601, NaN])('a quiet period of %d s is out of range', (quietPeriod) => {
  expect(timingProblems({ quietPeriod, maxWait: 86_400 }, UNSET)).toEqual([
    { field: 'quietPeriod', text: 'seconds.range', values: { max: 3_600 } },
  ]);
});

test('a maximum wait of more than a day is out of range', () => {
  expect(timingProblems({ quietPeriod: 5, maxWait: 86_401 }, UNSET)).toEqual([
    { field: 'maxWait', text: 'seconds.range', values: { max: 86_400 } },
  ]);
});

test('a maximum wait shorter than the quiet period is rejected, even if one is empty', () => {
  const tooShort = (maxWait: number, quietPeriod: number) => [
    { field: 'maxWait', text: 'max-wait.too-short', values: { maxWait, quietPeriod } },
  ];
  expect(timingProblems({ quietPeriod: 60, maxWait: 5 }, UNSET)).toEqual(tooShort(5, 60));
  expect(timingProblems({ quietPeriod: 120, maxWait: undefined }, UNSET)).toEqual(
    tooShort(60, 120)
  );
  expect(timingProblems({ quietPeriod: undefined, maxWait: 4 }, UNSET)).toEqual(tooShort(4, 5));
});

test('untouched periods stay as they are stored', () => {
  const stored = { quietPeriod: 2.5, maxWait: 1 };
  expect(timingProblems({ ...stored }, stored)).toEqual([]);
});

test('a repeated header is named', () => {
  const headers = ['X-Key', 'x-key'].map((name, key) => ({ key, name, value: 'k' }));
  expect(ownProblems({ ...NEW_VALUES, headers }, NEW_VALUES)).toEqual([
    { field: 'headers', text: 'headers.repeated', values: { repeated: 'x-key' } },
  ]);
});
