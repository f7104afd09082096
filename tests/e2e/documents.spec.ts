import { expect } from '@playwright/test';
import {
  ROADMAPS,
  button,
  closeWithEscape,
  expectAccessible,
  findDocumentId,
  look,
  openRoadmap,
  panelOf,
  readJson,
  titleOf,
} from './panel';
import { test } from './server';

test('the history compares publications and restores one key into the draft', async ({
  page,
  origin,
}) => {
  await openRoadmap(page, origin, 'bicycle-repair');
  const before = await titleOf(page).inputValue();
  await titleOf(page).fill('Bicycle repair, again');
  await button(page, 'Publish').click();
  await expect(page.getByText('Published document')).toBeVisible();

  await page.getByRole('button', { name: 'More actions' }).first().click();
  await page.getByRole('menuitem', { name: 'History' }).click();
  const dialog = page.getByRole('dialog');
  const items = dialog.getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('Published again, by Ada Editor');
  await expect(items.first()).toContainText('Title');
  for (const item of await items.all()) await item.getByRole('checkbox').click();
  await expect(
    dialog
      .getByRole('region', { name: 'Difference between the two' })
      .getByRole('insertion')
      .first()
  ).toContainText('again');
  await look(page, 'history-difference');
  await items.first().getByRole('checkbox').click();
  await expect(dialog.getByRole('checkbox', { name: 'Title' })).toBeChecked();
  await look(page, 'history-restore');
  await expectAccessible(page, dialog);
  await dialog.getByRole('button', { name: 'Restore' }).click();

  await expect(page.getByText('Restored into the draft; nothing is published')).toBeVisible();
  await expect(titleOf(page)).toHaveValue(before);
  const json = `${origin}/api/frontmatter/roadmaps/bicycle-repair.json`;
  expect((await (await page.request.get(json)).json()).title).toBe('Bicycle repair, again');
  await expect(panelOf(page).getByRole('insertion').first()).toContainText(before);
});

test('a rename shows both addresses, and the old one leads to the new one', async ({
  page,
  origin,
}) => {
  await openRoadmap(page, origin, 'sailing');
  await page.getByLabel('Slug*', { exact: true }).fill('sailing-for-all');
  await expect(panelOf(page).getByText('sailing → sailing-for-all')).toBeVisible();
  await look(page, 'renamed');
  await button(page, 'Publish').click();
  await expect(page.getByText('Published document')).toBeVisible();

  const old = await page.request.get(`${origin}/api/frontmatter/roadmaps/sailing.md`);
  expect(old.url()).toBe(`${origin}/api/frontmatter/roadmaps/sailing-for-all.md`);
  expect(old.status()).toBe(200);
});

