import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { createToken, loginWithToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import {
  errorBody,
  put,
  roadmapLines,
  roadmapText,
  roadmapUrl,
  sendChunked,
} from '../helpers/uploads';

const MIB = 1024 * 1024;
const UPDATE = 'plugin::frontmatter.document.update';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'custom', [UPDATE]);
});

afterAll(() => cms.stop());

const readText = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.md`)).responseType('blob')).body.toString();

const documents = (slug: string): Promise<number> =>
  cms.strapi.documents(ROADMAP).count({ filters: { slug } });

describe('what cannot be read', () => {
  test.each<[string, string, string | Buffer, string, object]>([
    [
      'bytes that are not UTF-8',
      'text/markdown',
      Buffer.from(roadmapText({ title: "'a\xff'" }), 'latin1'),
      'not-utf8',
      { line: 5, column: 10 },
    ],
    ['NUL', 'text/markdown', roadmapText({ title: '"a\\0"' }), 'forbidden-character', { line: 5 }],
    ['a raw NUL', 'text/markdown', roadmapText({}, 'a\0'), 'forbidden-character', { line: 8 }],
    [
      'a raw NUL in a comment',
      'text/markdown',
      roadmapText({ title: "'Kites' # \0" }),
      'forbidden-character',
      { line: 5, column: 18 },
    ],
    [
      'a raw NUL in an unknown key',
      'text/markdown',
      roadmapText({ 'k\0': 'v' }),
      'forbidden-character',
      { line: 7, column: 1 },
    ],
    [
      'a control character in an unknown value',
      'text/markdown',
      roadmapText({ k: 'v\x07' }),
      'forbidden-character',
      { line: 7, column: 4 },
    ],
    [
      'NUL in JSON',
      'application/json',
      JSON.stringify({ ...parse(roadmapLines().join('\n')), title: 'a\0' }),
      'forbidden-character',
      { path: 'title', line: 1 },
    ],
    ['no frontmatter', 'text/markdown', '# Hi\n', 'missing-frontmatter', { line: 1 }],
    ['nothing', 'text/markdown', '', 'missing-frontmatter', { line: 1 }],
    ['nothing as JSON', 'application/json', '', 'invalid-json', { line: 1, column: 1 }],
    [
      'YAML as JSON',
      'application/json',
      roadmapLines().join('\n'),
      'invalid-json',
      { line: 1, column: 1 },
    ],
    [
      'a fence in YAML',
      'text/yaml',
      [...roadmapLines(), '---', 'body'].join('\n'),
      'invalid-yaml',
      { line: 6 },
    ],
    [
      'merge markers',
      'text/markdown',
      roadmapText({}, '<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n'),
      'merge-markers',
      { line: 8 },
    ],
    [
      'merge markers in YAML',
      'text/yaml',
      [...roadmapLines(), '<<<<<<< ours', 'a: 1', '=======', 'a: 2', '>>>>>>> theirs'].join('\n'),
      'merge-markers',
      { line: 6 },
    ],
  ])('%s is answered with 422 and its position, and nothing is written', async (...test) => {
    const [, contentType, content, code, place] = test;

    const { status, body } = await put(author, 'unreadable', content, contentType);

    expect(status).toBe(422);
    expect(body).toEqual(errorBody(422, /^Nothing was written: 1 problem found, see details$/));
    const { issues } = body.error.details as { issues: { severity: string }[] };
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ code, ...place }),
    ]);
    expect(await documents('unreadable')).toBe(0);
  });

  test('all issues are reported at once, including notes', async () => {
    const text = roadmapText({ order: 'two', title: undefined, hasTopic: 'true' });

    const { status, body } = await put(author, 'unreadable', text);

    expect(status).toBe(422);
    expect(body.error.message).toBe('Nothing was written: 2 problems found, see details');
    expect(body.error.details.issues.map(({ code }: { code: string }) => code).sort()).toEqual([
      'invalid-type',
      'missing-key',
      'unknown-key',
    ]);
  });
});

describe('the size', () => {
  const sized = (bytes: number) => roadmapText({}, 'x'.repeat(bytes));
  const tooLarge = sized(MIB + 256 * 1024);

  test('of the body may be exactly 1 MiB', async () => {
    const text = sized(MIB);

    expect((await put(author, 'large', text)).status).toBe(201);
    expect(await readText('large')).toBe(text);
  });

  test('of the body must not be more', async () => {
    const { status, body } = await put(author, 'too-large', sized(MIB + 1));

    expect(status).toBe(422);
    expect(body.error.details.issues).toEqual([
      expect.objectContaining({
        code: 'too-large',
        message: 'the body has 1025 kB, the limit is 1024 kB: move long text out of it',
      }),
    ]);
    expect(await documents('too-large')).toBe(0);
  });

  test('of the whole file must not exceed the limit either', async () => {
    const { status, body } = await put(author, 'too-large', tooLarge);

    expect(status).toBe(413);
    expect(body).toEqual(errorBody(413, /^More than 1280 kB were sent: move long text out/));
    expect(await documents('too-large')).toBe(0);
  });

  test('is also limited without a Content-Length', async () => {
    const port = Number(new URL(await listen(cms)).port);
    const token = await createToken(cms.strapi, 'full-access');
    const send = (name: string, text: string) =>
      sendChunked(
        {
          port,
          method: 'PUT',
          path: roadmapUrl(name),
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/markdown' },
        },
        [Buffer.from(text.slice(0, 1000)), Buffer.from(text.slice(1000))]
      );

    const fits = await send('chunked', sized(MIB));
    const refused = await send('chunked-too-large', tooLarge);

    expect(fits.status).toBe(201);
    expect(refused.status).toBe(413);
    expect(JSON.parse(refused.body)).toEqual(errorBody(413, /^More than 1280 kB were sent/));
  });
});

describe('the media type', () => {
  test.each([
    ['none', 'kinds', '', /^A Content-Type is missing: send one of text\/markdown, /],
    ['bytes', 'kinds', 'application/octet-stream', /^A Content-Type is missing/],
    [
      'an unknown one',
      'kinds',
      'text/plain',
      /^The Content-Type text\/plain is not supported: send/,
    ],
    ['a form', 'kinds.md', 'application/x-www-form-urlencoded', /is not supported/],
    ['files', 'kinds', 'multipart/form-data; boundary=x', /is not supported/],
    [
      'another one than the extension',
      'kinds.md',
      'application/json',
      /and the extension \.md con/,
    ],
    ['another charset', 'kinds', 'text/markdown; charset=iso-8859-1', /^The charset=iso-8859-1/],
  ])('%s is answered with 415 and what is accepted', async (_, name, contentType, message) => {
    const request = author.put(roadmapUrl(name));
    if (contentType) void request.set('Content-Type', contentType);
    else void request.unset('Content-Type');

    // superagent gives every body a type, so this request has no body.
    const { status, body } = await (contentType ? request.send(Buffer.from('a')) : request);

    expect(status).toBe(415);
    expect(body).toEqual(errorBody(415, message));
  });

  test.each([
    ['kind-1.md', 'application/octet-stream'],
    ['kind-2.md', 'TEXT/Markdown; charset="UTF-8"'],
    ['kind-3', 'text/markdown;charset=utf-8'],
  ])('%s as %s is accepted', async (name, contentType) => {
    expect((await put(author, name, roadmapText(), contentType)).status).toBe(201);
  });

  test('a path in capital letters is read the same way', async () => {
    const { status } = await author
      .put('/API/Frontmatter/roadmaps/capitals')
      .set('Content-Type', 'text/markdown')
      .send(Buffer.from(`\uFEFF${roadmapText()}`));

    expect(status).toBe(201);
    expect(await readText('capitals')).toBe(`\uFEFF${roadmapText()}`);
  });

  test('a Content-Encoding is answered with 415, a partial document with 400', async () => {
    const zipped = await put(author, 'zipped', gzipSync(roadmapText())).set(
      'Content-Encoding',
      'gzip'
    );
    const part = await put(author, 'part', roadmapText()).set('Content-Range', 'bytes 0-9/20');
    const plain = await put(author, 'plain', roadmapText()).set('Content-Encoding', 'identity');

    expect(zipped.status).toBe(415);
    expect(zipped.headers['accept-encoding']).toBe('identity');
    expect(zipped.body).toEqual(errorBody(415, /^the Content-Encoding gzip is not supported/));
    expect(part.status).toBe(400);
    expect(plain.status).toBe(201);
  });
});

describe('the address', () => {
  test.each([
    ['an unknown collection', '/api/frontmatter/songs/kites', 404, /no collection 'songs'/],
    [
      'a slug with a space',
      roadmapUrl('a%20b'),
      400,
      /^'a b' is not a valid slug: use at most 255/,
    ],
    ['a slug that climbs', roadmapUrl('..%2Fsecret.md'), 400, /is not a valid slug/],
    ['a slug with NUL', roadmapUrl('a%00b'), 400, /U\+0000/],
    ['an unknown query key', roadmapUrl('kites?dryRun=true'), 400, /Invalid query.*dryRun/],
    ['a wrong flag', roadmapUrl('kites?force=1'), 400, /Invalid query: force/],
    ['a wrong status', roadmapUrl('kites?status=published&status=draft'), 403, /Drafts need/],
  ])('with %s is rejected', async (_, url, expected, message) => {
    const { status, body } = await author
      .put(url)
      .set('Content-Type', 'text/markdown')
      .send(Buffer.from(roadmapText()));

    expect(status).toBe(expected);
    expect(body).toEqual(errorBody(expected, message));
  });

  test('still supports HEAD, OPTIONS and CORS', async () => {
    await publishRoadmap(cms.strapi, { slug: 'headed' });

    const head = await cms.http.head(roadmapUrl('headed.md'));
    const preflight = await cms.http
      .options(roadmapUrl('headed'))
      .set('Origin', 'https://example.org')
      .set('Access-Control-Request-Method', 'PUT');
    const answered = await put(author, 'headed', roadmapText()).set(
      'Origin',
      'https://example.org'
    );

    expect(head.status).toBe(200);
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-methods']).toContain('PUT');
    expect(answered.headers['access-control-allow-origin']).toBe('https://example.org');
  });
});

describe('plain REST', () => {
  test('still has its bodies parsed', async () => {
    const full = await loginWithToken(cms.strapi, 'full-access');

    const { status } = await full.post('/api/keywords').send({ data: { name: 'plain rest' } });

    expect(status).toBe(201);
  });
});
