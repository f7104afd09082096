import { readdir } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import type supertest from 'supertest';

type Agent = ReturnType<typeof supertest.agent>;

/** Returns the required keys of a roadmap as lines of frontmatter; `undefined` omits one. */
export function roadmapLines(overrides: Record<string, string | undefined> = {}): string[] {
  const keys: Record<string, string | undefined> = {
    order: '1',
    briefTitle: "'Kites'",
    briefDescription: "'Build a kite'",
    title: "'Kites'",
    description: "'From paper to wind'",
    ...overrides,
  };
  return Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${value}`]
  );
}

export const roadmapText = (
  overrides: Record<string, string | undefined> = {},
  body = ''
): string => ['---', ...roadmapLines(overrides), '---', body].join('\n');

export const roadmapUrl = (name: string): string => `/api/frontmatter/roadmaps/${name}`;

/** Returns the body that Strapi sends for errors, with matchers. */
export const errorBody = (
  status: number,
  message: RegExp,
  details: unknown = expect.anything()
) => ({
  data: null,
  error: { status, name: expect.any(String), message: expect.stringMatching(message), details },
});

/** Sends one document; a string is sent as is, in UTF-8. */
export const put = (
  agent: Agent,
  name: string,
  body: string | Buffer,
  contentType = 'text/markdown'
): supertest.Test => agent.put(roadmapUrl(name)).set('Content-Type', contentType).send(body);

/** Sends files in the field `files`, by name. */
export function postFiles(
  agent: Agent,
  files: Record<string, string | Buffer> | [name: string, content: string | Buffer][],
  query = ''
): supertest.Test {
  const parameters = new URLSearchParams(query);
  if (!parameters.has('collection')) parameters.set('collection', 'roadmaps');
  let post = agent.post(`/api/frontmatter/import?${parameters}`);
  for (const [filename, content] of Array.isArray(files) ? files : Object.entries(files)) {
    post = post.attach('files', Buffer.from(content as string), {
      filename,
      contentType: 'text/markdown',
    });
  }
  return post;
}

/** Finds temporary files that formidable, the parser of `strapi::body`, has left. */
export const temporaryUploads = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => /^[a-z0-9]{25}$/.test(name));

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends a request without a Content-Length, chunk by chunk. */
export function sendChunked(
  {
    port,
    method,
    path,
    headers,
  }: Record<'method' | 'path', string> & {
    port: number;
    headers: Record<string, string>;
  },
  chunks: Iterable<Buffer>
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers, agent: false };
    const sent = request(options, async (response) => {
      const { statusCode: status = 0, headers: received } = response;
      resolve({ status, headers: received, body: await text(response) });
    });
    sent.on('error', reject);
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });
}
