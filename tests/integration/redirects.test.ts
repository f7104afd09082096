import { listen, startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const PATH = '/api/frontmatter/roadmaps';

const rename = async (documentId: string, slug: string): Promise<void> => {
  await cms.strapi.documents(ROADMAP).update({ documentId, data: { slug }, status: 'published' });
};

const redirects = async () =>
  (await cms.http.get('/api/frontmatter/redirects')).body.data as {
    collection: string;
    from: string;
    to: string;
  }[];

test('the old slug of a renamed document redirects straight to the current one', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'first-name' });
  await rename(id, 'second-name');
  await rename(id, 'third-name');

  for (const [asked, location] of [
    ['first-name', './third-name'],
    ['first-name.md', './third-name.md'],
    ['second-name.json?status=published', './third-name.json?status=published'],
  ]) {
    const answer = await cms.http.get(`${PATH}/${asked}`).set('Origin', 'https://site.example');
    expect([answer.status, answer.headers['location']]).toEqual([308, location]);
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['access-control-allow-origin']).toBeDefined();
  }
  const followed = await fetch(`${await listen(cms)}${PATH}/first-name.md`);
  expect([followed.status, await followed.text()]).toEqual([
    200,
    (await cms.http.get(`${PATH}/third-name.md`)).text,
  ]);
  expect((await cms.http.head(`${PATH}/first-name.md`)).status).toBe(308);
  expect(await redirects()).toEqual([
    { collection: 'roadmaps', from: 'first-name', to: 'third-name' },
    { collection: 'roadmaps', from: 'second-name', to: 'third-name' },
  ]);
});

test('a document that takes over the old slug is found under it', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'taken-soon' });
  await rename(id, 'moved-away');
  expect((await cms.http.get(`${PATH}/taken-soon.md`)).status).toBe(308);

  await publishRoadmap(cms.strapi, { slug: 'taken-soon' });

  expect((await cms.http.get(`${PATH}/taken-soon.md`)).status).toBe(200);
  expect((await redirects()).map(({ from }) => from)).not.toContain('taken-soon');
});

test('no redirect leads to an unpublished document or in a circle', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'here' });
  await rename(id, 'there');
  await rename(id, 'here');
  expect((await cms.http.get(`${PATH}/here.md`)).status).toBe(200);
  expect((await cms.http.get(`${PATH}/there.md`)).headers['location']).toBe('./here.md');

  await cms.strapi.documents(ROADMAP).unpublish({ documentId: id });

  expect((await cms.http.get(`${PATH}/there.md`)).status).toBe(404);
  expect((await redirects()).map(({ from }) => from)).not.toContain('there');
});

test('an import of the old file reports the new slug', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'old-file' });
  const text = (await cms.http.get(`${PATH}/old-file.md`)).text;
  await rename(id, 'new-file');

  const result = await importText(cms.strapi, 'old-file', text.replace(/^title: .*$/m, 'title: X'));

  expect(result).toMatchObject({
    action: 'conflict',
    issues: [{ message: expect.stringContaining("was renamed to 'new-file'") }],
  });
});

test('the list is cached until something is published', async () => {
  const first = await cms.http.get('/api/frontmatter/redirects');
  const etag = String(first.headers['etag']);
  const again = () => cms.http.get('/api/frontmatter/redirects').set('If-None-Match', etag);
  expect((await again()).status).toBe(304);

  const id = await publishRoadmap(cms.strapi, { slug: 'listed-before' });
  await rename(id, 'listed-after');

  expect((await again()).status).toBe(200);
});
