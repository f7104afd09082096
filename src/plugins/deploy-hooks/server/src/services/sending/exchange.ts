import { request, type Dispatcher } from 'undici';
import type { Answer, Failure } from '../../../../core';
import { RefusedAddressError } from './guarded-agent';

/** How much of an answer is kept for operators to read. */
const MAX_RESPONSE_BYTES = 4_096;
/** The status decides: the body is not worth a longer wait. */
const MAX_BODY_MS = 1_000;

export interface ExchangeInput {
  dispatcher: Dispatcher;
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** Until the headers of the answer arrive: includes resolving, connecting and sending. */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface Exchanged {
  answer: Answer;
  /** The beginning of the answer's body as text; `null` if no answer arrived. */
  response: string | null;
}

/**
 * Makes one HTTP request. Whatever the other side does, it ends in time and returns a value.
 *
 * @throws The reason of the signal, if that is aborted before an answer: the result is unknown.
 */
export async function exchange(input: ExchangeInput): Promise<Exchanged> {
  const { dispatcher, method, url, headers, body, timeoutMs, signal } = input;
  signal.throwIfAborted();
  const ended = new AbortController();
  const stop = () => ended.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => ended.abort(), timeoutMs);
  try {
    // A request that waits for its connection ignores its signal until it is connected.
    const aborted = abortOf(ended.signal);
    const options = { dispatcher, method, headers, body, signal: ended.signal };
    const head = await Promise.race([aborted, request(url, options)]);
    clearTimeout(timer);
    return { answer: answerOf(head, url), response: await readBeginning(head, timeoutMs) };
  } catch (error) {
    signal.throwIfAborted();
    const failure: Failure = ended.signal.aborted
      ? { kind: 'timeout', afterMs: timeoutMs }
      : failureOf(error as NodeJS.ErrnoException);
    return { answer: { kind: 'unanswered', failure }, response: null };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

function failureOf({ name, code, message }: NodeJS.ErrnoException): Failure {
  if (name === RefusedAddressError.name) return { kind: 'refused', problem: message };
  return { kind: 'error', code: code ?? name };
}

const answerOf = ({ statusCode, headers }: Dispatcher.ResponseData, url: string): Answer => ({
  kind: 'answered',
  status: statusCode,
  retryAfter: firstOf(headers['retry-after']),
  ...(firstOf(headers['x-ratelimit-remaining']) === '0' && {
    rateLimitReset: firstOf(headers['x-ratelimit-reset']) ?? '',
  }),
  location: originOf(firstOf(headers['location']), url),
});

const firstOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;

/** Without path and query, which may be as secret as those of the hook. */
function originOf(location: string | undefined, url: string): string | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const { protocol, host } = new URL(location, url);
  return `${protocol}//${host}`;
}

/** Reads no more than is kept, and closes the connection if more would follow. */
async function readBeginning(
  { headers, body }: Dispatcher.ResponseData,
  timeoutMs: number
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  body.on('error', () => {}); // what arrived before it is kept all the same
  const timer = setTimeout(() => body.destroy(), Math.min(timeoutMs, MAX_BODY_MS));
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_RESPONSE_BYTES) break;
    }
  } catch {
    // It was cut off, by the other side or by the timer: the status has been read.
  } finally {
    clearTimeout(timer);
    body.destroy();
  }
  const encoding = firstOf(headers['content-encoding']) ?? 'identity';
  if (encoding !== 'identity') return '(compressed, though that was not asked for)';
  return textOf(Buffer.concat(chunks).subarray(0, MAX_RESPONSE_BYTES));
}

/** Decodes UTF-8. Omits a truncated sequence at the end, and U+0000, which PostgreSQL rejects. */
const textOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes, { stream: true }).replaceAll('\0', '');
