import { setTimeout as wait } from 'node:timers/promises';

/** Where the documents come from. */
export interface CmsOptions {
  /** Address of the CMS, without `/api`: `https://cms.example.org`. */
  url: string;
  /** An API token, if the collection is not public. */
  token?: string | undefined;
}

/** Delays before the second, third and fourth attempt: a restarting CMS is back within seconds. */
const RETRY_DELAYS_MS = [500, 2_000, 5_000];
const TIMEOUT_MS = 30_000;

/** An answer other than 2xx, or one that is not JSON. */
export class AnswerError extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

/**
 * Reads JSON from a route of the plugin. Retries after lost connections, 429 and 5xx.
 *
 * @param path Below `/api/frontmatter`, with its query.
 * @throws AnswerError, or an Error that says why the CMS could not be reached.
 */
export async function readJson<Body>({ url, token }: CmsOptions, path: string): Promise<Body> {
  const address = `${url.replace(/\/+$/, '')}/api/frontmatter${path}`;
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  for (const delay of [...RETRY_DELAYS_MS, undefined]) {
    try {
      const answer = await fetch(address, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (answer.ok) return await readBody<Body>(answer, address);
      throw await failureOf(answer, address);
    } catch (error) {
      const isLasting = error instanceof AnswerError && !isTemporary(error.status);
      if (isLasting || delay === undefined) {
        throw error instanceof AnswerError ? error : unreachable(url, error);
      }
      await wait(delay);
    }
  }
  throw new Error('unreachable: the last attempt returns or throws');
}

/** Reads the text before parsing it: a connection lost meanwhile is retried. */
async function readBody<Body>(answer: Response, address: string): Promise<Body> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as Body;
  } catch {
    throw new AnswerError(
      answer.status,
      `${address} did not answer with JSON. Check that this is the address of the CMS.`
    );
  }
}

const isTemporary = (status: number): boolean => status === 429 || status >= 500;

function unreachable(url: string, error: unknown): Error {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  const reason = cause?.code ?? cause?.message ?? message;
  return new Error(
    `The CMS at ${url} cannot be reached (${reason}). Is it running, and is the address right?`,
    { cause: error }
  );
}

async function failureOf(answer: Response, address: string): Promise<AnswerError> {
  const { status } = answer;
  const body = (await answer.json().catch(() => undefined)) as
    { error?: { message?: string } } | undefined;
  const reason = body?.error?.message ?? answer.statusText;
  const advice = adviceOf(status, reason);
  return new AnswerError(status, `${address} answered ${status}: ${reason}${advice}`);
}

function adviceOf(status: number, reason: string): string {
  if (status === 401 || status === 403) {
    return '. Pass an API token with access as `token`, or allow this route for the role Public in the CMS.';
  }
  // Strapi says nothing more about a route that it does not have.
  if (status === 404 && reason === 'Not Found') {
    return '. Check the address, and that strapi-plugin-frontmatter is installed there.';
  }
  return '';
}
