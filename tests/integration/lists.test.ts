import { buffer } from 'node:stream/consumers';
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import type { ListDocuments } from '../../src/plugins/frontmatter/shared';
import { loginWithToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { errorBody, roadmapText, roadmapUrl } from '../helpers/uploads';

const URL = '/api/frontmatter/roadmaps';
const NDJSON = 'application/x-ndjson';

let cms: Cms;
let ids: Record<string, string>;

beforeAll(async () => {
  cms = await startCms();
  const tag = async (name: string) =>
    (await cms.strapi.documents('api::tag.tag').create({ data: { name } })).documentId;
  const [skill, role] = [await tag('skill'), await tag('role')];
  ids = {
    tea: await publishRoadmap(cms.strapi, { slug: 'tea', order: 3, title: 'Tea', tags: [skill] }),
    rye: await publishRoadmap(cms.strapi, {
      slug: 'rye',
      order: 1,
      title: 'Rye',
      tags: [skill, role],
      seo: { title: 'Rye bread', description: 'Bread' },
      body: 'Knead.\n',
    }),
    oak: await publishRoadmap(cms.strapi, { slug: 'oak', order: 3, title: 'Oak', tags: [role] }),
    ink: await publishRoadmap(cms.strapi, { slug: 'ink', order: 2, title: 'Ink' }),
  };
  await cms.strapi.documents(ROADMAP).update({
    documentId: String(ids['tea']),
    data: { title: 'Secret tea', order: 0 },
  });
  await cms.strapi.documents(ROADMAP).unpublish({ documentId: String(ids['ink']) });
  await importText(cms.strapi, 'own', roadmapText({ order: '9', colour: 'red # kept' }, 'Own\n'));
});

afterAll(() => cms.stop());

const list = async (query = ''): Promise<ListDocuments.Response> => {
  const { body, status } = await cms.http.get(`${URL}?${query}`);
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
};
const slugs = async (query = '') => (await list(query)).data.map(({ slug }) => slug);

test('documents are listed in their order, each as its own route returns it', async () => {
  const { data, meta } = await list();

  expect(data.map(({ slug }) => slug)).toEqual(['rye', 'oak', 'tea', 'own']);
  for (const entry of data) {
    const { body } = await cms.http.get(roadmapUrl(entry.slug));
    expect(entry).toEqual(body.data);
  }
  const { body: collections } = await cms.http.get('/api/frontmatter');
  expect(meta).toEqual({
    collection: 'roadmaps',
    status: 'published',
    pagination: { page: 1, pageSize: 25, pageCount: 1, total: 4 },
    cursor: collections.data[1].cursor,
  });
});

test.each([
  ['filters[tags][name]=skill', ['rye', 'tea']],
  ['filters[tags][name][$in][0]=skill&filters[tags][name][$in][1]=role', ['rye', 'oak', 'tea']],
  ['filters[title]=Secret tea', []],
  ['filters[$or][0][slug]=tea&filters[$or][1][title][$startsWith]=O', ['oak', 'tea']],
  ['filters[seo][title][$contains]=bread', ['rye']],
  ['sort=slug', ['oak', 'own', 'rye', 'tea']],
  ['sort=order:desc,slug:desc', ['own', 'tea', 'oak', 'rye']],
  ['sort[0]=title:desc', ['tea', 'rye', 'oak', 'own']],
  ['sort=seo.title&filters[seo][title][$notNull]=true', ['rye']],
  ['pagination[page]=2&pagination[pageSize]=3', ['own']],
  ['pagination[start]=1&pagination[limit]=2', ['oak', 'tea']],
  ['pagination[page]=9', []],
  ['pagination[pageSize]=1000', ['rye', 'oak', 'tea', 'own']],
])('%s returns %j', async (query, expected) => {
  expect(await slugs(query)).toEqual(expected);
});

test('a page states its position in the terms of the request', async () => {
  expect((await list('filters[tags][name]=skill&pagination[pageSize]=1')).meta.pagination).toEqual({
    page: 1,
    pageSize: 1,
    pageCount: 2,
    total: 2,
  });
  expect((await list('pagination[start]=1')).meta.pagination).toEqual({
    start: 1,
    limit: 25,
    total: 4,
  });
});

test('fields selects keys of the frontmatter, and the body', async () => {
  const [rye] = (await list('fields=title,seo.title')).data;

  expect(rye).toEqual({
    slug: 'rye',
    etag: expect.any(String),
    frontmatter: { title: 'Rye', seo: { title: 'Rye bread' } },
  });
  expect((await list('fields[0]=order&fields[1]=body')).data[0]).toMatchObject({
    frontmatter: { order: 1 },
    body: 'Knead.\n',
  });
});

test('drafts are listed only for readers with the draft permission', async () => {
  expect((await cms.http.get(`${URL}?status=draft`)).status).toBe(403);
  const reader = await loginWithToken(cms.strapi, 'custom', [
    'plugin::frontmatter.document.find',
    'plugin::frontmatter.document.draft',
  ]);

  const { body, headers } = await reader.get(`${URL}?status=draft&fields=title`);
  expect(body.data.map(({ slug }: { slug: string }) => slug)).toEqual([
    'tea',
    'rye',
    'ink',
    'oak',
    'own',
  ]);
  expect(body.data[0].frontmatter).toEqual({ title: 'Secret tea' });
  expect(body.meta).toMatchObject({ status: 'draft', pagination: { total: 5 } });
  expect(headers['cache-control']).toBe('private, no-cache');
  const lines = await reader.get(`${URL}?status=draft`).set('Accept', NDJSON).buffer(true);
  expect(lines.text.trim().split('\n')).toHaveLength(5);
});

test('a draft whose stored file cannot be read is reported, and the others are listed', async () => {
  const reader = await loginWithToken(cms.strapi, 'custom', [
    'plugin::frontmatter.document.find',
    'plugin::frontmatter.document.draft',
    'plugin::frontmatter.document.lint',
  ]);
  const where = { slug: 'own', publishedAt: null };
  const { source } = await cms.strapi.db.query(ROADMAP).findOne({ where });
  const setSource = (text: string) =>
    cms.strapi.db
      .connection(cms.strapi.db.metadata.get(ROADMAP).tableName)
      .where({ slug: 'own', published_at: null })
      .update({ source: text });
  await setSource('no file at all');
  try {
    const { status, body } = await reader.get(`${URL}?status=draft&fields=title`);

    expect(status).toBe(200);
    expect(body.data.map(({ slug }: { slug: string }) => slug)).toEqual([
      'tea',
      'rye',
      'ink',
      'oak',
    ]);
    expect(body.meta).toMatchObject({
      pagination: { total: 5 },
      unreadable: [
        {
          slug: 'own',
          message:
            'The source cannot be read at line 1: no frontmatter: the first line of the file must be --- alone',
        },
      ],
    });
    const lines = await reader.get(`${URL}?status=draft`).set('Accept', NDJSON).buffer(true);
    expect(lines.text.trim().split('\n')).toHaveLength(4);
    expect((await reader.get(`${URL}/lint?status=draft`)).status).toBe(200);
  } finally {
    await setSource(source);
  }
});

describe('as lines', () => {
  const read = (query = '') => cms.http.get(`${URL}?${query}`).set('Accept', NDJSON).buffer(true);

  test('all matching documents are sent, without pages', async () => {
    const { headers, text } = await read();

    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(text.endsWith('}\n')).toBe(true);
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries).toEqual((await list()).data);
    const filtered = await read('filters[tags][name]=role&fields=title&sort=slug');
    expect(
      filtered.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).frontmatter)
    ).toEqual([{ title: 'Oak' }, { title: 'Rye' }]);
    expect((await read('filters[slug]=nobody')).text).toBe('');
  });

  test('a reader that already has them gets 304', async () => {
    const etag = String((await read()).headers['etag']);

    expect((await read().set('If-None-Match', etag)).status).toBe(304);
    expect((await read('fields=title').set('If-None-Match', etag)).status).toBe(200);
  });

  test('a rename changes the ETag of the lines and of the archive', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'before', order: 8 });
    const etagsOf = async () => {
      const archive = await cms.http.get('/api/frontmatter/archive/roadmaps.zip');
      return [(await read()).headers['etag'], archive.headers['etag']];
    };
    const [lines, archive] = await etagsOf();
    await cms.strapi
      .documents(ROADMAP)
      .update({ documentId, data: { slug: 'after' }, status: 'published' });

    expect(await etagsOf()).not.toContain(lines);
    expect(await etagsOf()).not.toContain(archive);
    expect((await read().set('If-None-Match', String(lines))).text).toContain('"slug":"after"');
    await cms.strapi.documents(ROADMAP).delete({ documentId });
  });

  test('HEAD returns no lines, and a page cannot be requested', async () => {
    const head = await cms.http.head(URL).set('Accept', NDJSON);
    expect([head.status, head.headers['content-type']]).toEqual([
      200,
      'application/x-ndjson; charset=utf-8',
    ]);
    const { body, status } = await read('pagination[page]=1');
    expect([status, body]).toEqual([400, errorBody(400, /pagination: .* leave it out/)]);
  });

  test('a document that is published again while they are read stays as it was', async () => {
    const texts = new Map<string, string>();
    const lists = cms.strapi.plugin('frontmatter').service('lists');
    const shape = cms.strapi.plugin('frontmatter').service('shapes').getByCollection('roadmaps');
    const { documents } = await lists.openPublished(shape, {});
    const before = await list();
    await cms.strapi.documents(ROADMAP).update({
      documentId: String(ids['oak']),
      data: { title: 'Oak, again', order: 3 },
      status: 'published',
    });
    for await (const some of documents) {
      for (const { slug, json } of some) texts.set(slug, json);
    }

    expect([...texts]).toEqual(
      before.data.map(({ slug, frontmatter }) => [slug, JSON.stringify(frontmatter)])
    );
  });
});

