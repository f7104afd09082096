import { once } from 'node:events';
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServerError, UsageError } from '../errors';
import { baseOf, bearerOf } from './address';
import { connect, type ServerRequest } from './server';

const TOKEN = 'c0ffee-of-the-token';

let http: HttpServer | undefined;

afterEach(() => {
  http?.closeAllConnections();
  http?.close();
  http = undefined;
});

/** Starts a server on loopback that answers like this; returns its address. */
async function answering(listener: RequestListener): Promise<string> {
  http = createServer(listener).listen(0, '127.0.0.1');
  await once(http, 'listening');
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

const request: ServerRequest = { path: '/roadmaps/lint', permission: 'document.lint' };

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason) => reason
  );
  if (!(error instanceof ServerError)) throw new Error(`no ServerError: ${error}`);
  return error.message;
}

async function linesOf(url: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of connect({ url }).lines({
    path: '/export',
    permission: 'document.export',
  })) {
    values.push(value);
  }
  return values;
}

describe('the address', () => {
  test.each([
    ['https://cms.example.org', 'https://cms.example.org/api/frontmatter'],
    ['https://cms.example.org/', 'https://cms.example.org/api/frontmatter'],
    ['http://localhost:1337/cms/', 'http://localhost:1337/cms/api/frontmatter'],
    ['https://cms.example.org/api/frontmatter', 'https://cms.example.org/api/frontmatter'],
    ['https://cms.example.org/rest/frontmatter/', 'https://cms.example.org/rest/frontmatter'],
  ])('%s leads to %s', (url, base) => {
    expect(baseOf(url)).toBe(base);
  });

  test.each(['cms.example.org', 'ftp://cms.example.org', '/api', 'http://'])(
    '%s is rejected',
    (url) => {
      expect(() => baseOf(url)).toThrow(UsageError);
    }
  );

  test('is rejected with a password, and not shown', () => {
    expect(() => baseOf('https://ada:secret@cms.example.org')).toThrow(
      /^--url is more than an address: leave out user, password, \? and #$/
    );
  });
});

describe('the token', () => {
  test('is sent without the line end that a file puts after it', () => {
    expect(bearerOf(`${TOKEN}\n`)).toBe(`Bearer ${TOKEN}`);
  });

  test('is rejected if it is not valid, and not shown', () => {
    expect(() => bearerOf(`${TOKEN}\u2026`)).toThrow(
      /^The token contains characters that no token has/
    );
  });
});

describe('a request', () => {
  test('carries query and token, and returns the answer', async () => {
    const url = await answering(({ url: path, headers }, response) => {
      response.end(JSON.stringify({ path, authorization: headers.authorization }));
    });

    const answer = await connect({ url, token: TOKEN }).send({
      ...request,
      query: { status: 'draft' },
    });

    expect(answer).toEqual({
      path: '/api/frontmatter/roadmaps/lint?status=draft',
      authorization: `Bearer ${TOKEN}`,
    });
  });

  test('for something that may not exist returns undefined on 404', async () => {
    const url = await answering((_request, response) => response.writeHead(404).end('{}'));

    expect(await connect({ url }).find(request)).toBeUndefined();
  });
});

describe('an answer in lines', () => {
  test('is split only at line ends, wherever the network cuts it', async () => {
    const texts = ['a\u2028b\n', '\uFEFFü\r\n', ''];
    const bytes = Buffer.from(texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    const url = await answering((_request, response) => {
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    });

    expect(await linesOf(url)).toEqual(texts.map((text) => ({ text })));
  });

  test.each([
    ['within a line', '{"text":"a"}\n{"te'],
    ['between lines', '{"text":"a"}\n'],
  ])('that breaks off %s never counts as complete', async (_, part) => {
    const url = await answering((_request, response) => {
      response.write(part, () => response.destroy());
    });

    expect(await problemOf(linesOf(url))).toMatch(
      /^The answer of http.*\/api\/frontmatter\/export ended early \(.*\): check that the CMS is running, and try again$/
    );
  });
});

describe('each problem is reported with what to do', () => {
  const strapiError = (status: number, message: string) =>
    JSON.stringify({ data: null, error: { status, name: 'Error', message, details: {} } });

  test.each<[string, number, string, Record<string, string>, RegExp]>([
    [
      'an unknown token',
      401,
      strapiError(401, 'Missing or invalid credentials'),
      {},
      /^The CMS does not know this token, or it has expired \(401\): create another one in the panel of the CMS, under Settings → API Tokens$/,
    ],
    [
      'a missing permission',
      403,
      strapiError(403, 'Forbidden'),
      {},
      /^The token may not do this \(403\): it needs the permission plugin::frontmatter\.document\.lint; give it to the token in the panel of the CMS, under Settings → API Tokens$/,
    ],
    [
      'a permission that the CMS names itself',
      403,
      strapiError(403, 'Drafts need another'),
      {},
      /^The token may not do this \(403\): Drafts need another; give it/,
    ],
    [
      'another server',
      404,
      '<html>',
      {},
      /^There is no http:.*\/api\/frontmatter\/roadmaps\/lint \(404\): check that this is the address of the CMS/,
    ],
    ['a proxy with a small limit', 413, '', {}, /rejects a request of this size \(413\): raise/],
    [
      'a busy database',
      503,
      strapiError(503, 'The database \u001b was busy'),
      {},
      /^http:.* answers 503: The database \\u001b was busy$/,
    ],
    ['a proxy without a server', 502, '<html>', {}, /^http:.* answers 502: Bad Gateway$/],
    [
      'a server that moved',
      308,
      '',
      { Location: 'https://elsewhere.example.org/' },
      /^http:.* redirects to https:\/\/elsewhere\.example\.org\/: use that address$/,
    ],
    [
      'a page',
      200,
      '<html>',
      { 'Content-Type': 'text/html' },
      /^http:.* answers text\/html, which a CMS does not: check the address$/,
    ],
  ])('%s', async (_, status, body, headers, message) => {
    const url = await answering((_request, response) => {
      response.writeHead(status, headers).end(body);
    });

    const problem = await problemOf(connect({ url, token: TOKEN }).send(request));

    expect(problem).toMatch(message);
    expect(problem).not.toContain(TOKEN);
  });

  test('a missing permission without a token', async () => {
    const url = await answering((_request, response) => {
      response.writeHead(403).end(strapiError(403, 'Forbidden'));
    });

    expect(await problemOf(connect({ url }).send(request))).toMatch(
      /^This needs a token \(403\): it needs the permission .*\.lint; create one with it in the panel.*, and pass it in FRONTMATTER_TOKEN$/
    );
  });

  test('no server listens', async () => {
    const url = await answering(() => undefined);
    http?.close();
    await once(http as HttpServer, 'close');

    expect(await problemOf(connect({ url }).send(request))).toBe(
      `${url}/api/frontmatter cannot be reached (ECONNREFUSED): check the address, and that the CMS is running`
    );
  });

  test('https to a server of http', async () => {
    const url = (await answering(() => undefined)).replace('http:', 'https:');

    expect(await problemOf(connect({ url }).send(request))).toMatch(
      /cannot be trusted \(.*\): check whether it is http or https, and its certificate/
    );
  });

  test('no answer', async () => {
    const url = await answering(() => undefined);

    expect(await problemOf(connect({ url, timeoutMs: 20 }).send(request))).toMatch(
      /did not answer within 0\.02 seconds: see what holds the CMS up, and try again$/
    );
  });
});
