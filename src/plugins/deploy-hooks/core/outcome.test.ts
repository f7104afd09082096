import fc from 'fast-check';
import { outcomeOf, type Answer } from './outcome';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;

const answered = (
  status: number,
  rest: Partial<Extract<Answer, { kind: 'answered' }>> = {}
): Answer => ({ kind: 'answered', status, ...rest });

test.each([200, 201, 202, 204, 299])('%i is delivered', (status) => {
  expect(outcomeOf(answered(status), NOW)).toEqual({ kind: 'delivered' });
});

test('403 that says when to come back is a rate limit, as on GitHub', () => {
  expect(outcomeOf(answered(403, { retryAfter: '60' }), NOW)).toEqual({
    kind: 'retry',
    reason: 'answered 403',
    notBefore: new Date(NOW.getTime() + 60_000),
  });
});

const secondsOf = (date: Date): string => String(date.getTime() / 1_000);

test.each([403, 429])(
  '%i without requests left waits for the reset of the rate limit',
  (status) => {
    const reset = new Date(NOW.getTime() + 30 * 60_000);

    expect(outcomeOf(answered(status, { rateLimitReset: secondsOf(reset) }), NOW)).toEqual({
      kind: 'retry',
      reason: `answered ${status}`,
      notBefore: reset,
    });
  }
);

test.each([
  ['is in the past', secondsOf(new Date(NOW.getTime() - 60_000))],
  ['is missing', ''],
  ['cannot be read', 'soon'],
])('403 without requests left is tried again if the reset %s', (_name, rateLimitReset) => {
  expect(outcomeOf(answered(403, { rateLimitReset }), NOW)).toEqual({
    kind: 'retry',
    reason: 'answered 403',
  });
});

test('Retry-After takes precedence over the rate limit reset, and neither delays by more than a day', () => {
  const rateLimitReset = secondsOf(new Date(NOW.getTime() + 2 * DAY_MS));

  expect(outcomeOf(answered(403, { rateLimitReset, retryAfter: '60' }), NOW)).toMatchObject({
    notBefore: new Date(NOW.getTime() + 60_000),
  });
  expect(outcomeOf(answered(403, { rateLimitReset }), NOW)).toMatchObject({
    notBefore: new Date(NOW.getTime() + DAY_MS),
  });
});

test.each([401, 404, 410])('%i pauses even if it says when to come back', (status) => {
  expect(outcomeOf(answered(status, { retryAfter: '60' }), NOW).kind).toBe('pause');
});

test.each([401, 403, 404, 410])('%i pauses and says what to check', (status) => {
  expect(outcomeOf(answered(status), NOW)).toEqual({
    kind: 'pause',
    reason: expect.stringMatching(new RegExp(`^answered ${status}: .+; .*(check|give)`)),
  });
});

test.each([400, 405, 409, 418, 422, 429, 500, 502, 503, 599, 999])(
  '%i is tried again',
  (status) => {
    expect(outcomeOf(answered(status), NOW)).toEqual({
      kind: 'retry',
      reason: `answered ${status}`,
    });
  }
);

test.each([300, 301, 302, 303, 304, 307, 308])(
  '%i is tried again, and says that redirects are not followed',
  (status) => {
    expect(outcomeOf(answered(status, { location: 'https://www.example.org' }), NOW)).toEqual({
      kind: 'retry',
      reason: `answered ${status}: redirects to https://www.example.org are not followed; give the hook the URL at which they end`,
    });
  }
);

test('a redirect without a target is reported without one', () => {
  expect(outcomeOf(answered(302), NOW)).toMatchObject({
    reason: expect.stringContaining('answered 302: redirects are not followed'),
  });
});

test.each([
  ['120', '2026-03-01T12:02:00.000Z'],
  ['1', '2026-03-01T12:00:01.000Z'],
  ['86400', '2026-03-02T12:00:00.000Z'],
  ['86401', '2026-03-02T12:00:00.000Z'],
  ['999999999999999999999999', '2026-03-02T12:00:00.000Z'],
  ['Sun, 01 Mar 2026 12:30:00 GMT', '2026-03-01T12:30:00.000Z'],
  ['Sunday, 01-Mar-26 12:30:00 GMT', '2026-03-01T12:30:00.000Z'],
  ['Sun Mar  1 12:30:00 2026', '2026-03-01T12:30:00.000Z'],
  ['Sun, 01 Mar 2099 12:30:00 GMT', '2026-03-02T12:00:00.000Z'],
])('Retry-After: %s delays the next attempt until %s', (retryAfter, notBefore) => {
  for (const status of [302, 429, 500, 503]) {
    expect(outcomeOf(answered(status, { retryAfter }), NOW)).toMatchObject({
      kind: 'retry',
      notBefore: new Date(notBefore),
    });
  }
});

test.each([
  '',
  '0',
  '-5',
  '1.5',
  '5 minutes',
  'soon',
  'Sat foo 5',
  'Sun, 01 Mar 2026 25:61:00 GMT',
  'Sun, 01 Mar 2026 11:59:59 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT',
  '2026-03-01T12:30:00Z',
])('Retry-After: %j is ignored', (retryAfter) => {
  expect(outcomeOf(answered(503, { retryAfter }), NOW)).toEqual({
    kind: 'retry',
    reason: 'answered 503',
  });
});

test('Retry-After never sets the next attempt in the past, or more than a day ahead', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.bigInt().map(String)), (retryAfter) => {
      const outcome = outcomeOf(answered(503, { retryAfter }), NOW);
      const { notBefore = NOW } = outcome as { notBefore?: Date };
      expect(notBefore.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
      expect(notBefore.getTime()).toBeLessThanOrEqual(NOW.getTime() + DAY_MS);
    })
  );
});

test.each([
  ['ENOTFOUND', 'its name cannot be resolved'],
  ['EAI_AGAIN', 'its name cannot be resolved'],
  ['ECONNREFUSED', 'nothing accepts connections there'],
  ['ECONNRESET', 'the connection was closed before an answer arrived'],
  ['UND_ERR_SOCKET', 'the connection was closed before an answer arrived'],
  ['ENETUNREACH', 'it cannot be reached'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection could be made in time'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another name'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'its certificate cannot be trusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate cannot be trusted'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no encrypted connection could be made'],
  ['HPE_INVALID_CONSTANT', 'its answer is not HTTP'],
  ['UND_ERR_HEADERS_OVERFLOW', 'the headers of its answer are too long'],
  ['SOMETHING_NEW', 'the request failed'],
])('%s is tried again: %s', (code, reason) => {
  expect(outcomeOf({ kind: 'unanswered', failure: { kind: 'error', code } }, NOW)).toEqual({
    kind: 'retry',
    reason: expect.stringMatching(new RegExp(`^${reason}.* \\(${code}\\)$`)),
  });
});

test('tries again if no answer arrived in time', () => {
  const answer: Answer = { kind: 'unanswered', failure: { kind: 'timeout', afterMs: 1_500 } };
  expect(outcomeOf(answer, NOW)).toEqual({ kind: 'retry', reason: 'no answer within 1.5 s' });
});

test('tries a refused address again, as an operator may allow it', () => {
  const problem = 'leads to 10.0.0.1, a private address';
  expect(outcomeOf({ kind: 'unanswered', failure: { kind: 'refused', problem } }, NOW)).toEqual({
    kind: 'retry',
    reason: `nothing was sent: the URL ${problem}`,
  });
});
