import { loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { ROADMAP } from '../helpers/roadmaps';
import { postFiles, put, roadmapText, roadmapUrl, temporaryUploads } from '../helpers/uploads';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'custom', [
    'plugin::frontmatter.document.import',
    'plugin::frontmatter.document.update',
  ]);
});

afterAll(() => cms.stop());

const URL = '/api/frontmatter/import?collection=roadmaps';

const readText = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.md`)).responseType('blob')).body.toString();

/** Counts the rows of every table that an import may write. */
async function rowCounts(): Promise<number[]> {
  const tables = Object.values(cms.strapi.contentTypes)
    .filter(({ uid }) => uid.startsWith('api::'))
    .map(({ uid }) => uid as string);
  const own = ['publication', 'reference'].map((name) => `plugin::frontmatter.${name}`);
  return Promise.all([...tables, ...own].map((uid) => cms.strapi.db.query(uid as never).count()));
}

const actionsOf = (body: { data: { file: string; action: string }[] }) =>
  Object.fromEntries(body.data.map(({ file, action }) => [file, action]));

test('several files are written byte for byte, in whatever order they link to each other', async () => {
  const one = `\uFEFF${roadmapText({ relatedRoadmaps: '[two]', tags: '[many]' })}`;
  const two = roadmapText({ relatedRoadmaps: '[one]', tags: '[many]' }, 'x'.repeat(80_000));

  const { status, body } = await postFiles(author, { 'one.md': one, 'two.md': two });

  expect(status).toBe(200);
  expect(body).toEqual({
    data: [
      { file: 'one.md', slug: 'one', action: 'created', issues: [], etag: expect.any(String) },
      { file: 'two.md', slug: 'two', action: 'created', issues: [], etag: expect.any(String) },
    ],
    meta: { collection: 'roadmaps', status: 'published', dryRun: false, counts: { created: 2 } },
  });
  expect(await readText('one')).toBe(one);
  expect(await readText('two')).toBe(two);
  const linked = await cms.strapi
    .documents(ROADMAP)
    .findFirst({ filters: { slug: 'one' }, populate: ['relatedRoadmaps'], status: 'published' });
  expect(linked?.relatedRoadmaps).toMatchObject([{ slug: 'two' }]);
});

test('a file with an error excludes only itself, and each file is reported with its result', async () => {
  await put(author, 'both', roadmapText({ title: "'Base'" }));
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'both' } });
  await cms.strapi.documents(ROADMAP).update({
    documentId: draft?.documentId ?? '',
    data: { title: 'Editor' },
    status: 'published',
  });

  const { status, body } = await postFiles(author, {
    'good.md': roadmapText(),
    'bad.md': roadmapText({ order: 'two' }),
    'both.md': roadmapText({ title: "'File'" }),
    'large.md': roadmapText({}, 'x'.repeat(1024 * 1024 + 1)),
    'latin1.md': Buffer.from(roadmapText({ title: "'\xff'" }), 'latin1'),
    'markers.md': `<<<<<<< a\n${roadmapText()}=======\n>>>>>>> b\n`,
    'nul.md': roadmapText({}, '\0'),
    'plain.md': '# A topic\n',
    'a b.md': roadmapText(),
  });

  expect(status).toBe(200);
  expect(body.meta.counts).toEqual({ created: 1, conflict: 1, invalid: 7 });
  const found = body.data.map(
    ({ file, action, issues }: { file: string; action: string; issues: { code: string }[] }) =>
      `${file} ${action} ${issues.map(({ code }) => code).join()}`
  );
  expect(found).toEqual([
    'good.md created ',
    'bad.md invalid invalid-type',
    'both.md conflict conflict',
    'large.md invalid too-large',
    'latin1.md invalid not-utf8',
    'markers.md invalid merge-markers',
    'nul.md invalid forbidden-character',
    'plain.md invalid missing-frontmatter',
    'a b.md invalid invalid-slug',
  ]);
  expect(body.data[2].conflicts).toEqual([
    { path: 'title', base: 'Base', file: 'File', cms: 'Editor' },
  ]);
  expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: 'bad' } })).toBe(0);
});

test('dryRun=true reports what would happen and writes nothing', async () => {
  await put(author, 'known', roadmapText());
  const before = await rowCounts();

  const { body } = await postFiles(
    author,
    {
      'known.md': roadmapText({ title: "'New'", tags: '[brand-new]' }),
      'unknown.md': roadmapText({ seo: '{ keywords: [brand-new] }' }),
      'broken.md': roadmapText({ order: 'two' }),
    },
    '?dryRun=true'
  );

  expect(actionsOf(body)).toEqual({
    'known.md': 'updated',
    'unknown.md': 'created',
    'broken.md': 'invalid',
  });
  expect(body.meta).toMatchObject({
    dryRun: true,
    counts: { updated: 1, created: 1, invalid: 1 },
  });
  expect(await rowCounts()).toEqual(before);
  expect(await readText('known')).toBe(roadmapText());
});

test('force=true overrides conflicts', async () => {
  await put(author, 'forced', roadmapText({ title: "'Base'" }));
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'forced' } });
  await cms.strapi.documents(ROADMAP).update({
    documentId: draft?.documentId ?? '',
    data: { title: 'Editor' },
    status: 'published',
  });

  const { body } = await postFiles(
    author,
    { 'forced.md': roadmapText({ title: "'File'" }) },
    '?force=true'
  );

  expect(actionsOf(body)).toEqual({ 'forced.md': 'updated' });
});

test('a link to a file in another request of the same batch gets no note', async () => {
  const file = roadmapText({ relatedRoadmaps: '[later, never]' });
  const post = postFiles(author, { 'early.md': file }).field('batch', 'early\r\nlater');

  const { status, body } = await post;

  expect(status).toBe(200);
  expect(body.data[0].issues).toEqual([
    expect.objectContaining({ code: 'unknown-slug', path: 'relatedRoadmaps.1' }),
  ]);
});

describe('the name of a file', () => {
  test.each([
    ['roadmaps/below/folder.md', 'folder'],
    ['C:\\roadmaps\\windows.md', 'windows'],
    ['../../climbing.md', 'climbing'],
    ['node.js.md', 'node.js'],
  ])('%s results in the slug %s', async (name, slug) => {
    const { body } = await postFiles(author, [[name, roadmapText()]]);

    expect(body.data).toMatchObject([{ slug, action: 'created' }]);
    expect(body.data[0].file.endsWith(`${slug}.md`)).toBe(true);
    expect(await readText(slug)).toBe(roadmapText());
  });

  test.each(['notes.txt', 'data.json', 'kites', 'KITES.MD', '.md', 'folder/.md'])(
    '%s is not a markdown file with a slug',
    async (name) => {
      const { body } = await postFiles(author, [[name, roadmapText()]]);

      expect(body.data).toMatchObject([{ action: 'invalid' }]);
      expect(body.data[0].issues).toHaveLength(1);
    }
  );

  test('must result in a slug that no other file of the request has', async () => {
    const { body } = await postFiles(author, [
      ['shared.md', roadmapText()],
      ['below/shared.md', roadmapText()],
      ['single.md', roadmapText()],
    ]);

    expect(body.data).toMatchObject([
      { slug: 'shared', action: 'invalid', issues: [{ code: 'duplicate-slug' }] },
      { slug: 'shared', action: 'invalid', issues: [{ code: 'duplicate-slug' }] },
      { slug: 'single', action: 'created' },
    ]);
    expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: 'shared' } })).toBe(0);
  });
});

describe('an invalid request', () => {
  const file = Buffer.from(roadmapText());
  const part = (disposition: string) =>
    `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${roadmapText()}\r\n`;

  const raw = (body: string, contentType = 'multipart/form-data; boundary=x') =>
    author.post(URL).set('Content-Type', contentType).send(body);

  test.each<[string, () => PromiseLike<{ status: number; body: unknown }>, number, RegExp]>([
    ['no files', () => raw('--x--\r\n'), 400, /^No files: send markdown files in the field files/],
    [
      'another field',
      () => author.post(URL).attach('file', file, 'kites.md'),
      400,
      /^Unknown field 'file': send files in the field files/,
    ],
    [
      'another field beside it',
      () => postFiles(author, { 'kites.md': file }).field('note', 'x'),
      400,
      /^Unknown field 'note'/,
    ],
    ['text', () => raw(`${part('name="files"')}--x--\r\n`), 400, /^The field files contains text/],
    ['nothing', () => author.post(URL), 415, /multipart\/form-data/],
    ['JSON', () => author.post(URL).send({ files: [] }), 415, /multipart\/form-data/],
    ['markdown', () => raw(roadmapText(), 'text/markdown'), 415, /multipart\/form-data/],
    ['no boundary', () => raw('--x--\r\n', 'multipart/form-data'), 400, /check the boundary/],
    ['half a form', () => raw(part('name="files"; filename="a.md"')), 400, /the body is complete/],
    ['no form', () => raw('# Hi'), 400, /^This is not multipart\/form-data/],
    [
      'an unknown query key',
      () => postFiles(author, { 'kites.md': file }, '?dry-run=true'),
      400,
      /Invalid query.*dry-run/,
    ],
    [
      'an unknown collection',
      () => postFiles(author, { 'kites.md': file }, '?collection=songs'),
      404,
      /no collection 'songs'/,
    ],
    [
      'more than 32 MiB',
      () =>
        postFiles(
          author,
          Array.from({ length: 33 }, (_, index): [string, Buffer] => [
            `f-${index}.md`,
            Buffer.alloc(1024 * 1024),
          ])
        ),
      413,
      /^More than 32768 kB were sent: send fewer files at once/,
    ],
  ])('with %s is refused, and neither rows nor temporary files are left', async (...test) => {
    const [, send, expected, message] = test;
    const [rows, temporaryFiles] = [await rowCounts(), await temporaryUploads()];

    const { status, body } = await send();

    expect(status).toBe(expected);
    expect(body).toEqual({
      data: null,
      error: {
        status: expected,
        name: expect.any(String),
        message: expect.stringMatching(message),
        details: expect.anything(),
      },
    });
    expect(await rowCounts()).toEqual(rows);
    expect(await temporaryUploads()).toEqual(temporaryFiles);
  });
});

test('an import leaves no file behind on the disk', async () => {
  const before = await temporaryUploads();

  await postFiles(author, { 'stays.md': roadmapText(), 'bad.md': '' });

  expect(await temporaryUploads()).toEqual(before);
});
