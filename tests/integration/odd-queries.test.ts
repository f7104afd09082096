import fc from 'fast-check';
import { createToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { oddQuery } from '../helpers/odd-queries';
import { runs } from '../helpers/property-runs';
import { publishRoadmap } from '../helpers/roadmaps';
import { errorBody } from '../helpers/uploads';

const OURS = '/api/frontmatter/roadmaps';
const TYPES = ['/api/roadmaps', '/api/keywords', '/api/tags', '/api/sponsors'];
const RUNS = runs(2_000);
/** Each run tries other queries; a failure prints the seed, to run again with `FC_SEED`. */
const SEED = Number(process.env.FC_SEED ?? Date.now());

let cms: Cms;
let origin: string;
let headers: Record<string, string>;
let documentId: string;

beforeAll(async () => {
  cms = await startCms();
  origin = await listen(cms);
  headers = { Authorization: `Bearer ${await createToken(cms.strapi, 'read-only')}` };
  documentId = await publishRoadmap(cms.strapi, { slug: 'tea', title: 'Tea' });
});

afterAll(() => cms.stop());

async function ask(path: string) {
  const answer = await fetch(`${origin}${path}`, { headers });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

test('no query is answered with 500, however odd', async () => {
  let read = 0;
  const logged = jest.spyOn(cms.strapi.log, 'error');
  const paths = [OURS, OURS, ...TYPES, `/api/roadmaps/${documentId}`];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), oddQuery, async (path, query) => {
      const { status } = await ask(`${path}?${query}`);
      expect(status).toBeLessThan(500);
      if (status === 200) read += 1;
    }),
    { numRuns: RUNS, seed: SEED }
  );
  expect(logged).not.toHaveBeenCalled();
  expect(read).toBeGreaterThan(RUNS / 20); // otherwise no query reached the database
  logged.mockRestore();
});

test.each([
  ['filters[]=x', /filters/],
  ['filters[0][title]=x', /filters: must name attributes/],
  ['filters[$eq]=1', /filters\[\$eq\]: '\$eq' is not an attribute of api::roadmap\.roadmap/],
  ['filters[title][$eq][$eq]=x', /\[title\]\[\$eq\]: must be a value, or a list of values/],
  ['filters[title][$and][]=x', /'\$and' does not compare an attribute/],
  ['filters[$and]=x', /filters\[\$and\]: must be a list/],
  ['filters[order][$between]=1', /filters\[order\]\[\$between\]: must be two values/],
  ['filters[order]=99999999999', /filters\[order\]: must be a whole number up to 2,147,483,647/],
  ['filters[order][$contains]=1', /is for texts only: use \$containsi/],
  [
    'filters[datePublished]=yesterday',
    /filters\[datePublished\]: must be a day such as 2026-01-31/,
  ],
  ['filters[createdAt][$gt]=-271821-04-20', /filters\[createdAt\]\[\$gt\]: must be an ISO date/],
  ['filters[tags][$not][name]=a', /filters\[tags\]: cannot hold \$not/],
  ['filters[tags][name]=a&filters[tags][$eq]=1', /filters\[tags\]: must be attributes, or one/],
  ['sort=title.name', /sort\[title\]: must be asc or desc/],
  ['sort=tags', /tags/],
])('our lists and plain REST say what is wrong with %s', async (query, message) => {
  for (const path of [OURS, '/api/roadmaps']) {
    const { status, body } = await ask(`${path}?${query}`);
    expect([path, status, body]).toEqual([path, 400, errorBody(400, message)]);
  }
});

test.each([
  ['fields=toString', /toString/],
  ['_q[]=tea', /_q: must be a single text/],
  ['pagination[start]=99999999999999999999', /pagination\[start\]: must be a whole number/],
  [
    'populate[tags][filters][name][$eq][$eq]=a',
    /populate\[tags\]\[filters\]\[name\]\[\$eq\]: must/,
  ],
  ['populate[tags][sort]=name.name', /populate\[tags\]\[sort\]\[name\]: must be asc or desc/],
])('plain REST says what is wrong with %s', async (query, message) => {
  const { status, body } = await ask(`/api/roadmaps?${query}`);
  expect([status, body]).toEqual([400, errorBody(400, message)]);
});

test('more relations or sort keys than SQLite can join are rejected', async () => {
  const relations = Array.from({ length: 31 }, (_, index) => `filters[$or][${index}][tags]=1`);
  const sorts = Array.from({ length: 3_000 }, () => 'id');
  for (const [query, message] of [
    [relations.slice(1).join('&'), undefined],
    [relations.join('&'), /filters\[\$or\]\[30\]\[tags\]: is one too many: name at most 30/],
    [`sort=${sorts}`, /sort: must name at most 30 attributes/],
    [`sort[0]=${sorts}&sort[1]=id`, /sort: must name at most 30 attributes/],
  ] as const) {
    const { status, body } = await ask(`${OURS}?${query}`);
    expect([status, message && body]).toEqual(
      message ? [400, errorBody(400, message)] : [200, undefined]
    );
  }
});

test('a failure that the query did not cause is still answered with 500', async () => {
  const publications = cms.strapi.plugin('frontmatter').service('publications');
  const cursor = jest.spyOn(publications, 'cursor').mockRejectedValue(new Error('of the server'));
  const log = jest.spyOn(cms.strapi.log, 'error').mockImplementation();

  expect((await ask(`${OURS}?sort=title`)).status).toBe(500);
  cursor.mockRestore();
  log.mockRestore();
  expect((await ask(`${OURS}?sort=title`)).status).toBe(200);
});
