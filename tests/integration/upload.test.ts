import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { createToken, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import {
  listen,
  put,
  roadmapLines,
  roadmapText,
  roadmapUrl,
  sendChunked,
} from '../helpers/uploads';

const MIB = 1024 * 1024;
const UPDATE = 'plugin::frontmatter.document.update';
const DRAFT = 'plugin::frontmatter.document.draft';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'custom', [UPDATE]);
});

afterAll(() => cms.stop());

const readText = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.md`)).responseType('blob')).body.toString();

const readYaml = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.yaml`)).responseType('blob')).body.toString();

const readJson = async (slug: string) => (await cms.http.get(roadmapUrl(`${slug}.json`))).body;

const publications = (slug?: string): Promise<number> =>
  cms.strapi.db
    .query('plugin::frontmatter.publication')
    .count({ where: slug === undefined ? {} : { slug } });

const documents = (slug: string): Promise<number> =>
  cms.strapi.documents(ROADMAP).count({ filters: { slug } });

/** What Strapi answers to every error. */
const errorBody = (status: number, message: RegExp, details: unknown = expect.anything()) => ({
  data: null,
  error: { status, name: expect.any(String), message: expect.stringMatching(message), details },
});

describe('a markdown file', () => {
  test('creates a document, is given out byte for byte, and changes it the next time', async () => {
    const text = roadmapText({ title: "'One' # comment", colour: 'red' }, '# Hi\n');

    const created = await put(author, 'fresh', text);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      data: {
        slug: 'fresh',
        action: 'created',
        etag: expect.stringMatching(/^[0-9a-f]{32}$/),
        issues: [expect.objectContaining({ code: 'unknown-key', path: 'colour', line: 7 })],
      },
      meta: { collection: 'roadmaps', status: 'published' },
    });
    expect(await readText('fresh')).toBe(text);

    const changed = text.replace("'One'", "'Two'");
    const updated = await put(author, 'fresh.md', changed);
    expect(updated.status).toBe(200);
    expect(updated.body.data.action).toBe('updated');
    expect(await readText('fresh')).toBe(changed);
  });

  test('is answered with its ETag where it is kept just as it was sent', async () => {
    const { headers, body } = await put(author, 'tagged', roadmapText());
    const read = await cms.http.get(roadmapUrl('tagged.md'));

    expect(headers['etag']).toBe(read.headers['etag']);
    expect(headers['etag']).toBe(`"${body.data.etag}-md"`);
    const json = await put(author, 'tagged', await readYaml('tagged'), 'text/yaml');
    expect(json.headers['etag']).toBeUndefined();
  });

  test.each([
    ['a byte order mark and CRLF', `\uFEFF${roadmapText({}, '# Hi\n').replaceAll('\n', '\r\n')}`],
    ['more than 56 kB', roadmapText({}, 'word '.repeat(40_000))],
    ['no line end at its end', roadmapText({}, 'end')],
    ['characters beyond ASCII', roadmapText({ title: "'Drachen 🪁 日本 e\u0301'" }, '\u2028')],
  ])('with %s keeps its bytes', async (name, text) => {
    const slug = name.replaceAll(' ', '-');

    expect((await put(author, slug, text)).status).toBe(201);

    expect(await readText(slug)).toBe(text);
  });

  test('that was read and is sent back changes nothing', async () => {
    await publishRoadmap(cms.strapi, { slug: 'same', body: 'Hello\n' });
    const text = await readText('same');
    const before = await publications();

    const { status, body } = await put(author, 'same.md', text);

    expect(status).toBe(200);
    expect(body.data).toMatchObject({ action: 'unchanged', issues: [] });
    const { headers } = await cms.http.get(roadmapUrl('same.md'));
    expect(headers['etag']).toBe(`"${body.data.etag}-md"`);
    expect(await publications()).toBe(before);
  });

  test('links what waits for its slug at once', async () => {
    await put(author, 'waits', roadmapText({ relatedRoadmaps: '[comes-later]' }));
    const { body } = await put(
      author,
      'comes-later',
      roadmapText({ relatedRoadmaps: '[comes-later]' })
    );

    expect(body.data.issues).toEqual([]);
    const waits = await cms.strapi
      .documents(ROADMAP)
      .findFirst({ filters: { slug: 'waits' }, populate: ['relatedRoadmaps'] });
    expect(waits?.relatedRoadmaps).toMatchObject([{ slug: 'comes-later' }]);
  });
});

