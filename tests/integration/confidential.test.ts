import fc from 'fast-check';
import { startCms, type Cms } from '../helpers/cms';
import { atDepth } from '../helpers/depth';
import { importText } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { roadmapText } from '../helpers/uploads';

/** Part of everything that only editors may see; the tests search every answer for it. */
const DRAFT = 'only-in-a-draft';
/** Part of a comment in a kept file: only the file itself may contain it. */
const COMMENT = 'only-in-the-file';
/** Slug of a roadmap that is linked but not published. */
const UNPUBLISHED = 'not-for-readers';
const RUNS = atDepth({ short: 100, full: 300 });
const SEED = Number(process.env.FC_SEED ?? 5_405);

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
  const target = await cms.strapi.documents(ROADMAP).create({
    data: {
      slug: UNPUBLISHED,
      order: 1,
      briefTitle: DRAFT,
      briefDescription: DRAFT,
      title: DRAFT,
      description: DRAFT,
    },
  });
  const sponsor = await cms.strapi.documents('api::sponsor.sponsor').create({
    data: { name: DRAFT, url: 'https://example.org', startsAt: '2100-01-01T00:00:00.000Z' },
  });
  const open = await publishRoadmap(cms.strapi, {
    slug: 'open',
    seo: { title: 'Open', description: 'Open' },
    relatedRoadmaps: [target.documentId],
    sponsor: sponsor.documentId,
    body: 'Text\n',
  });
  await importText(
    cms.strapi,
    'file',
    roadmapText({ colour: `red # ${COMMENT}`, relatedRoadmaps: '[open]' })
  );
  await cms.strapi.documents(ROADMAP).update({
    documentId: open,
    data: { title: DRAFT, body: DRAFT, seo: { title: DRAFT, description: DRAFT } },
  });
});

afterAll(() => cms.stop());

const OURS = [
  '/api/frontmatter',
  '/api/frontmatter/changes',
  '/api/frontmatter/roadmaps',
  `/api/frontmatter/roadmaps/${UNPUBLISHED}`,
  ...['open', 'file'].flatMap((slug) =>
    ['', '.json', '.yaml', '.md'].map(
      (extension) => `/api/frontmatter/roadmaps/${slug}${extension}`
    )
  ),
  '/api/frontmatter/roadmaps/lint',
  '/api/frontmatter/roadmaps/open/publications',
  '/api/frontmatter/archive/roadmaps.zip',
];
const PLAIN = ['/api/roadmaps', '/api/keywords', '/api/tags', '/api/sponsors'];

const NAMES = [
  'source',
  'relatedOrder',
  'title',
  'body',
  'relatedRoadmaps',
  'sponsor',
  'seo',
  'keywords',
  'createdBy',
  'roadmaps',
  '*',
];
const name = fc.constantFrom(...NAMES);
const parameter = fc.oneof(
  name.map((of) => `populate=${of}`),
  fc.tuple(name, name).map(([of, inner]) => `populate[${of}][populate]=${inner}`),
  fc.tuple(name, name).map(([of, inner]) => `populate[${of}][fields]=${inner}`),
  name.map((of) => `fields=${of}`),
  name.map((of) => `sort=${of}`),
  fc
    .tuple(name, fc.constantFrom('$contains', '$notNull', '$startsWith', '$in'), name)
    .map(([of, operator, value]) => `filters[${of}][${operator}]=${value}`),
  fc.tuple(name, name).map(([of, inner]) => `filters[${of}][${inner}][$contains]=only`),
  fc.constantFrom('status=draft', 'status=published', 'status=', 'publicationFilter=modified'),
  fc.constantFrom('since=0', 'limit=1', 'locale=en', '_q=only', 'pagination[limit]=1')
);
const requests = (paths: string[]) =>
  fc.record({
    path: fc.constantFrom(...paths),
    parameters: fc.array(parameter, { maxLength: 3 }),
    accept: fc.constantFrom('*/*', 'application/x-ndjson', 'text/markdown', 'application/json'),
  });

async function answer({
  path,
  parameters,
  accept,
}: {
  path: string;
  parameters: string[];
  accept: string;
}) {
  const url = `${path}?${parameters.join('&')}`;
  const { status, text } = await cms.http
    .get(url)
    .set('Accept', accept)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks).toString('latin1')));
    })
    .then(({ status: code, body }) => ({ status: code, text: String(body) }));
  // A refusal may repeat what was asked for.
  return { url, status, text: status < 400 ? text : '' };
}

test('our answers never contain a draft or unpublished content, whatever is asked', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(requests(OURS), async (request) => {
      const { url, status, text } = await answer(request);
      expect([url, status < 500]).toEqual([url, true]);
      expect([url, text.includes(DRAFT), text.includes(UNPUBLISHED)]).toEqual([url, false, false]);
      if (status === 200) read += 1;
    }),
    { numRuns: RUNS, seed: SEED }
  );
  expect(read).toBeGreaterThan(RUNS / 20); // otherwise nothing was checked
});

test('plain REST returns no draft, no kept file and no order of links', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(requests(PLAIN), async (request) => {
      const { url, status, text } = await answer(request);
      const found = [DRAFT, COMMENT, '"source"', '"relatedOrder"'].filter((word) =>
        text.includes(word)
      );
      expect([url, status < 500, found]).toEqual([url, true, []]);
      if (status === 200) read += 1;
    }),
    { numRuns: RUNS, seed: SEED }
  );
  expect(read).toBeGreaterThan(RUNS / 20);
});

test('the words that the tests search for exist', async () => {
  const { text } = await answer({
    path: '/api/frontmatter/roadmaps/file.md',
    parameters: [],
    accept: '*/*',
  });
  expect(text).toContain(COMMENT);
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'open' } });
  expect(draft?.title).toBe(DRAFT);
});
