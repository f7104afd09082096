import { startCms, type Cms } from '../helpers/cms';

const SITE = 'https://site.example';
const OTHER = 'https://other.example';
const PATH = '/api/frontmatter/roadmaps';

let cms: Cms | undefined;

afterEach(async () => {
  delete process.env.CORS_ORIGINS;
  await cms?.stop();
  cms = undefined;
});

async function headersFor(origin: string) {
  const { headers } = (await cms?.http.get(PATH).set('Origin', origin)) ?? {};
  return [headers?.['access-control-allow-origin'], headers?.['access-control-allow-credentials']];
}

test('by default any site may read, but not with the credentials of its visitors', async () => {
  cms = await startCms();

  expect(await headersFor(OTHER)).toEqual([OTHER, undefined]);
  const preflight = await cms.http
    .options(PATH)
    .set({ Origin: OTHER, 'Access-Control-Request-Method': 'PUT' });
  expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
});

test('only listed sites may read, with credentials', async () => {
  process.env.CORS_ORIGINS = `${SITE},http://localhost:4321`;
  cms = await startCms();

  expect(await headersFor(SITE)).toEqual([SITE, 'true']);
  expect(await headersFor('http://localhost:4321')).toEqual(['http://localhost:4321', 'true']);
  expect(await headersFor(OTHER)).toEqual([undefined, undefined]);
});

test.each(['*', `${SITE}/`, 'site.example', `${SITE}/blog`])(
  'a start with %s in the list is refused, and the error says what to write',
  async (origin) => {
    process.env.CORS_ORIGINS = origin;

    await expect(startCms()).rejects.toThrow(/CORS_ORIGINS holds '.*': list origins, such as/);
  }
);
