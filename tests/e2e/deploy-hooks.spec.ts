import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, type Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import type { Hook } from '../../src/plugins/deploy-hooks/shared';
import { closeWithEscape, expectAccessible } from './panel';
import { ADMIN, DECLARED_SITE, askAdmin, test, type Cms } from './server';
import { signIn } from './session';

const HOOKS = '/deploy-hooks/hooks';
const SITES = '/admin/plugins/deploy-hooks';
const IMAGES_DIR = path.join(__dirname, '..', '..', 'docs', 'images');
const ROADMAPS = '/content-manager/collection-types/api::roadmap.roadmap';

interface Receiver {
  url: string;
  /** Status of the next responses. */
  statusCode: number;
  requests: { headers: Record<string, string>; body: string }[];
  stop(): Promise<void>;
}

/** Starts a site on loopback that is notified of changes. */
async function startReceiver(): Promise<Receiver> {
  const server = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>; // no header is repeated
    receiver.requests.push({ headers, body: await text(request) });
    response.writeHead(receiver.statusCode, { 'Content-Type': 'text/html' });
    response.end(receiver.statusCode === 204 ? '' : '<b>Nothing here</b>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rebuild`,
    statusCode: 204,
    requests: [],
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

let receiver: Receiver;

test.beforeEach(async () => {
  receiver = await startReceiver();
});

test.afterEach(async ({ page, cms }) => {
  await page.close();
  for (const { id } of await findSites(cms))
    await askAdmin(cms, `${HOOKS}/${id}`, { method: 'DELETE' });
  await receiver.stop();
});

const createSite = (cms: Cms, settings: object = {}) =>
  askAdmin(cms, HOOKS, { body: { name: 'My site', url: receiver.url, ...settings } });

/** Finds the sites that tests created. */
const findSites = async (cms: Cms): Promise<Hook[]> =>
  (await askAdmin<Hook[]>(cms, HOOKS)).filter(({ isDeclared }) => !isDeclared);

const siteOf = (page: Page, name = 'My site') => page.getByRole('article', { name });

/** Publishes a title as the content manager does. */
async function publishTitle(cms: Cms, slug: string, title: string): Promise<void> {
  const answer = await fetch(`${cms.url}/api/roadmaps?filters[slug]=${slug}`);
  const { data } = (await answer.json()) as { data: { documentId: string }[] };
  await askAdmin(cms, `${ROADMAPS}/${data[0]?.documentId}/actions/publish`, { body: { title } });
}

/** Creates a user whose only role may view sites. */
async function createReader(cms: Cms) {
  const action = 'plugin::deploy-hooks.read';
  const role = { name: 'Reader', description: '' };
  const { id } = await askAdmin<{ id: number }>(cms, '/admin/roles', { body: role });
  await askAdmin(cms, `/admin/roles/${id}/permissions`, {
    method: 'PUT',
    body: { permissions: [{ action, subject: null, conditions: [] }] },
  });
  const names = { firstname: 'Olu', lastname: 'Reader' };
  const account = { email: 'olu@example.org', password: ADMIN.password };
  const { registrationToken } = await askAdmin<{ registrationToken: string }>(cms, '/admin/users', {
    body: { ...names, email: account.email, roles: [id] },
  });
  const userInfo = { ...names, password: account.password };
  await askAdmin(cms, '/admin/register', { body: { registrationToken, userInfo } });
  return account;
}

test('a site is added, its secret is shown once, and it is notified of what is published', async ({
  page,
  context,
  origin,
  cms,
}) => {
  await page.goto(`${origin}/admin`);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('link', { name: 'Deploy hooks' }).click();
  await page.getByRole('link', { name: 'Add a site' }).click();
  await page.getByLabel(/^Name/).fill('My site');
  await page.getByLabel(/^URL/).fill(receiver.url);
  await page.getByLabel('Wait until nothing changed for').fill('8');
  await expectAccessible(page, page.getByRole('main'));
  await page.getByRole('button', { name: 'Add a site' }).click();

  const dialog = page.getByRole('dialog', { name: 'Signing secret of My site' });
  await expect(dialog.getByText('This is shown only now')).toBeVisible();
  const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(page.getByText('The secret was copied')).toBeVisible();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
  await expectAccessible(page, dialog);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  const site = siteOf(page);
  await expect(site.getByText('Up to date')).toBeVisible();
  await expect(site.getByText('Nothing sent yet')).toBeVisible();
  const shown = await page.content();
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain(receiver.url);

  await site.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText('My site accepted it')).toBeVisible();
  expect(receiver.requests).toHaveLength(1);
  const [first] = receiver.requests;
  const message = new Webhook(secret).verify(first?.body ?? '', first?.headers ?? {});
  expect(message).toMatchObject({ type: 'test' });

  const tenMinutes = { quietPeriodMs: 600_000, maxWaitMs: 600_000 };
  await createSite(cms, { name: 'Search', ...tenMinutes });
  await publishTitle(cms, 'sailing', 'Sailing on lakes');
  await expect(site.getByText(/^1 change waiting, sent at \d/)).toBeVisible();
  await expectAccessible(page, page.getByRole('main'));
  await expect(site.getByText('Up to date')).toBeVisible();
  await expect(site.getByText(/^Notified/)).toBeVisible();
  expect(receiver.requests).toHaveLength(2);
  await expect(siteOf(page, 'Search').getByText(/^1 change waiting, sent at \d/)).toBeVisible();
  await page.screenshot({ path: path.join(IMAGES_DIR, 'deploy-hooks.png') });

  await site.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: /^Delivered · 1 change ·/ }).click();
  const changes = page.getByRole('table', { name: 'What changed' });
  await expect(changes.getByRole('row', { name: /^roadmaps sailing Yes .*title$/ })).toBeVisible();
  const attempts = page.getByRole('table', { name: 'Attempts' });
  await expect(attempts.getByRole('row', { name: /204/ })).toBeVisible();
  await expectAccessible(page, page.getByRole('main'));

  await page.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => receiver.requests.length).toBe(3);
  expect(receiver.requests[2]?.body).toBe(receiver.requests[1]?.body);
});

