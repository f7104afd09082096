import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { supertest } from '../helpers/native';
import { ROADMAP } from '../helpers/roadmaps';
import {
  postFiles,
  put,
  roadmapText,
  roadmapUrl,
  sendChunked,
  temporaryUploads,
} from '../helpers/uploads';

const UPDATE = 'plugin::frontmatter.document.update';
const IMPORT = 'plugin::frontmatter.document.import';
const DRAFT = 'plugin::frontmatter.document.draft';
const MIB = 1024 * 1024;

let cms: Cms;

beforeAll(async () => {
  cms = await startCms();
});

afterAll(() => cms.stop());

const isWritten = async () => (await cms.strapi.documents(ROADMAP).count({})) > 0;

test.each([
  ['anyone', async () => cms.http, 403],
  ['somebody who is logged in', loginAsReader, 403],
  ['a read-only token', () => loginWithToken(cms.strapi, 'read-only'), 403],
  [
    'a token that may only read drafts',
    () => loginWithToken(cms.strapi, 'custom', [DRAFT, 'plugin::frontmatter.document.findOne']),
    403,
  ],
  ['a token that does not exist', async () => withToken('nonsense'), 401],
])('%s is denied both routes, in Strapi’s error shape', async (_, login, expected) => {
  const agent = (await login()) as Awaited<ReturnType<typeof loginAsReader>>;

  const answers = [
    await put(agent, 'kites', roadmapText()),
    await put(agent, 'kites?force=true&status=draft', roadmapText()),
    await postFiles(agent, { 'kites.md': roadmapText() }),
    await postFiles(agent, { 'kites.md': roadmapText() }, '?dryRun=true'),
  ];

  for (const { status, body } of answers) {
    expect(status).toBe(expected);
    expect(body).toEqual({
      data: null,
      error: {
        status: expected,
        name: expect.any(String),
        message: expect.any(String),
        details: {},
      },
    });
  }
  expect(await isWritten()).toBe(false);
});

test('each route has its own permission, and drafts need theirs in addition', async () => {
  const updater = await loginWithToken(cms.strapi, 'custom', [UPDATE]);
  const importer = await loginWithToken(cms.strapi, 'custom', [IMPORT]);
  const drafter = await loginWithToken(cms.strapi, 'custom', [IMPORT, DRAFT]);
  const files = { 'kites.md': roadmapText() };

  expect((await put(importer, 'kites', roadmapText())).status).toBe(403);
  expect((await postFiles(updater, files)).status).toBe(403);
  expect((await postFiles(importer, files, '?status=draft')).status).toBe(403);
  expect((await postFiles(drafter, files, '?status=draft&dryRun=true')).status).toBe(200);
  expect(await isWritten()).toBe(false);
});

test('the panel shows one name for each permission', async () => {
  const admin = await loginAsAdmin(cms.strapi);

  const forTokens = await admin.get('/admin/content-api/permissions');
  const forRoles = await admin.get('/users-permissions/permissions');
  const roles = await admin.get('/users-permissions/roles');

  const names = [
    'draft',
    'export',
    'find',
    'findOne',
    'findPublications',
    'import',
    'lint',
    'update',
  ];
  const tokens = forTokens.body.data['plugin::frontmatter'].controllers.document;
  expect([...tokens].sort()).toEqual(names);
  const actions = forRoles.body.permissions['plugin::frontmatter'].controllers.document;
  expect(Object.keys(actions).sort()).toEqual(names);
  for (const { id } of roles.body.roles) {
    const { body } = await admin.get(`/users-permissions/roles/${id}`);
    const given = body.role.permissions['plugin::frontmatter'].controllers.document;
    expect(given).toMatchObject({
      find: { enabled: true },
      findOne: { enabled: true },
      draft: { enabled: false },
      import: { enabled: false },
      update: { enabled: false },
    });
  }
});

test.each([
  ['PUT', roadmapUrl('kites'), 'text/markdown'],
  ['POST', '/api/frontmatter/import', 'multipart/form-data; boundary=x'],
])('%s without the permission is not read, whatever its size', async (...sent) => {
  const [method, path, contentType] = sent;
  const port = Number(new URL(await listen(cms)).port);
  const filesBefore = await temporaryUploads();
  const head = Buffer.from(
    '--x\r\nContent-Disposition: form-data; name="files"; filename="a.md"\r\nContent-Type: text/markdown\r\n\r\n'
  );
  const block = Buffer.alloc(MIB, 'x');
  const { arrayBuffers } = process.memoryUsage();
  let highest = 0;
  function* chunks() {
    yield head;
    for (let sentBlocks = 0; sentBlocks < 64; sentBlocks += 1) {
      highest = Math.max(highest, process.memoryUsage().arrayBuffers - arrayBuffers);
      yield block;
    }
  }

  const answer = await sendChunked(
    { port, method, path, headers: { 'Content-Type': contentType } },
    chunks()
  );

  expect(answer.status).toBe(403);
  expect(highest).toBeLessThan(16 * MIB);
  expect(await temporaryUploads()).toEqual(filesBefore);
});

async function loginAsReader() {
  const { body } = await cms.http
    .post('/api/auth/local/register')
    .send({ username: 'reader', email: 'reader@example.org', password: 'Secret-1234' });
  return withToken(body.jwt);
}

function withToken(token: string) {
  return supertest.agent(cms.strapi.server.httpServer).set('Authorization', `Bearer ${token}`);
}