test('the archive contains the files byte for byte', async () => {
  const origin = await listen(cms);
  const answer = await fetch(`${origin}/api/frontmatter/archive/roadmaps.zip`);
  const bytes = await buffer(answer.body as unknown as AsyncIterable<Uint8Array>);

  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="roadmaps.zip"');
  const zip = new ZipReader(new BlobReader(new Blob([bytes])));
  const files = await zip.getEntries();
  expect(files.map(({ filename }) => filename)).toEqual([
    'rye/rye.md',
    'oak/oak.md',
    'tea/tea.md',
    'own/own.md',
  ]);
  for (const file of files) {
    if (file.directory) throw new Error(`${file.filename} is a folder`);
    const [slug] = file.filename.split('/');
    const { text } = await cms.http.get(roadmapUrl(`${slug}.md`));
    expect(await file.getData(new TextWriter())).toBe(text);
  }
  const again = await fetch(answer.url, {
    headers: { 'If-None-Match': String(answer.headers.get('etag')) },
  });
  expect(again.status).toBe(304);
  expect((await cms.http.get('/api/frontmatter/archive/roadmaps')).status).toBe(404);
  expect((await cms.http.get('/api/frontmatter/archive/recipes.zip')).status).toBe(404);
});

test('responses say who may cache them', async () => {
  const reader = await loginWithToken(cms.strapi, 'full-access');
  for (const [path, tags] of [
    [URL, 'roadmaps'],
    [roadmapUrl('rye'), 'roadmaps,roadmaps/rye'],
    [roadmapUrl('rye.md'), 'roadmaps,roadmaps/rye'],
  ] as const) {
    const { headers } = await cms.http.get(path);
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=0, must-revalidate',
      'cache-tag': tags,
      'surrogate-key': tags.replace(',', ' '),
    });
    const forOne = await reader.get(path);
    expect(forOne.headers['cache-control']).toBe('private, no-cache');
    const same = await cms.http.get(path).set('If-None-Match', String(headers['etag']));
    expect(same.status).toBe(304);
  }
});

