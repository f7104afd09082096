import { createToken, loginAsAdmin } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { publishRoadmap } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';
import { roadmapUrl } from '../helpers/uploads';

const READ = 'plugin::frontmatter.document.findOne';
const LIST = 'plugin::frontmatter.document.find';
const TEA = roadmapUrl('tea.md');
const SITE = { Origin: 'https://site.example' };
const HOUR = 3_600_000;

let database: TestDatabase;
let cms: Cms;
let origin: string;
let rows: jest.SpyInstance;

beforeAll(async () => {
  database = await createDatabase();
  cms = await startCms(database);
  origin = await listen(cms);
  await publishRoadmap(cms.strapi, { slug: 'tea' });
  rows = jest.spyOn(cms.strapi.plugin('frontmatter').service('publications'), 'findServed');
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

async function ask(path: string, headers: Record<string, string>, from = origin) {
  const answer = await fetch(`${from}${path}`, { headers });
  const { date: _, ...others } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: others, body: await answer.text() };
}

/** The status of an answer, and whether it came from memory. */
async function askTea(headers: Record<string, string>): Promise<[number, 'memory' | 'route']> {
  rows.mockClear();
  const { status } = await ask(TEA, headers);
  return [status, status === 200 && rows.mock.calls.length === 0 ? 'memory' : 'route'];
}

const tokens = () => cms.strapi.db.query('admin::api-token');
const publicRole = () =>
  cms.strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: 'public' } });

test.each([
  ['another origin', async () => SITE],
  ['a read-only token', async () => bearer(await createToken(cms.strapi, 'read-only'))],
  ['a full-access token', async () => bearer(await createToken(cms.strapi, 'full-access'))],
  ['a custom token', async () => bearer(await createToken(cms.strapi, 'custom', [READ, LIST]))],
  [
    'a token in another origin',
    async () => ({
      ...SITE,
      ...bearer(
        await createToken(cms.strapi, 'custom', [READ, LIST, 'plugin::frontmatter.change.find'])
      ),
    }),
  ],
])('%s gets from memory exactly what the ordinary route returns', async (_, headersOf) => {
  const headers = await headersOf();
  await ask(TEA, headers); // Strapi records that the token is in use
  for (const path of [TEA, '/api/frontmatter/roadmaps']) {
    const connection = cms.strapi.plugin('frontmatter').service('read-connection');
    const isOwn = jest.spyOn(connection, 'isOwn').mockReturnValue(false);
    const ordinary = await ask(path, headers);
    isOwn.mockRestore();
    await ask(path, headers);
    rows.mockClear();
    const kept = await ask(path, headers);

    expect([path, kept]).toEqual([path, ordinary]);
    expect(rows).not.toHaveBeenCalled();
    expect(kept.headers['access-control-allow-origin']).toBe(
      'Origin' in headers ? SITE.Origin : ordinary.headers['access-control-allow-origin']
    );
    expect(kept.headers['cache-control']).toBe(
      'Authorization' in headers ? 'private, no-cache' : 'public, max-age=0, must-revalidate'
    );
  }
});

test('an origin never gets the headers of another one, and a token never gets public ones', async () => {
  const token = bearer(await createToken(cms.strapi, 'read-only'));
  for (const headers of [{}, SITE, { Origin: 'https://other.example' }, token]) {
    await ask(TEA, headers);
    await ask(TEA, headers);
    const { headers: kept } = await ask(TEA, headers);
    const expected = 'Origin' in headers ? headers.Origin : '*';
    expect(kept['access-control-allow-origin']).toBe(expected);
    expect(kept['cache-control']).toMatch('Authorization' in headers ? /private/ : /public/);
  }
});

test('a token that was deleted, regenerated or has expired is refused at the very next request', async () => {
  const ends: Record<string, (id: number) => Promise<unknown>> = {
    deleted: (id) => cms.strapi.service('admin::api-token').revoke(id),
    regenerated: (id) => cms.strapi.service('admin::api-token').regenerate(id),
    expired: (id) =>
      tokens().update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } }),
  };
  for (const [name, end] of Object.entries(ends)) {
    const reader = bearer(await createToken(cms.strapi, 'read-only'));
    await askTea(reader);
    await askTea(reader);
    expect([name, await askTea(reader)]).toEqual([name, [200, 'memory']]);
    const [newest] = await tokens().findMany({ orderBy: { id: 'desc' }, limit: 1 });
    await end(newest.id);
    expect([name, await askTea(reader)]).toEqual([name, [401, 'route']]);
    await tokens().deleteMany({ where: { id: newest.id } });
  }
});

