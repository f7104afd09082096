import { ServerError } from '../errors';
import { baseOf, bearerOf } from './address';
import { brokenOff, noJson, refusalOf, unreachable } from './problems';

/** A running CMS, through its REST API. All methods throw ServerError. */
export interface Server {
  send<T>(request: ServerRequest): Promise<T>;
  /** Like `send`, but returns `undefined` for 404. */
  find<T>(request: ServerRequest): Promise<T | undefined>;
  /** Yields the parsed lines of an answer. */
  lines<T>(request: ServerRequest): AsyncIterable<T>;
}

export interface ServerRequest {
  /** Path below `/api/frontmatter`: empty, or with a leading slash. */
  path: string;
  query?: Record<string, string>;
  /** Body of a POST; if absent, the request is a GET. */
  form?: FormData;
  /** Required permission: `document.import` for `plugin::frontmatter.document.import`. */
  permission: string;
}

export interface ServerOptions {
  /** Address of the CMS, or of its API up to `/frontmatter`. */
  url: string;
  token?: string | undefined;
  /**
   * How long an answer may take to begin; that of an import begins when all files are written.
   *
   * @default 2 minutes
   */
  timeoutMs?: number;
}

const MINUTE = 60_000;

/** @throws UsageError if the address or the token is not valid. */
export function connect({ url, token, timeoutMs = 2 * MINUTE }: ServerOptions): Server {
  const base = baseOf(url);
  const authorization = token ? bearerOf(token) : undefined;

  /** Waits for the beginning of an answer, whatever its status. */
  async function begin({ path, query, form }: ServerRequest): Promise<Response> {
    const target = new URL(`${base}${path}?${new URLSearchParams(query)}`);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), timeoutMs);
    try {
      return await fetch(target, {
        headers: { ...(authorization && { Authorization: authorization }) },
        // Following would turn a POST into a GET, and send the token wherever it leads.
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

/** Splits at line feeds; `node:readline` would also split at U+2028, which JSON may contain. */
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
    return JSON.parse(text) as T; // of the same version as the types
  } catch {
    throw noJson(response);
  }
}
