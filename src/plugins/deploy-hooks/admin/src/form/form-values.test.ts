import { DEFAULT_TIMING, type Hook } from '../../../shared';
import { findRepeatedHeader, NEW_VALUES, toChanges, toNewHook, valuesOf } from './form-values';

const buildHook = (parts: Partial<Hook> = {}): Hook => ({
  id: 1,
  name: 'Main site',
  preset: 'generic',
  maskedUrl: 'https://example.org/…',
  headerNames: ['X-Key'],
  hasToken: false,
  hasReportSecret: false,
  reportUrl: 'https://cms.example.org/api/deploy-hooks/reports/1',
  isReadable: true,
  isDeclared: false,
  previousSecretUntil: null,
  filter: { tags: ['beginner'] },
  quietPeriodMs: 2_500,
  maxWaitMs: 60_000,
  isEnabled: true,
  statusUrl: null,
  cursor: '0',
  state: { kind: 'up-to-date' },
  lastDeliveredAt: null,
  buildFailure: null,
  shows: null,
  ...parts,
});

test('a new site gets what was typed, and leaves default periods to the server', () => {
  const body = toNewHook({
    ...NEW_VALUES,
    name: 'Main site',
    url: 'https://example.org/hook',
    headers: [{ key: 0, name: 'X-Key', value: 'k' }],
    tags: ' beginner \n\nadvanced\n',
  });
  expect(body).toEqual({
    name: 'Main site',
    preset: 'generic',
    url: 'https://example.org/hook',
    headers: { 'X-Key': 'k' },
    filter: { tags: ['beginner', 'advanced'] },
    isEnabled: true,
    statusUrl: null,
  });
});

test('a form that was only opened changes nothing', () => {
  const opened = valuesOf(buildHook());
  expect(toChanges(opened, opened)).toEqual({});
});

test('only changes are sent, with periods in milliseconds', () => {
  const opened = valuesOf(buildHook());
  const values = { ...opened, quietPeriod: 0.5, tags: '', url: 'https://example.org/new' };
  expect(toChanges(values, opened)).toEqual({
    quietPeriodMs: 500,
    filter: {},
    url: 'https://example.org/new',
  });
});

test('a cleared period becomes the default', () => {
  const opened = valuesOf(buildHook({ quietPeriodMs: 900_000, maxWaitMs: 900_000 }));
  const values = { ...opened, quietPeriod: undefined, maxWait: undefined };
  expect(toChanges(values, opened)).toEqual(DEFAULT_TIMING);
});

test('a stored header keeps its value when another one is added', () => {
  const opened = valuesOf(buildHook());
  const added = { key: 1, name: 'X-Other', value: 'o' };
  const values = { ...opened, headers: [...opened.headers, added] };
  expect(toChanges(values, opened)).toEqual({ headers: { 'X-Key': null, 'X-Other': 'o' } });
});

test('a token is sent only for a preset that has one', () => {
  const values = { ...NEW_VALUES, name: 'a', url: 'b', token: 'secret' };
  expect(toNewHook(values)).not.toHaveProperty('token');
  expect(toNewHook({ ...values, preset: 'github' })).toHaveProperty('token', 'secret');
});

test('a repeated header is found, whatever its case', () => {
  const rows = [
    { key: 0, name: 'X-Key', value: null },
    { key: 1, name: '', value: '' },
    { key: 2, name: '', value: '' },
    { key: 3, name: 'x-key', value: 'k' },
  ];
  expect(findRepeatedHeader(rows)).toBe('x-key');
  expect(findRepeatedHeader(rows.slice(0, 3))).toBeUndefined();
});
