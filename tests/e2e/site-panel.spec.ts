import { expect, type Page } from '@playwright/test';
import type { Hook } from '../../src/plugins/deploy-hooks/shared';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { startStatusSite, type StatusSite } from '../helpers/status-site';
import { ROADMAPS, expectAccessible, openRoadmap, titleOf } from './panel';
import { askAdmin, test, type Cms } from './server';

const HOOKS = '/deploy-hooks/hooks';

let receiver: DeployReceiver;
let site: StatusSite;

test.beforeEach(async () => {
  receiver = await startDeployReceiver();
  site = await startStatusSite();
});

test.afterEach(async ({ page, cms }) => {
  await page.close();
  for (const { id, isDeclared } of await askAdmin<Hook[]>(cms, HOOKS))
    if (!isDeclared) await askAdmin(cms, `${HOOKS}/${id}`, { method: 'DELETE' });
  await receiver.stop();
  await site.stop();
});

const createSite = (cms: Cms, settings: object = {}) =>
  askAdmin(cms, HOOKS, {
    body: {
      name: 'My site',
      url: receiver.url,
      statusUrl: site.url,
      quietPeriodMs: 1_000,
      ...settings,
    },
  });

/** Returns the position up to which a message reports changes. */
function positionOf(body: string) {
  const { data } = JSON.parse(body) as { data: { cursor: { to: string } } };
  const [seq, token] = data.cursor.to.split('.');
  return { seq: Number(seq), token: String(token) };
}

const sitesOf = (page: Page) =>
  page.getByRole('complementary').filter({ has: page.getByRole('heading', { name: 'Sites' }) });

const siteOf = (page: Page, name: string) =>
  sitesOf(page).getByRole('status').filter({ hasText: name });

test('an editor who publishes sees each site go from notified to live', async ({
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

  await titleOf(page).fill('Woodworking for everybody');
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(ours).toContainText('Waiting to rebuild');
  await sitesOf(page).getByText('1 site is switched off').click();
  await expect(siteOf(page, 'Declared site')).toContainText('Switched off: it will not rebuild');
  await expect(siteOf(page, 'Another site')).toHaveCount(0);
  take();
  await expect(ours).toContainText(/Notified at \d.*; waiting for the site to report/);
  await expectAccessible(page, sitesOf(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, sitesOf(page));

  site.shows(positionOf(receiver.messages.at(-1)?.body ?? ''));
  await expect(ours).toContainText(/Live at \d/, { timeout: 60_000 });
  await expectAccessible(page, sitesOf(page));
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page, sitesOf(page));

  const path = new URL(page.url()).pathname.replace('/admin', '');
  await askAdmin(cms, path, { method: 'PUT', body: { slug: 'woodworking-of-the-draft' } });
  await page.reload();
  await expect(titleOf(page)).toBeVisible();
  await expect(ours).toContainText(/Live at \d/);
});

test('a document that was never published has no sites panel', async ({ page, origin, cms }) => {
  await createSite(cms);
  await page.goto(`${origin}${ROADMAPS}/create`);
  await expect(
    page.getByRole('complementary').filter({ hasText: 'What publishing changes' })
  ).toBeVisible();

  await expect(sitesOf(page)).toHaveCount(0);
});
