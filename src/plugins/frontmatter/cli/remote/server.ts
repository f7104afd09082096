import { ServerError } from '../errors';
import { baseOf, bearerOf } from './address';
import { brokenOff, noJson, refusalOf, unreachable } from './problems';

/** A running CMS, by its REST API; all that is asked throws ServerError. */
export interface Server {
  send<T>(request: ServerRequest): Promise<T>;
  /** The same; `undefined` where the server has nothing of that name. */
  find<T>(request: ServerRequest): Promise<T | undefined>;
  /** What an answer holds in its lines. */
  lines<T>(request: ServerRequest): AsyncIterable<T>;
}

export interface ServerRequest {
  /** Below `/api/frontmatter`; empty, or with a slash at the begin. */
  path: string;
  query?: Record<string, string>;
  /** Sent by POST; without one it is a GET. */
  form?: FormData;
  /** Which one it takes: `document.import` for `plugin::frontmatter.document.import`. */
  permission: string;
}

export interface ServerOptions {
  /** Address of the CMS, or of its API as far as `/frontmatter`. */
  url: string;
  token?: string | undefined;
  /**
   * How long an answer may take to begin; that to an import begins when all files are written.
   *
   * @default 2 minutes
   */
  timeoutMs?: number;
}

const MINUTE = 60_000;

/** @throws UsageError if the address or the token cannot be one. */
export function connect({ url, token, timeoutMs = 2 * MINUTE }: ServerOptions): Server {
  const base = baseOf(url);
  const authorization = token ? bearerOf(token) : undefined;

  /** Waits for the begin of an answer, whatever it says. */
  async function begin({ path, query, form }: ServerRequest): Promise<Response> {
    const target = new URL(`${base}${path}?${new URLSearchParams(query)}`);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    try {
      return await fetch(target, {
        headers: { ...(authorization && { Authorization: authorization }) },
        // Followed, a POST would go on as a GET, and the token to wherever it leads.
        redirect: 'manual',
        signal: controller.signal,
        ...(form && { method: 'POST', body: form }),
      });
    } catch (error) {
      if (!controller.signal.aborted) throw unreachable(base, error);
      const seconds = timeoutMs / 1000;
      throw new ServerError(
        `${base} did not answer within ${seconds} seconds: see what holds the CMS up, and try again`
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async function ask(request: ServerRequest): Promise<Response> {
    const response = await begin(request);
    if (response.ok) return response;
    throw await refusalOf(response, { ...request, hasToken: authorization !== undefined });
  }

  return {
    send: async <T>(request: ServerRequest) => jsonOf<T>(await ask(request)),

    async find<T>(request: ServerRequest) {
      const response = await begin(request);
      if (response.status === 404) return undefined;
      if (response.ok) return jsonOf<T>(response);
      throw await refusalOf(response, { ...request, hasToken: authorization !== undefined });
    },

    async *lines<T>(request: ServerRequest) {
      const response = await ask(request);
      for await (const line of linesOf(response)) yield parse<T>(response, line);
    },
  };
}

const jsonOf = async <T>(response: Response): Promise<T> =>
  parse<T>(response, await textOf(response));

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw brokenOff(response, error);
  }
}

/** `node:readline` would also end lines at U+2028, which JSON holds as it is. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    throw brokenOff(response, error);
  }
  if (rest !== '') yield rest;
}

function parse<T>(response: Response, text: string): T {
  try {
    return JSON.parse(text) as T; // of the version that the types are of
  } catch {
    throw noJson(response);
  }
}