describe('YAML and JSON', () => {
  const text = [
    '\uFEFF---',
    '# sorted by hand',
    ...roadmapLines({ title: '"Kites"   # short', colour: "'red' # ours" }),
    'tags:',
    '- outdoors # first',
    '- wind',
    '---',
    '# Body',
    '',
  ].join('\r\n');

  beforeEach(async () => {
    await put(author, 'formats', text, 'text/markdown').query({ force: true });
    expect(await readText('formats')).toBe(text);
  });

  test('that were read and are sent back change nothing', async () => {
    const before = await publications();
    const yaml = await put(author, 'formats.yaml', await readYaml('formats'), 'application/yaml');
    const json = await put(
      author,
      'formats.json',
      JSON.stringify(await readJson('formats')),
      'application/json'
    );

    expect([yaml.body.data.action, json.body.data.action]).toEqual(['unchanged', 'unchanged']);
    expect(await publications()).toBe(before);
  });

  test.each([
    ['title', 'Big kites', '"Kites"', '"Big kites"'],
    ['colour', 'blue', "'red'", "'blue'"],
  ])('JSON with another %s changes that line only', async (key, value, from, to) => {
    const data = { ...(await readJson('formats')), [key]: value };

    const { status, body } = await put(
      author,
      'formats.json',
      JSON.stringify(data),
      'application/json'
    );

    expect(status).toBe(200);
    expect(body.data.action).toBe('updated');
    expect(await readText('formats')).toBe(text.replace(from, to));
  });

  test('YAML with another value changes that line only', async () => {
    const yaml = (await readYaml('formats')).replace('- wind', '- gusts');

    const { body } = await put(author, 'formats', yaml, 'text/yaml');

    expect(body.data.action).toBe('updated');
    expect(await readText('formats')).toBe(text.replace('- wind', '- gusts'));
  });

  test('meet a document whose rename waits to be published, and leave its body alone', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'old-name', body: 'Body\n' });
    await cms.strapi.documents(ROADMAP).update({ documentId, data: { slug: 'new-name' } });
    const data = { ...(await readJson('old-name')), order: 55 };

    const { status } = await put(author, 'old-name', JSON.stringify(data), 'application/json');

    expect(status).toBe(200);
    expect(await cms.strapi.documents(ROADMAP).findOne({ documentId })).toMatchObject({
      order: 55,
      body: 'Body\n',
      slug: 'new-name',
    });
  });

  test('create documents, without a body', async () => {
    const yaml = await put(author, 'by-yaml.yaml', roadmapLines().join('\n'), 'text/yaml');
    const data = parse(roadmapLines().join('\n'));
    const json = await put(author, 'by-json', JSON.stringify(data), 'application/json');

    expect([yaml.status, json.status]).toEqual([201, 201]);
    expect(await readText('by-yaml')).toBe(`---\n${roadmapLines().join('\n')}\n---\n`);
    expect(await readJson('by-json')).toEqual(data);
  });

  test('conflicts are shown where they were sent', async () => {
    const json = `{\n${Object.entries(await readJson('formats'))
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n}`.replace('"Kites",\n"description"', '"Mine",\n"description"');
    const theirs = text.replace('"Kites"', '"Theirs"').replace('order: 1', 'order: 2');
    await put(author, 'formats', theirs);

    const { status, body } = await put(author, 'formats', json, 'application/json');

    expect(status).toBe(409);
    const line = json.split('\n').findIndex((each) => each.includes('"Mine"')) + 1;
    expect(body.error.details.issues).toEqual([
      expect.objectContaining({ code: 'conflict', path: 'title', line, column: 10 }),
      expect.objectContaining({ code: 'unknown-key', path: 'colour' }),
    ]);
  });
});

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
  ])('%s is answered 422 with its place, and nothing is written', async (...test) => {
    const [, contentType, content, code, place] = test;

    const { status, body } = await put(author, 'unreadable', content, contentType);

    expect(status).toBe(422);
    expect(body).toEqual(
      errorBody(422, /^Nothing was written: 1 problem found, see details$/, {
        issues: [expect.objectContaining({ code, severity: 'error', ...place })],
      })
    );
    expect(await documents('unreadable')).toBe(0);
  });

  test('all issues come at once, notes too', async () => {
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
  const sized = (bytes: number) => {
    const empty = roadmapText();
    return roadmapText({}, 'x'.repeat(bytes - empty.length));
  };

  test('may be 1 MiB exactly', async () => {
    const { status } = await put(author, 'large', sized(MIB));

    expect(status).toBe(201);
    expect((await readText('large')).length).toBe(MIB);
  });

  test('must not be more', async () => {
    const { status, body } = await put(author, 'too-large', sized(MIB + 1));

    expect(status).toBe(413);
    expect(body).toEqual(errorBody(413, /^More than 1024 kB were sent: move long text out/));
    expect(await documents('too-large')).toBe(0);
  });

  test('is watched also where no Content-Length tells it', async () => {
    const port = await listen(cms.strapi);
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
    const tooLarge = await send('chunked-too-large', sized(MIB + 1));

    expect(fits.status).toBe(201);
    expect(tooLarge.status).toBe(413);
    expect(JSON.parse(tooLarge.body)).toEqual(errorBody(413, /^More than 1024 kB were sent/));
  });
});