test('a custom token that loses a permission is refused at the very next request', async () => {
  const reader = bearer(await createToken(cms.strapi, 'custom', [READ]));
  const [{ id }] = await tokens().findMany({ orderBy: { id: 'desc' }, limit: 1 });
  const allow = (permissions: string[]) =>
    cms.strapi.service('admin::api-token').update(id, { type: 'custom', permissions });
  await askTea(reader);
  await askTea(reader);
  expect(await askTea(reader)).toEqual([200, 'memory']);

  await allow([LIST]);
  expect(await askTea(reader)).toEqual([403, 'route']);
  await allow([READ]);
  expect(await askTea(reader)).toEqual([200, 'memory']);
});

test('what the public may no longer read is refused to browsers as well, but not to a token', async () => {
  const reader = bearer(await createToken(cms.strapi, 'read-only'));
  for (const headers of [SITE, SITE, reader, reader, reader]) await askTea(headers);
  expect(await askTea(SITE)).toEqual([200, 'memory']);
  const permissions = cms.strapi.db.query('plugin::users-permissions.permission');
  const { id: role } = await publicRole();
  await permissions.deleteMany({ where: { action: READ, role } });

  expect(await askTea(SITE)).toEqual([403, 'route']);
  expect(await askTea({})).toEqual([403, 'route']);
  expect(await askTea(reader)).toEqual([200, 'memory']);
  await permissions.create({ data: { action: READ, role } });
  expect(await askTea(SITE)).toEqual([200, 'memory']);
});

test('Strapi judges credentials that are not an API token', async () => {
  await askTea({});
  await askTea({});
  for (const Authorization of ['Bearer nonsense', 'Bearer', 'Basic YTpi', 'Bearer a b']) {
    const [status, source] = await askTea({ Authorization });
    expect([Authorization, source]).toEqual([Authorization, 'route']);
    expect(status).toBe((await ask('/api/roadmaps', { Authorization })).status);
  }
});

test('Strapi still records once an hour that a token is in use', async () => {
  const reader = bearer(await createToken(cms.strapi, 'read-only'));
  await askTea(reader);
  await askTea(reader);
  const [{ id }] = await tokens().findMany({ orderBy: { id: 'desc' }, limit: 1 });
  const before = new Date(Date.now() - 2 * HOUR);
  await tokens().update({ where: { id }, data: { lastUsedAt: before } });

  expect(await askTea(reader)).toEqual([200, 'route']);
  const { lastUsedAt } = await tokens().findOne({ where: { id } });
  expect(new Date(lastUsedAt).getTime()).toBeGreaterThan(before.getTime());
  expect(await askTea(reader)).toEqual([200, 'memory']);
});

const testOnPostgres = databaseClient === 'postgres' ? test : test.skip;
if (databaseClient !== 'postgres') {
  console.log('two replicas are left out: SQLite is for one writing process');
}

testOnPostgres('a token that one replica deletes is refused by the others at once', async () => {
  const created: ReturnType<typeof bearer>[] = [];
  for (let index = 0; index < 3; index += 1) {
    created.push(bearer(await createToken(cms.strapi, 'custom', index ? [READ] : [READ, LIST])));
  }
  const server = await startServer(database);
  const admin = await loginAsAdmin(cms.strapi);
  const statuses = async () =>
    Promise.all(created.map(async (headers) => (await ask(TEA, headers, server.url)).status));
  for (let round = 0; round < 3; round += 1) await statuses();
  const newest = await tokens().findMany({ orderBy: { id: 'desc' }, limit: 3 });
  const [third, second, first] = newest.map(({ id }) => id);

  await admin.delete(`/admin/api-tokens/${first}`);
  const afterOne = await statuses();
  await admin.put(`/admin/api-tokens/${second}`).send({ type: 'custom', permissions: [LIST] });
  await admin.post(`/admin/api-tokens/${third}/regenerate`);
  const afterAll = await statuses();
  await server.end('SIGTERM');

  expect([afterOne, afterAll]).toEqual([
    [401, 200, 200],
    [401, 403, 401],
  ]);
});
