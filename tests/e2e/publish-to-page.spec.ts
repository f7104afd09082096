import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Page } from '@playwright/test';
import type { DocumentProgress } from '../../src/plugins/deploy-hooks/shared';
import { EXAMPLES_DIR, startCli } from '../helpers/cli';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { findFreePort, startServer, type ServerProcess } from '../helpers/server-process';
import { copySite, type SiteCopy } from '../helpers/site';
import { button, findDocumentId, look, openRoadmap, titleOf } from './panel';
import { ADMIN, askAdmin, type Cms } from './server';
import { signIn } from './session';

const SECRET = `whsec_${Buffer.from('what signs messages and reports.').toString('base64')}`;
const ROADMAPS = '/content-manager/collection-types/api::roadmap.roadmap';
const SPONSORS = '/content-manager/collection-types/api::sponsor.sponsor';
/** Time of one build, and until the panel polls again. */
const LIVE_MS = 60_000;

let database: TestDatabase;
let copy: SiteCopy;
let server: ServerProcess;
let cms: Cms;
let site: { url: string; process: ChildProcess };
let ports: { cms: number; site: number };

const startCms = () =>
  startServer(database, {
    port: ports.cms,
    env: {
      SITE_URL: site.url,
      DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
      DEPLOY_HOOKS_DECLARED: JSON.stringify([
        { name: 'Our site', url: `${site.url}/rebuild`, secret: SECRET, quietPeriodMs: 1_000 },
      ]),
    },
  });

function startSite(): ChildProcess {
  return spawn(process.execPath, [path.join(copy.folder, 'serve.mjs')], {
    cwd: copy.folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env.PATH,
      ASTRO_TELEMETRY_DISABLED: '1',
      PORT: String(ports.site),
      SITE_URL: `http://127.0.0.1:${ports.site}`,
      CMS_URL: `http://127.0.0.1:${ports.cms}`,
      DEPLOY_HOOK_SECRET: SECRET,
      DEPLOY_REPORT_URL: `http://127.0.0.1:${ports.cms}/api/deploy-hooks/reports/1`,
    },
  });
}

test.beforeAll(async () => {
  ports = { cms: await findFreePort(), site: await findFreePort() };
  // Uses PostgreSQL if `TEST_DATABASE_URL` is set.
  const client = process.env['TEST_DATABASE_URL'] ? 'postgres' : 'sqlite';
  database = await createDatabase({ client, isEmpty: true });
  const guides = path.join(EXAMPLES_DIR, '..', 'guides');
  const { exitCode, output } = await startCli(database, 'import', EXAMPLES_DIR, guides).ended;
  if (exitCode !== 0) throw new Error(`the samples could not be imported: ${output}`);
  copy = await copySite({});
  const url = `http://127.0.0.1:${ports.site}`;
  site = { url, process: undefined as never };
  server = await startCms();
  const answer = await fetch(`${server.url}/admin/register-admin`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...ADMIN, firstname: 'Ada', lastname: 'Editor' }),
  });
  const { data } = (await answer.json()) as { data: { token: string } };
  cms = { url: server.url, adminToken: data.token };
  site.process = startSite();
  await expect.poll(() => statusOf('/'), { timeout: LIVE_MS }).toBe(200);
});

test.afterAll(async () => {
  site.process.kill();
  await once(site.process, 'close');
  await server.end('SIGTERM');
  await copy.remove();
  await database.drop();
});

const statusOf = (route: string): Promise<number> =>
  fetch(`${site.url}${route}`, { redirect: 'manual' }).then(
    ({ status }) => status,
    () => 0 // not listening yet
  );

const htmlOf = async (route: string): Promise<string> =>
  (await fetch(`${site.url}${route}`)).text();

const publish = async (page: { request: APIRequestContext }, slug: string, data: object) => {
  const id = await findDocumentId(page as Page, cms.url, slug);
  await askAdmin(cms, `${ROADMAPS}/${id}/actions/publish`, { body: data });
};

/** Returns the stage of a document on the site. */
async function stageOf(slug: string): Promise<string | undefined> {
  const route = `/deploy-hooks/documents/roadmaps/${slug}`;
  const [progress] = await askAdmin<DocumentProgress[]>(cms, route);
  return progress?.stage;
}

const ours = (page: Page) => page.getByRole('status').filter({ hasText: 'Our site' });