describe('the media type', () => {
  test.each([
    ['none', 'kinds', '', /^A Content-Type is missing: send one of text\/markdown, /],
    ['bytes', 'kinds', 'application/octet-stream', /^A Content-Type is missing/],
    ['an unknown one', 'kinds', 'text/plain', /^The Content-Type text\/plain cannot be read: send/],
    ['a form', 'kinds.md', 'application/x-www-form-urlencoded', /cannot be read/],
    ['files', 'kinds', 'multipart/form-data; boundary=x', /cannot be read/],
    [
      'another one than the extension',
      'kinds.md',
      'application/json',
      /and the extension \.md con/,
    ],
    ['another charset', 'kinds', 'text/markdown; charset=iso-8859-1', /^The charset=iso-8859-1/],
  ])('%s is answered 415 with what there is', async (_, name, contentType, message) => {
    const request = author.put(roadmapUrl(name));
    if (contentType) void request.set('Content-Type', contentType);
    else void request.unset('Content-Type');

    // superagent gives every body a type, so this one goes without.
    const { status, body } = await (contentType ? request.send(Buffer.from('a')) : request);

    expect(status).toBe(415);
    expect(body).toEqual(errorBody(415, message));
  });

  test.each([
    ['kind-1.md', 'application/octet-stream'],
    ['kind-2.md', 'TEXT/Markdown; charset="UTF-8"'],
    ['kind-3', 'text/markdown;charset=utf-8'],
  ])('%s as %s is taken', async (name, contentType) => {
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

  test('a Content-Encoding is answered 415, a part of a document 400', async () => {
    const zipped = await put(author, 'zipped', gzipSync(roadmapText())).set(
      'Content-Encoding',
      'gzip'
    );
    const part = await put(author, 'part', roadmapText()).set('Content-Range', 'bytes 0-9/20');
    const plain = await put(author, 'plain', roadmapText()).set('Content-Encoding', 'identity');

    expect(zipped.status).toBe(415);
    expect(zipped.headers['accept-encoding']).toBe('identity');
    expect(zipped.body).toEqual(errorBody(415, /^the Content-Encoding gzip cannot be read/));
    expect(part.status).toBe(400);
    expect(plain.status).toBe(201);
  });
});

describe('a document that was edited in the CMS as well', () => {
  async function editedInBoth(slug: string) {
    await put(author, slug, roadmapText({ title: "'Base'", note: "'Kept'" }));
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
    await cms.strapi.documents(ROADMAP).update({
      documentId: draft?.documentId ?? '',
      data: { title: 'Editor' },
      status: 'published',
    });
    return roadmapText({ title: "'File'", note: "'Kept'" });
  }

  test('is answered 409 with both values, and nothing is written', async () => {
    const file = await editedInBoth('both');
    const before = await publications();

    const { status, body } = await put(author, 'both', file);

    expect(status).toBe(409);
    expect(body).toEqual(
      errorBody(409, /^The document was changed in the CMS as well: .*\?force=true$/, {
        issues: [expect.objectContaining({ code: 'conflict', path: 'title', line: 5 })],
        conflicts: [{ path: 'title', base: 'Base', file: 'File', cms: 'Editor' }],
      })
    );
    expect(await publications()).toBe(before);
  });

  test('takes the file with ?force=true', async () => {
    const file = await editedInBoth('forced');

    const { status, body } = await put(author, 'forced?force=true', file);

    expect(status).toBe(200);
    expect(body.data.action).toBe('updated');
    expect((await readJson('forced')).title).toBe('File');
  });

  test('keeps what only the CMS changed, and an old file changes nothing', async () => {
    const file = await editedInBoth('merged');
    const other = file.replace("'File'", "'Base'").replace("'Kept'", "'New'");

    expect((await put(author, 'merged', other)).body.data.action).toBe('updated');

    expect(await readJson('merged')).toMatchObject({ title: 'Editor', note: 'New' });
    const old = await put(author, 'merged', other);
    expect(old.status).toBe(200);
    expect(old.body.data.action).toBe('ahead');
  });

  test('that was deleted is answered 409, and created anew by force', async () => {
    const text = roadmapText({ title: "'Gone'" });
    await put(author, 'deleted', text);
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'deleted' } });
    await cms.strapi.documents(ROADMAP).delete({ documentId: draft?.documentId ?? '' });

    for (const sent of [text, text.replace('Gone', 'Changed')]) {
      const { status, body } = await put(author, 'deleted', sent);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/^the document was deleted in the CMS/);
      expect(body.error.details.issues).toMatchObject([{ code: 'departed' }]);
    }
    expect((await put(author, 'deleted?force=true', text)).status).toBe(201);
  });
});

