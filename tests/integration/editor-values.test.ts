import type supertest from 'supertest';
import { loginAsAdmin } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { importText, PANEL } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap } from '../helpers/roadmaps';

const SPONSORS = '/content-manager/collection-types/api::sponsor.sponsor';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
});

afterAll(() => cms.stop());

const problemsOf = ({ body }: { body: { error?: { details: { errors: object[] } } } }) =>
  body.error?.details.errors;

test('an invalid address is reported to the editor at its field', async () => {
  const id = await publishRoadmap(cms.strapi, { slug: 'addresses' });
  const message =
    'is not an address: begin it with https:// or http://, or with / for a path of the site';

  const roadmap = await admin.put(`${PANEL}/${id}`).send({ pdfUrl: 'example.org/a.pdf' });
  expect(problemsOf(roadmap)).toMatchObject([{ path: ['pdfUrl'], message }]);
  const seo = await admin.put(`${PANEL}/${id}`).send({ seo: { ogImageUrl: 'a.png' } });
  expect(problemsOf(seo)).toMatchObject([{ path: ['seo', 'ogImageUrl'], message }]);
  const sponsor = await admin.post(SPONSORS).send({ name: 'Kettle', url: 'kettle.example' });
  expect(problemsOf(sponsor)).toMatchObject([{ path: ['url'], message }]);
  for (const pdfUrl of ['/print/a.pdf', 'https://example.org/a.pdf', null]) {
    expect((await admin.put(`${PANEL}/${id}`).send({ pdfUrl })).status).toBe(200);
  }
});

test('a file with such an address is accepted as it is', async () => {
  await publishRoadmap(cms.strapi, { slug: 'odd-address' });
  const url = '/api/frontmatter/roadmaps/odd-address.md';
  const text = (await cms.http.get(url)).text.replace(/^title: .*$/m, '$&\npdfUrl: a.pdf');

  expect(await importText(cms.strapi, 'odd-address', text)).toMatchObject({ action: 'updated' });
  expect((await cms.http.get(url)).text).toContain('pdfUrl: a.pdf');
});

test('a number that no database can store is refused with a clear message', async () => {
  const created = await admin
    .post(PANEL)
    .send(buildRoadmap({ slug: 'far-away', order: 99_999_999_999 }));

  expect(created.status).toBe(400);
  expect(problemsOf(created)).toMatchObject([
    { path: ['order'], message: 'must lie between -2147483648 and 2147483647' },
  ]);
});

test('pasted names are matched regardless of case, and created once', async () => {
  const names = `/frontmatter/names/api::roadmap.roadmap/keywords`;
  await cms.strapi.documents('api::keyword.keyword').create({ data: { name: 'Dovetail joints' } });

  const { body } = await admin
    .post(names)
    .send({ text: 'dovetail joints\nHand planes\nhand planes\nDOVETAIL JOINTS' });

  expect(body.meta).toEqual({ created: 1 });
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual([
    'Dovetail joints',
    'Hand planes',
  ]);
});
