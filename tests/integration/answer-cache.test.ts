import { request } from 'node:http';
import { ADMIN, createToken, loginAsAdmin } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

const READ = 'plugin::frontmatter.document.findOne';

let database: TestDatabase;
let cms: Cms;
let port: number;
let teaId: string;
let rows: jest.SpyInstance;

beforeAll(async () => {
  database = await createDatabase();
  cms = await startCms(database);
  port = Number(new URL(await listen(cms)).port);
  teaId = await publishRoadmap(cms.strapi, { slug: 'tea', title: 'Tea', body: 'Ünïcode\n' });
  await publishRoadmap(cms.strapi, { slug: 'rye' });
  rows = jest.spyOn(cms.strapi.plugin('frontmatter').service('publications'), 'findServed');
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

beforeEach(() => rows.mockClear());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        })
      );
    });
    sent.on('error', reject).end();
  });

/** An answer without what differs between any two requests. */
const timeless = ({ headers: { date: _, ...headers }, ...answer }: Answer) => ({
  ...answer,
  headers,
});

const PATHS = [
  roadmapUrl('tea'),
  roadmapUrl('tea.json'),
  roadmapUrl('tea.yaml'),
  roadmapUrl('tea.md'),
  '/api/frontmatter/roadmaps',
  '/api/frontmatter/roadmaps?fields=title&pagination[pageSize]=1',
  '/api/frontmatter/changes',
];

const publicRole = () =>
  cms.strapi.db
    .query('plugin::users-permissions.role')
    .findOne({ where: { type: 'public' }, populate: ['permissions'] });

/** Sends all permissions of the role, as the panel does. */
async function setAllowed(action: string, isAllowed: boolean): Promise<void> {
  const [, name = ''] = action.split('::');
  const [plugin = '', controller = '', method = ''] = name.split('.');
  const role = await publicRole();
  const roles = cms.strapi.plugin('users-permissions').service('role');
  const { permissions } = await roles.findOne(role.id);
  permissions[`plugin::${plugin}`].controllers[controller][method].enabled = isAllowed;
  await roles.updateRole(role.id, { name: role.name, description: role.description, permissions });
}

test('what the public may no longer read is refused at the very next request', async () => {
  for (const path of PATHS) await ask(path);
  await setAllowed(READ, false);
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(403);
  expect((await ask('/api/frontmatter/roadmaps')).status).toBe(200);
  await setAllowed(READ, true);
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(200);
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(200);

  await setAllowed('plugin::frontmatter.document.find', false);
  expect((await ask('/api/frontmatter/roadmaps')).status).toBe(403);
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(200);
  await setAllowed('plugin::frontmatter.document.find', true);
  expect((await ask('/api/frontmatter/roadmaps')).status).toBe(200);
});

test.each(PATHS)('%s is served from memory as the ordinary route returned it', async (path) => {
  const ordinary = await ask(path, { Origin: 'http://localhost' });
  const first = await ask(path);
  rows.mockClear();
  const log = jest.spyOn(cms.strapi.log, 'http');
  const second = await ask(path);

  expect(first.status).toBe(200);
  expect(timeless(second)).toEqual(timeless(first));
  expect(second.body).toBe(ordinary.body);
  expect(second.headers).toMatchObject({
    'content-security-policy': expect.any(String),
    'x-frame-options': expect.any(String),
    'cache-control': 'public, max-age=0, must-revalidate',
    'content-length': String(Buffer.byteLength(second.body)),
  });
  expect(rows).not.toHaveBeenCalled();
  expect(log).toHaveBeenCalledWith(
    expect.stringMatching(new RegExp(`^GET ${path.replace(/[?[\]]/g, '\\$&')} \\(\\d+ ms\\) 200$`))
  );
  log.mockRestore();

  const etag = String(first.headers['etag']);
  const fresh = await ask(path, { 'If-None-Match': etag });
  const ordinaryFresh = await ask(path, { 'If-None-Match': etag, Origin: 'http://localhost' });
  expect([fresh.status, fresh.body]).toEqual([304, '']);
  expect(Object.keys(fresh.headers).sort()).toEqual(Object.keys(ordinaryFresh.headers).sort());
  const head = await ask(path, {}, 'HEAD');
  expect(timeless(head)).toEqual({ ...timeless(first), body: '' });
});

test('the very next answer shows what was published, and unchanged documents stay in memory', async () => {
  await ask(roadmapUrl('rye.md'));
  for (let round = 0; round < 5; round += 1) {
    await ask(roadmapUrl('tea.md'));
    await ask('/api/frontmatter/roadmaps');
    const title = `Tea ${round}`;
    await cms.strapi
      .documents(ROADMAP)
      .update({ documentId: teaId, data: { title }, status: 'published' });

    expect((await ask(roadmapUrl('tea.md'))).body).toContain(title);
    expect((await ask('/api/frontmatter/roadmaps')).body).toContain(title);
  }
  rows.mockClear();
  await ask(roadmapUrl('rye.md'));
  expect(rows).not.toHaveBeenCalled();
  await cms.strapi.documents(ROADMAP).unpublish({ documentId: teaId });
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(404);
  await cms.strapi.documents(ROADMAP).publish({ documentId: teaId });
  expect((await ask(roadmapUrl('tea.md'))).status).toBe(200);
});