describe('?status=draft', () => {
  test('needs the draft permission, and leaves the document unpublished', async () => {
    const drafter = await loginWithToken(cms.strapi, 'custom', [UPDATE, DRAFT]);

    const refused = await put(author, 'as-draft?status=draft', roadmapText());
    const { status, body } = await put(drafter, 'as-draft?status=draft', roadmapText());

    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(DRAFT);
    expect(status).toBe(201);
    expect(body.meta.status).toBe('draft');
    expect((await cms.http.get(roadmapUrl('as-draft.md'))).status).toBe(404);
    expect((await put(author, 'as-draft', roadmapText())).body.data.action).toBe('updated');
    expect(await readText('as-draft')).toBe(roadmapText());
  });
});

describe('the address', () => {
  test.each([
    ['an unknown collection', '/api/frontmatter/songs/kites', 404, /No collection 'songs'/],
    ['a slug with a space', roadmapUrl('a%20b'), 400, /^'a b' is no slug: use at most 255/],
    ['a slug that climbs', roadmapUrl('..%2Fsecret.md'), 400, /is no slug/],
    ['a slug with NUL', roadmapUrl('a%00b'), 400, /U\+0000/],
    ['an unknown query key', roadmapUrl('kites?dryRun=true'), 400, /Invalid query.*dryRun/],
    ['a wrong flag', roadmapUrl('kites?force=1'), 400, /Invalid query: force/],
    ['a wrong status', roadmapUrl('kites?status=published&status=draft'), 403, /Drafts need/],
  ])('with %s is refused', async (_, url, expected, message) => {
    const { status, body } = await author
      .put(url)
      .set('Content-Type', 'text/markdown')
      .send(Buffer.from(roadmapText()));

    expect(status).toBe(expected);
    expect(body).toEqual(errorBody(expected, message));
  });

  test('HEAD, OPTIONS and CORS are what they were', async () => {
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
  test('still gets its bodies parsed', async () => {
    const full = await loginWithToken(cms.strapi, 'full-access');

    const { status } = await full.post('/api/keywords').send({ data: { name: 'plain rest' } });

    expect(status).toBe(201);
  });
});