describe('is rejected with what is wrong', () => {
  test.each([
    ['populate=*', /Unrecognized key: "populate": use .*pagination/],
    ['locale=de', /Unrecognized key: "locale"/],
    ['pagination[pageSize]=0', /pageSize: must be a whole number from 1 to 1,000$/],
    ['pagination[pageSize]=1001', /pageSize: must be a whole number from 1 to 1,000$/],
    ['pagination[pageSize]=1e9', /pageSize: must be a whole number from 1 to 1,000$/],
    ['pagination[page]=-1', /page: must be a whole number from 1 to 1,000,000$/],
    ['pagination[limit]=0', /limit: must be a whole number from 1 to 1,000$/],
    [
      'pagination[page]=1&pagination[limit]=1',
      /pagination: give page and pageSize, or start and limit$/,
    ],
    ['pagination=all', /pagination/],
    ['fields=titel', /fields: 'titel' is not a key of 'roadmaps': did you mean 'title'\?/],
    ['fields=', /fields: '' is not a key/],
    ['filters[source][$contains]=x', /source/],
    ['filters[relatedOrder][$notNull]=true', /relatedOrder/],
    ['filters[sponsor][name]=Ad', /sponsor/],
    ['filters[createdBy][email][$contains]=@', /createdBy/],
    ['filters[nothing]=1', /nothing/],
    ['filters[title][$nothing]=1', /\$nothing/],
    ['filters=tea', /filters/],
    ['sort=source', /source/],
    ['sort=nothing', /nothing/],
    ['sort=title:sideways', /order/],
    ['sort=sponsor.name', /sponsor/],
    ['filters[order]=many', /filters\[order\]: must be a whole number/],
    [
      'filters[publishedAt][$gt]=yesterday',
      /filters\[publishedAt\]\[\$gt\]: must be an ISO date and time/,
    ],
  ])('%s', async (query, message) => {
    const { body, status } = await cms.http.get(`${URL}?${query}`);

    expect([query, status, body]).toEqual([query, 400, errorBody(400, message)]);
  });

  test.each([
    [`${URL}?filters[title]=${'x'.repeat(10_000)}`, [200]],
    [`${URL}?${'filters[$and][0]'.repeat(500)}=1`, [400]],
    [`${URL}?filters${'[$not]'.repeat(1500)}[title]=1`, [400]],
    [`${URL}?filters[$or]=${Array.from({ length: 500 }).join('&filters[$or]=')}`, [200, 400]],
    [`${URL}?filters[order]=99999999999999999999`, [200, 400]],
    [`${URL}?sort=${'title,'.repeat(1000)}`, [200, 400]],
    [`${URL}/${'x'.repeat(1000)}`, [404]],
    [`${URL}/${'x'.repeat(1000)}.md`, [404]],
    [`${URL}%2Frye`, [400, 404]],
    [`${URL}/rye%2F..%2Ftea`, [400, 404]],
    [`${URL}/%zz`, [400, 404]],
    [`${URL}/rye%00`, [400, 404]],
    ['/api/frontmatter/recipes', [404]],
    [`/api/frontmatter/${'x'.repeat(1000)}`, [404]],
    ['/api/frontmatter/archive/%2e%2e%2fetc.zip', [400, 404]],
  ])('%.60s', async (url, statuses) => {
    const { status } = await cms.http.get(url);

    expect(statuses).toContain(status);
  });

  test('an Accept header that no representation matches', async () => {
    const { body, status } = await cms.http.get(URL).set('Accept', 'text/html');

    expect([status, body]).toEqual([406, errorBody(406, /application\/x-ndjson/)]);
  });
});