test('a failing site is tried again, is paused when it is not found, and continues when resumed', async ({
  page,
  origin,
  cms,
}) => {
  await createSite(cms, { statusUrl: receiver.url });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${origin}${SITES}`);
  const site = siteOf(page);
  receiver.statusCode = 503;
  await site.getByRole('button', { name: 'Deploy now' }).click();
  await expect(site.getByText(/^Failing, 1 in a row: .*503, next try in \d second/)).toBeVisible();
  receiver.statusCode = 404;
  await expect(site.getByText(/^Paused: .*404/)).toBeVisible();
  await expectAccessible(page, page.getByRole('main'));

  await site.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: /404/ }).click();
  const answers = page.getByRole('region', { name: /^Answer to attempt \d$/ });
  await expect(answers).toHaveCount(2);
  await expect(answers.last()).toHaveText('<b>Nothing here</b>');
  await expectAccessible(page, page.getByRole('main'));

  receiver.statusCode = 204;
  await expect(page.getByRole('button', { name: 'Deploy now' })).toBeDisabled();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Wait until nothing changed for').fill('61');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^It is 60 seconds, shorter than the quiet period/)).toBeVisible();
  await page.getByLabel('Wait until nothing changed for').fill('1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/It is still paused: press Resume/)).toBeVisible();
  await site.getByRole('link', { name: 'Deliveries' }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();
  await page.getByRole('button', { name: 'Deploy now' }).click();
  await expect(page.getByText('Up to date', { exact: true })).toBeVisible();
  const taken = page.getByRole('button', { name: /^Delivered · Not live yet · / });
  await expect(taken.first()).toBeVisible();

  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: 'On its way' }).click();
  await expect(page.getByText('There are no such deliveries')).toBeVisible();
  await expect(page).toHaveURL(/state=open/);
});

test('a site is edited, given a new secret and deleted by keyboard', async ({
  page,
  origin,
  cms,
}) => {
  await createSite(cms, { headers: { 'X-Key': 'a-secret-value' } });
  await page.goto(`${origin}${SITES}`);
  const newSecret = siteOf(page).getByRole('button', { name: 'New secret' });
  await newSecret.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Secret' })).toHaveValue(/^whsec_/);
  await closeWithEscape(page, page.getByRole('dialog'));
  await expect(newSecret).toBeFocused();
  await expect(siteOf(page).getByText(/^Signed with the previous secret as well/)).toBeVisible();

  await siteOf(page).getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByLabel('Header', { exact: true })).toHaveValue('X-Key');
  await expect(page.getByLabel('Value')).toHaveValue('');
  await page.getByLabel(/^Name/).fill('Another name');
  await page.keyboard.press('Enter');
  await expect(siteOf(page, 'Another name')).toBeVisible();
  const [stored] = await findSites(cms);
  expect(stored?.headerNames).toEqual(['X-Key']);

  const remove = siteOf(page, 'Another name').getByRole('button', { name: 'Delete' });
  await remove.focus();
  await page.keyboard.press('Enter');
  await closeWithEscape(page, page.getByRole('alertdialog'));
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).focus();
  await page.keyboard.press('Enter');
  await expect(siteOf(page, 'Another name')).toHaveCount(0);
  await expect(page.getByRole('main')).toBeFocused();
});

test('what the server rejects is reported at its field', async ({ page, origin, problems }) => {
  problems.expect(/400.*\/deploy-hooks\/hooks/);
  await page.goto(`${origin}${SITES}/new`);
  await page.getByLabel(/^Name/).fill('My site');
  await page.getByLabel(/^URL/).fill('http://10.0.0.1/rebuild');
  await page.getByLabel('Changed keys').fill('seo.titel');
  await page.getByRole('button', { name: 'Add a site' }).click();

  const url = page.getByLabel(/^URL/);
  await expect(url).toHaveAccessibleDescription(/add '10.0.0.1' to allowedHosts/);
  await expect(url).toBeFocused();
  await expect(page.getByText(/^seo\.titel: /)).toBeVisible();
  await expectAccessible(page, page.getByRole('main'));
});

test('a declared site is read-only, and a user who may only read has no buttons', async ({
  page,
  origin,
  browser,
  cms,
}) => {
  await createSite(cms);
  await page.goto(`${origin}${SITES}`);
  const declared = siteOf(page, DECLARED_SITE.name);
  await expect(declared.getByText('Switched off')).toBeVisible();
  await expect(declared.getByText(/^Declared in the environment/)).toBeVisible();
  await expect(declared.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await expect(declared.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await expect(declared.getByText('Enable it before you deploy it.')).toBeVisible();
  await expect(declared.getByRole('button', { name: 'Deploy now' })).toBeDisabled();
  await declared.getByRole('button', { name: 'Send test' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByText(/starts a real build of Declared site/)).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  const { id } = (await askAdmin<Hook[]>(cms, HOOKS)).find(({ isDeclared }) => isDeclared) ?? {};
  await page.goto(`${origin}${SITES}/${id}/edit`);
  await expect(page.getByText(/^Declared in the environment/)).toBeVisible();
  await page.getByRole('link', { name: 'All sites' }).click();
  await expect(declared).toBeVisible();

  const reader = await createReader(cms);
  const other = await browser.newPage({ storageState: undefined });
  await signIn(other, origin, reader);
  await other.goto(`${origin}${SITES}`);
  await expect(siteOf(other).getByText('Up to date')).toBeVisible();
  await expect(siteOf(other).getByRole('button')).toHaveCount(0);
  await expect(other.getByRole('link', { name: 'Add a site' })).toHaveCount(0);
  await other.goto(`${origin}${SITES}/new`);
  await expect(other.getByText(/permissions to access/)).toBeVisible();
  await expect(other.getByLabel(/^Name/)).toHaveCount(0);
  await other.close();
});