test('unpublishing and deleting ask first, and name the documents that link here', async ({
  page,
  origin,
}) => {
  await openRoadmap(page, origin, 'beekeeping');
  await page.getByRole('button', { name: 'More document actions' }).first().click();
  await page.getByRole('menuitem', { name: 'Unpublish' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(/\d roadmaps link to this one: /);
  await expect(dialog).toContainText('kitchen-garden');
  await look(page, 'unpublish');
  await expectAccessible(page, dialog);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const json = `${origin}/api/frontmatter/roadmaps/beekeeping.json`;
  expect((await page.request.get(json)).status()).toBe(200);

  // Strapi loads the list again after it adds the sorting to the URL. Its rows may then look checked
  // while none is selected, so each attempt opens the list again.
  await expect(async () => {
    await page.goto(`${origin}${ROADMAPS}`);
    for (const name of ['Beekeeping', 'Woodworking']) {
      await page.getByRole('row', { name }).getByRole('checkbox').check({ timeout: 5_000 });
    }
    await expect(button(page, 'Delete')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await button(page, 'Delete').click();
  await expect(dialog).toContainText(/\d roadmaps link to these: /);
  await look(page, 'bulk-delete');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
});

test('a deleted document is restored as a draft from the list', async ({
  page,
  origin,
  problems,
}) => {
  // Strapi itself requests a document again after deleting it.
  problems.expect(/\/content-manager\//);
  const id = await findDocumentId(page, origin, 'public-speaking');
  await page.goto(`${origin}${ROADMAPS}/${id}`);
  await page.getByRole('button', { name: 'More actions' }).first().click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('Deleted document')).toBeVisible();

  await button(page, 'Deleted documents').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('public-speaking');
  await expect(dialog).toContainText('by Ada Editor');
  await look(page, 'deleted');
  await expectAccessible(page, dialog);
  await dialog.getByRole('button', { name: 'Restore as a draft' }).click();
  await expect(page.getByText('public-speaking is a draft again')).toBeVisible();
  await closeWithEscape(page, dialog);
  await expect(page.getByRole('row', { name: 'Public Speaking' })).toContainText('Draft');
  const md = await page.request.get(`${origin}/api/frontmatter/roadmaps/public-speaking.md`);
  expect(md.status()).toBe(404);
});

test('a finding leads to its field, and the whole file is shown in a dialog', async ({
  page,
  origin,
}) => {
  await openRoadmap(page, origin, 'home-baking');
  await titleOf(page).fill('A title that is much longer than what any search engine shows of it');
  const panel = panelOf(page);
  await page.getByLabel('Brief title*', { exact: true }).focus();
  await panel.getByRole('button', { name: 'Title', exact: true }).click();
  await expect(titleOf(page)).toBeFocused();

  await panel.getByRole('button', { name: 'Expand' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: 'File' }).click();
  await expect(dialog.getByRole('region', { name: 'The file as it will be' })).toContainText('---');
  await look(page, 'expanded');
  await expectAccessible(page, dialog);
});

test('a tag names the roadmaps that show it', async ({ page, origin, cms }) => {
  const headers = { Authorization: `Bearer ${cms.adminToken}` };
  const list = `${origin}/content-manager/collection-types/api::tag.tag?_q=roadmap`;
  const { results } = await (await page.request.get(list, { headers })).json();
  await page.goto(
    `${origin}/admin/content-manager/collection-types/api::tag.tag/${results[0].documentId}`
  );
  const panel = page.getByRole('complementary').filter({ hasText: 'Shown by' });
  await expect(panel.getByRole('link', { name: 'beekeeping' })).toBeVisible();
  await look(page, 'shown-by');
});

test('the slug of a draft follows its title until somebody edits it', async ({ page, origin }) => {
  await page.goto(`${origin}${ROADMAPS}/create`);
  const briefTitle = page.getByLabel('Brief title*', { exact: true });
  const slug = page.getByLabel('Slug*', { exact: true });
  await briefTitle.fill('Bread');
  await expect(slug).toHaveValue('bread');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved document')).toBeVisible();
  await expect(panelOf(page).getByText('Not published', { exact: true })).toBeVisible();

  await briefTitle.fill('Bread and rolls');
  await expect(slug).toHaveValue('bread-and-rolls');
  await slug.fill('baking-bread');
  await briefTitle.fill('Bread, rolls and cake');
  await expect(panelOf(page).getByText('No preview')).toBeHidden();
  await button(page, 'Save').click();
  await expect(page.getByText('Saved document').last()).toBeVisible();
  await expect(slug).toHaveValue('baking-bread');
});

test('a copy is not compared with anything', async ({ page, origin }) => {
  const id = await findDocumentId(page, origin, 'kitchen-garden');
  await page.goto(`${origin}${ROADMAPS}/clone/${id}`);

  await expect(panelOf(page).getByText('Not published', { exact: true })).toBeVisible();
  await expect(panelOf(page).getByText('Readers will get the whole file')).toBeVisible();
});

test('at a small width the panel has a name, and related roadmaps are dragged by their rows', async ({
  page,
  origin,
}) => {
  await page.setViewportSize({ width: 820, height: 1180 });
  await openRoadmap(page, origin, 'kitchen-garden');
  await page.getByRole('button', { name: 'Show the side panel' }).click();
  await expect(page.getByRole('heading', { name: 'What publishing changes' })).toBeVisible();
  await look(page, 'small-panel');
  await page.getByRole('button', { name: 'Hide the side panel' }).click();

  const before = (await readJson(page, origin, 'kitchen-garden')).relatedRoadmaps;
  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('button', { name, exact: true }) });
  const rows = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^(Home Baking|Beekeeping)$/ }) });
  await row('Home Baking').scrollIntoViewIfNeeded();
  // A busy browser merges pointer moves, and then the row stays where it was.
  await expect(async () => {
    const from = await row('Home Baking').getByText('Published').boundingBox();
    const to = await row('Beekeeping').getByText('Published').boundingBox();
    if (!from || !to) throw new Error('the rows are not shown');
    await page.mouse.move(from.x + 4, from.y + 4);
    await page.mouse.down();
    await page.mouse.move(from.x + 4, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(from.x + 4, to.y + 4, { steps: 4 });
    await page.mouse.up();
    await expect(rows.first()).toContainText('Home Baking', { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await look(page, 'small-drag');
  await button(page, 'Publish').click();
  await expect(page.getByText('Published document')).toBeVisible();
  const after = (await readJson(page, origin, 'kitchen-garden')).relatedRoadmaps;
  expect(after).toEqual([before[1], before[0], ...before.slice(2)]);
});
