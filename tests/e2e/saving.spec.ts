import { expect, type BrowserContext, type Page } from '@playwright/test';
import { expectAccessible, look, openRoadmap, readJson, titleOf } from './panel';
import { ADMIN, askAdmin, test, type Cms } from './server';
import { signIn } from './session';

const description = (page: Page) => page.getByLabel('Description*', { exact: true });
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).first();
const saved = (page: Page) => page.getByText('Saved document');

/** Opens the same document as another editor, in a separate browser context. */
async function second(context: BrowserContext, origin: string, slug: string): Promise<Page> {
  const browser = context.browser();
  if (!browser) throw new Error('there is no browser');
  const storageState = await context.storageState();
  const page = await (await browser.newContext({ storageState })).newPage();
  await openRoadmap(page, origin, slug);
  return page;
}

test('the texts of two editors who change different fields are kept, and the second is notified', async ({
  page,
  context,
  origin,
}) => {
  await openRoadmap(page, origin, 'woodworking');
  const other = await second(context, origin, 'woodworking');

  await titleOf(page).fill('Woodworking with hand tools');
  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await description(other).fill('From a rough board to a small table');
  await other.getByRole('button', { name: 'Publish', exact: true }).first().click();

  await expect(
    other.getByText('Saved together with changes that someone else made: Title')
  ).toBeVisible();
  await look(other, 'two-editors-merged');
  await expect(titleOf(other)).toHaveValue('Woodworking with hand tools');
  const json = await readJson(page, origin, 'woodworking');
  expect([json.title, json.description]).toEqual([
    'Woodworking with hand tools',
    'From a rough board to a small table',
  ]);
  await other.context().close();
});

test('two editors who change the same field are asked which text to keep', async ({
  page,
  context,
  origin,
}) => {
  await openRoadmap(page, origin, 'beekeeping');
  const other = await second(context, origin, 'beekeeping');
  await titleOf(page).fill('From the first');
  await save(page).click();
  await expect(saved(page)).toBeVisible();

  await titleOf(other).fill('From the second');
  await save(other).click();
  const dialog = other.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Title' })).toBeVisible();
  await expect(dialog.getByRole('region', { name: 'Yours' })).toHaveText('From the second');
  await expect(dialog.getByRole('region', { name: 'Theirs' })).toHaveText('From the first');
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expectAccessible(other, dialog);
  await look(other, 'two-editors-conflict');

  await dialog.getByRole('radio', { name: 'Theirs' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(saved(other)).toBeVisible();
  await expect(titleOf(other)).toHaveValue('From the first');
  await expect(saved(other)).toBeHidden();

  await titleOf(page).fill('From the first again');
  await titleOf(other).fill('From the second again');
  await save(page).click();
  await expect(page.getByText('Saved document').last()).toBeVisible();
  await save(other).click();
  await dialog.getByRole('radio', { name: 'Yours' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(saved(other).last()).toBeVisible();
  await expect(dialog).toBeHidden();
  await other.reload();
  await expect(titleOf(other)).toHaveValue('From the second again');
  await other.context().close();
});

test('a save that fails leaves the form as it is, and can be tried again', async ({
  page,
  origin,
  problems,
}) => {
  problems.expect(/collection-types\/api::roadmap\.roadmap\//);
  await openRoadmap(page, origin, '35mm-photography');
  await titleOf(page).fill('Photography on film');
  const isSave = (url: URL) => url.pathname.includes('/content-manager/collection-types/');
  await page.route(isSave, (route) =>
    route.request().method() === 'PUT' ? route.abort('connectionrefused') : route.continue()
  );
  await save(page).click();

  const alert = page.getByRole('alert').filter({ hasText: 'Not saved' });
  await expect(alert).toContainText('Your text is kept in this browser');
  await expect(titleOf(page)).toHaveValue('Photography on film');
  await look(page, 'save-failed');

  await page.unroute(isSave);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(saved(page)).toBeVisible();
  await expect(alert).toBeHidden();
  await page.reload();
  await expect(titleOf(page)).toHaveValue('Photography on film');
  await expect(page.getByText('You typed text here')).toBeHidden();
});

test('text that is typed during a save stays in the form', async ({ page, origin }) => {
  await openRoadmap(page, origin, 'bicycle-repair');
  let letThrough = (): void => undefined;
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route('**/content-manager/collection-types/**', async (route) => {
    if (route.request().method() === 'PUT') await held;
    await route.continue();
  });
  await titleOf(page).fill('Saved');
  await save(page).click();
  await titleOf(page).fill('Typed since');
  await description(page).fill('Typed as well');
  letThrough();

  await expect(saved(page)).toBeVisible();
  await expect(titleOf(page)).toHaveValue('Typed since');
  await expect(description(page)).toHaveValue('Typed as well');
  await save(page).click();
  await expect(saved(page).last()).toBeVisible();
  await page.reload();
  await expect(titleOf(page)).toHaveValue('Typed since');
  await expect(description(page)).toHaveValue('Typed as well');
});

test('text that was not saved when the browser closed is offered, and merged when it is saved', async ({
  page,
  origin,
  cms,
}) => {
  await openRoadmap(page, origin, 'home-baking');
  const url = page.url();
  await titleOf(page).fill('Baking bread at home');
  await page.waitForTimeout(1_000); // longer than the pause before text is stored
  await page.goto('about:blank');
  await changeDescription(cms, url, 'Changed while the browser was closed');

  await page.goto(url);
  const offer = page.getByRole('status').filter({ hasText: 'You typed text here' });
  await offer.getByRole('button', { name: 'Show it' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('insertion')).toContainText('Baking bread at home');
  await look(page, 'unsaved-offer');
  await expectAccessible(page, dialog);
  await dialog.getByRole('button', { name: 'Put it into the form' }).click();
  await expect(titleOf(page)).toHaveValue('Baking bread at home');

  await save(page).click();
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(titleOf(page)).toHaveValue('Baking bread at home');
  await expect(description(page)).toHaveValue('Changed while the browser was closed');
  await expect(page.getByText('You typed text here')).toBeHidden();
});

test('text that was not saved when the session ended is offered after the next login', async ({
  page,
  origin,
  browser,
  problems,
}) => {
  problems.expect(/401/);
  await openRoadmap(page, origin, 'amateur-astronomy');
  const url = page.url();
  await titleOf(page).fill('Astronomy without a telescope');
  await page.route('**/content-manager/**', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({ status: 401, json: { error: { name: 'UnauthorizedError', message: 'x' } } })
      : route.continue()
  );
  // A real logout would end all sessions of the administrator, including those of other tests.
  await page.route('**/admin/logout', (route) => route.fulfill({ json: {} }));
  await page.route('**/admin/access-token', (route) => route.fulfill({ status: 401, json: {} }));
  await save(page).click();
  await page.getByRole('alertdialog').getByRole('button').last().click();
  await page.waitForURL(/auth\/login/);
  const storageState = await page.context().storageState();
  await page.unrouteAll({ behavior: 'ignoreErrors' });

  const again = await (await browser.newContext({ storageState })).newPage();
  await signIn(again, origin, ADMIN);
  await again.goto(url);
  await expect(again.getByText('You typed text here')).toBeVisible();
  await again.context().close();
});

/** Changes a description as an editor in another browser would. */
async function changeDescription(cms: Cms, page: string, description: string) {
  const documentId = new URL(page).pathname.split('/').at(-1);
  const path = `/content-manager/collection-types/api::roadmap.roadmap/${documentId}`;
  await askAdmin(cms, path, { method: 'PUT', body: { description } });
}
