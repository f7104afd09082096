import { expect, type Page } from '@playwright/test';
import type { Hook } from '../../src/plugins/deploy-hooks/shared';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { startStatusSite, type StatusSite } from '../helpers/status-site';
import { test, type Cms } from './server';
import { enter, findSerious, watchProblems } from './session';

const HOOKS = '/deploy-hooks/hooks';
const ROADMAPS = '/admin/content-manager/collection-types/api::roadmap.roadmap';

let receiver: DeployReceiver;
let site: StatusSite;
let problems: string[];

test.beforeEach(async ({ page, origin }) => {
  receiver = await startDeployReceiver();
  site = await startStatusSite();
  problems = watchProblems(page);
  await enter(page, origin);
});

test.afterEach(async ({ page, cms }) => {
  await page.close();
  const { data } = (await (await ask(cms, 'GET', HOOKS)).json()) as { data: Hook[] };
  for (const { id, isDeclared } of data)
    if (!isDeclared) await ask(cms, 'DELETE', `${HOOKS}/${id}`);
  await receiver.stop();
  await site.stop();
  expect(problems).toEqual([]);
});

/** What the admin API answers the administrator. */
async function ask(cms: Cms, method: string, path: string, body?: object): Promise<Response> {
  const answer = await fetch(`${cms.url}${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${cms.adminToken}`,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

const createSite = (cms: Cms, settings: object = {}) =>
  ask(cms, 'POST', HOOKS, {
    name: 'My site',
    url: receiver.url,
    statusUrl: site.url,
    quietPeriodMs: 1_000,
    ...settings,
  });

/** The position that a message tells of. */
function positionOf(body: string) {
  const { data } = JSON.parse(body) as { data: { cursor: { to: string } } };
  const [seq, token] = data.cursor.to.split('.');
  return { seq: Number(seq), token: String(token) };
}

const panelOf = (page: Page) =>
  page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: 'Sites' }) });

const siteOf = (page: Page, name: string) =>
  panelOf(page).getByRole('status').filter({ hasText: name });

async function openRoadmap(page: Page, origin: string, slug: string): Promise<void> {
  const answer = await page.request.get(`${origin}/api/roadmaps?filters[slug]=${slug}`);
  const { data } = await answer.json();
  await page.goto(`${origin}${ROADMAPS}/${data[0].documentId}`);
  await expect(page.getByLabel('Title*', { exact: true })).toBeVisible();
}

/** Nothing serious, in the panel; the rest of the page is Strapi's. */
async function expectAccessible(page: Page): Promise<void> {
  await panelOf(page).evaluate((panel) => panel.setAttribute('data-axe', ''));
  expect(await findSerious(page, '[data-axe]')).toEqual([]);
}

test('an editor who publishes sees each site come from told to live', async ({
  page,
  origin,
  cms,
}) => {
  site.answer = { status: 404, body: '' };
  let take = (): void => undefined;
  const taken = new Promise<void>((resolve) => (take = resolve));
  receiver.answerWith(() => taken.then(() => 204));
  await createSite(cms);
  await createSite(cms, {
    name: 'Another site',
    filter: { collections: ['roadmaps'], changed: ['order'] },
  });
  await openRoadmap(page, origin, 'woodworking');
  const ours = siteOf(page, 'My site');
  await expect(ours).toContainText('waiting for the site to report');

  await page.getByLabel('Title*', { exact: true }).fill('Woodworking for everybody');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(ours).toContainText('Waiting to rebuild');
  await panelOf(page).getByText('1 site is switched off').click();
  await expect(siteOf(page, 'Declared site')).toContainText('Switched off: it will not rebuild');
  await expect(siteOf(page, 'Another site')).toHaveCount(0);
  take();
  await expect(ours).toContainText(/Notified at \d.*; waiting for the site to report/);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);

  site.shows(positionOf(receiver.messages.at(-1)?.body ?? ''));
  await expect(ours).toContainText(/Live at \d/, { timeout: 60_000 });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);

  const path = new URL(page.url()).pathname.replace('/admin', '');
  await ask(cms, 'PUT', path, { slug: 'woodworking-of-the-draft' });
  await page.reload();
  await expect(page.getByLabel('Title*', { exact: true })).toBeVisible();
  await expect(ours).toContainText(/Live at \d/);
});

test('a document that was never published concerns no site', async ({ page, origin, cms }) => {
  await createSite(cms);
  await page.goto(`${origin}${ROADMAPS}/create`);
  await expect(
    page.getByRole('complementary').filter({ hasText: 'What publishing changes' })
  ).toBeVisible();

  await expect(panelOf(page)).toHaveCount(0);
});