test('what an editor publishes is on the page, and the panel says so', async ({ page }) => {
  await signIn(page, cms.url, ADMIN);
  await openRoadmap(page, cms.url, 'woodworking');
  await titleOf(page).fill('Woodworking, seen before it is published');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved document')).toBeVisible();

  await page.getByRole('link', { name: 'Open preview' }).click();
  const frame = page.frameLocator('iframe');
  await expect(
    frame.getByRole('heading', { name: 'Woodworking, seen before it is published' })
  ).toBeVisible();
  await look(page, 'preview');
  expect(await htmlOf('/roadmaps/woodworking')).not.toContain('seen before it is published');

  await openRoadmap(page, cms.url, 'woodworking');
  await button(page, 'Publish').click();
  await expect.poll(() => stageOf('woodworking'), { timeout: LIVE_MS }).toBe('building');
  // Pauses the site: a build can finish before the panel polls again.
  site.process.kill('SIGSTOP');
  await expect(ours(page)).toContainText(/Building since \d/);
  await look(page, 'building');
  site.process.kill('SIGCONT');
  await expect(ours(page)).toContainText(/Live at \d/, { timeout: LIVE_MS });
  await expect(ours(page).getByRole('link', { name: 'Open the site' })).toHaveAttribute(
    'href',
    site.url
  );
  await look(page, 'live');
  const html = await htmlOf('/roadmaps/woodworking');
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  expect(html).toContain('<h1>Woodworking, seen before it is published</h1>');
  expect(html).toContain(`<time datetime="${today}">`);
  expect(html).toContain(`"dateModified":"${today}"`);
});

test('a failed build is shown next to the document, with what went wrong', async ({ page }) => {
  const broken = path.join(copy.folder, 'src', 'pages', 'broken.astro');
  await writeFile(broken, '---\nthrow new Error("the cupboard is empty");\n---\n');
  await signIn(page, cms.url, ADMIN);
  await openRoadmap(page, cms.url, 'sailing');
  await titleOf(page).fill('Sailing in any weather');
  await button(page, 'Publish').click();
  await expect(ours(page)).toContainText(/Build failed at \d/, { timeout: LIVE_MS });
  await look(page, 'build-failed');
  await page.goto(`${cms.url}/admin/plugins/deploy-hooks`);
  await expect(page.getByText(/Build failed .*: the cupboard is empty/)).toBeVisible();

  await rm(broken);
  await openRoadmap(page, cms.url, 'sailing');
  await expect(ours(page)).toContainText(/Live at \d/, { timeout: LIVE_MS });
  expect(await htmlOf('/roadmaps/sailing')).toContain('<h1>Sailing in any weather</h1>');
});

test('pages follow when documents are unpublished, renamed and scheduled', async ({ page }) => {
  const id = await findDocumentId(page, cms.url, 'bicycle-repair');
  await askAdmin(cms, `${ROADMAPS}/${id}/actions/unpublish`, { body: {} });
  await publish(page, 'kitchen-garden', { slug: 'vegetable-garden' });
  const startsAt = new Date(Date.now() + 15_000).toISOString();
  const { documentId } = await askAdmin<{ documentId: string }>(cms, SPONSORS, {
    body: { name: 'Soon', title: 'Opens in a moment', url: 'https://example.org', startsAt },
  });
  await publish(page, 'beekeeping', { sponsor: { connect: [{ documentId }] } });

  await expect.poll(() => statusOf('/roadmaps/bicycle-repair'), { timeout: LIVE_MS }).toBe(404);
  await expect.poll(() => statusOf('/roadmaps/vegetable-garden'), { timeout: LIVE_MS }).toBe(200);
  expect(await htmlOf('/')).not.toContain('bicycle-repair');
  expect(await htmlOf('/roadmaps/woodworking')).not.toContain('bicycle-repair');
  const moved = await fetch(`${site.url}/roadmaps/kitchen-garden`, { redirect: 'manual' });
  expect([moved.status, moved.headers.get('location')]).toEqual([
    301,
    '/roadmaps/vegetable-garden',
  ]);
  await expect
    .poll(() => htmlOf('/roadmaps/beekeeping'), { timeout: LIVE_MS })
    .toContain('Opens in a moment');
});

test('a change goes live even if the CMS is killed right after it is published', async ({
  page,
}) => {
  await publish(page, 'home-baking', { title: 'Bread that survives' });
  await server.end('SIGKILL');
  server = await startCms();

  await expect
    .poll(() => htmlOf('/roadmaps/home-baking'), { timeout: LIVE_MS })
    .toContain('<h1>Bread that survives</h1>');
  await signIn(page, cms.url, ADMIN);
  await openRoadmap(page, cms.url, 'home-baking');
  await expect(ours(page)).toContainText(/Live at \d/, { timeout: LIVE_MS });
});

test('text that is typed while the server restarts is kept, and is saved with Try again', async ({
  page,
}) => {
  await signIn(page, cms.url, ADMIN);
  await openRoadmap(page, cms.url, 'public-speaking');
  await titleOf(page).fill('Speaking through a restart');
  await server.end('SIGKILL');
  await button(page, 'Save').click();
  const alert = page.getByRole('alert').filter({ hasText: 'Not saved' });
  await expect(alert).toContainText('Your text is kept in this browser');
  server = await startCms();

  await expect(titleOf(page)).toHaveValue('Speaking through a restart');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Saved document')).toBeVisible();
  await page.reload();
  await expect(titleOf(page)).toHaveValue('Speaking through a restart');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds no problem on the pages of the site, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const route of ['/', '/roadmaps/woodworking', '/guides/reading-a-tide-table']) {
      await page.goto(`${site.url}${route}`);
      await look(page, `site${route.replaceAll('/', '-')}-${colorScheme}`);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
  });
}
