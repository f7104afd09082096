import { failureReason, type Failure } from './failure';

/** The result of one attempt to send a message. */
export type Outcome =
  /** The site accepted it: 2xx. */
  | { kind: 'delivered' }
  /** It will be sent again. */
  | { kind: 'retry'; reason: string; notBefore?: Date }
  /** Trying again is useless until an operator changes something. */
  | { kind: 'pause'; reason: string };

/** The response to one request: status and headers, or none. */
export type Answer =
  | {
      kind: 'answered';
      status: number;
      /** The value of the header `Retry-After`. */
      retryAfter?: string | undefined;
      /** If `X-RateLimit-Remaining` is 0: the value of `X-RateLimit-Reset`, or `''`. */
      rateLimitReset?: string | undefined;
      /** Where a redirect leads: only its scheme and host, nothing that can be a secret. */
      location?: string | undefined;
    }
  | { kind: 'unanswered'; failure: Failure };

/** Statuses that mean that the request is wrong, rather than its timing. */
const PAUSE_REASONS: Record<number, string> = {
  401: 'answered 401: it expects other credentials; check the token and the headers of the hook',
  403: 'answered 403: the credentials of the hook do not allow this; check its token and its headers',
  404: 'answered 404: there is nothing at this URL; check whether it was deleted or mistyped',
  410: 'answered 410: it no longer accepts messages; give the hook another URL or delete it',
};

/** A limit, so that no answer can silence a hook for good by mistake. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1_000;

/** @param now When the answer arrived: `Retry-After` counts from then. */
export function outcomeOf(answer: Answer, now: Date): Outcome {
  if (answer.kind === 'unanswered') return { kind: 'retry', reason: failureReason(answer.failure) };
  const { status, rateLimitReset, location } = answer;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const notBefore = waitUntil(answer, now);
  const pauseReason = PAUSE_REASONS[status];
  // GitHub answers 403 for a while to clients that send too many requests.
  const isLimit = status === 403 && (rateLimitReset !== undefined || notBefore !== undefined);
  if (pauseReason && !isLimit) return { kind: 'pause', reason: pauseReason };
  const reason = `answered ${status}${status >= 300 && status < 400 ? redirected(location) : ''}`;
  return { kind: 'retry', reason, ...(notBefore && { notBefore }) };
}

function redirected(location: string | undefined): string {
  const to = location === undefined ? '' : ` to ${location}`;
  return `: redirects${to} are not followed; give the hook the URL at which they end`;
}

/**
 * Follows what GitHub documents for clients: `Retry-After` first, then the reset of the rate limit.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 *
 * @returns At most a day from now; `undefined` if the answer does not ask to wait.
 */
function waitUntil(
  { retryAfter = '', rateLimitReset = '' }: Extract<Answer, { kind: 'answered' }>,
  now: Date
): Date | undefined {
  const resetAt = SECONDS.test(rateLimitReset) ? Number(rateLimitReset) * 1_000 : NaN;
  const at = [parseRetryAfter(retryAfter, now), resetAt].find((ms) => ms > now.getTime());
  return at === undefined ? undefined : new Date(Math.min(at, now.getTime() + LONGEST_WAIT_MS));
}

const SECONDS = /^\d+$/;

/** RFC 9110, section 5.6.7, with the two obsolete forms that recipients must accept. */
const HTTP_DATE = /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*,? [\w -]+ \d\d:\d\d:\d\d(?: GMT| \d{4})$/;

/** RFC 9110, section 10.2.3: a number of seconds, or a date. */
const parseRetryAfter = (text: string, now: Date): number =>
  SECONDS.test(text) ? now.getTime() + Number(text) * 1_000 : parseHttpDate(text);

/** @returns Milliseconds since 1970, or `NaN` if the text is not a date. */
const parseHttpDate = (text: string): number =>
  HTTP_DATE.test(text) ? Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`) : NaN;