test('a request with other parameters takes the ordinary route', async () => {
  await ask(roadmapUrl('rye.json'));
  expect((await ask(roadmapUrl('rye.json?secret=1'))).status).toBe(400);
  expect((await ask(roadmapUrl('rye.json?status=draft'))).status).toBe(403);
  const sorted = '/api/frontmatter/roadmaps?sort=updatedAt:desc&fields=order';
  await ask(sorted);
  await cms.strapi.db
    .query(ROADMAP)
    .updateMany({ where: { slug: 'rye' }, data: { updatedAt: '2100-01-01T00:00:00.000Z' } });
  expect(JSON.parse((await ask(sorted)).body).data[0].slug).toBe('rye');
});

test('the ordinary route answers if readers have no separate database connection', async () => {
  await ask(roadmapUrl('rye.md'));
  const connection = cms.strapi.plugin('frontmatter').service('read-connection');
  const isOwn = jest.spyOn(connection, 'isOwn').mockReturnValue(false);
  rows.mockClear();

  expect((await ask(roadmapUrl('rye.md'))).status).toBe(200);
  expect(rows).toHaveBeenCalledTimes(1);
  isOwn.mockRestore();
});

test('a lost connection is opened again, and no reader notices', async () => {
  await ask(roadmapUrl('rye.md'));
  const connection = cms.strapi.plugin('frontmatter').service('read-connection');
  const errors = jest.spyOn(cms.strapi.log, 'error').mockImplementation();
  const now = jest.spyOn(performance, 'now');
  await connection.closeStatements();

  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(roadmapUrl('rye.md'))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(errors).toHaveBeenCalledTimes(1);
  rows.mockClear();
  now.mockReturnValue(performance.now() + 6_000);
  await ask(roadmapUrl('rye.md'));
  await ask(roadmapUrl('rye.md'));
  expect(rows.mock.calls.length).toBeLessThan(2);
  expect(errors).toHaveBeenCalledTimes(1);
  now.mockRestore();
  errors.mockRestore();
});

const testOnPostgres = databaseClient === 'postgres' ? test : test.skip;
if (databaseClient !== 'postgres') {
  console.log('two replicas are left out: SQLite is for one writing process');
}

testOnPostgres(
  'what one replica publishes or forbids applies to the next request to another',
  async () => {
    const token = await createToken(cms.strapi, 'full-access');
    await loginAsAdmin(cms.strapi); // registers the administrator
    const one = { url: `http://127.0.0.1:${port}` };
    const other = await startServer(database);
    const stale: number[] = [];

    for (let round = 0; round < 30; round += 1) {
      const text = roadmapText({ title: `Round ${round}` });
      const { status } = await fetch(`${one.url}${roadmapUrl('shared')}`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/markdown' },
        body: text,
      });
      const read = await (await fetch(`${other.url}${roadmapUrl('shared.md')}`)).text();
      if (status >= 300 || read !== text) stale.push(round);
      await fetch(`${other.url}${roadmapUrl('shared.md')}`); // from memory
    }
    const before = (await fetch(`${other.url}${roadmapUrl('shared.md')}`)).status;
    await forbidReading(one.url);
    const after = (await fetch(`${other.url}${roadmapUrl('shared.md')}`)).status;
    await other.end('SIGTERM');

    expect(stale).toEqual([]);
    expect([before, after]).toEqual([200, 403]);
  }
);

interface Role {
  name: string;
  description: string;
  permissions: {
    'plugin::frontmatter': { controllers: { document: { findOne: { enabled: boolean } } } };
  };
}

/** Forbids reading as the panel does, at one of several servers. */
async function forbidReading(origin: string): Promise<void> {
  const send = async <T>(method: string, path: string, token: string, body?: object) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as T;
  };
  const { data } = await send<{ data: { token: string } }>('POST', '/admin/login', '', ADMIN);
  const roles = '/users-permissions/roles';
  const all = await send<{ roles: { id: number; type: string }[] }>('GET', roles, data.token);
  const path = `${roles}/${all.roles.find(({ type }) => type === 'public')?.id}`;
  const { role } = await send<{ role: Role }>('GET', path, data.token);
  role.permissions['plugin::frontmatter'].controllers.document.findOne.enabled = false;
  const { name, description, permissions } = role;
  await send('PUT', path, data.token, { name, description, permissions });
}
