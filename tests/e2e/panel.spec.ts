import path from 'node:path';
import { expect } from '@playwright/test';
import { expectAccessible, openRoadmap, panelOf, readJson, titleOf } from './panel';
import { test } from './server';

const IMAGES_DIR = path.join(__dirname, '..', '..', 'docs', 'images');

test('an editor sees what publishing changes, and publishes it', async ({ page, origin }) => {
  const today = new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
  const before = await readJson(page, origin, 'woodworking');
  await openRoadmap(page, origin, 'woodworking');
  const panel = panelOf(page);
  await expect(panel.getByText('Same as what is published')).toBeVisible();

  await titleOf(page).fill('Woodworking by hand');
  const changes = panel.getByRole('region', { name: 'Changes for readers' });
  await expect(changes.getByRole('insertion').first()).toContainText('Woodworking by hand');
  await expect(changes.getByRole('deletion').first()).toContainText(before.title);
  await expect(panel.getByText(`Modified on ${today}`)).toBeVisible();
  await expect(panel.getByText('Moves because “Title” changed')).toBeVisible();
  await page.screenshot({ path: path.join(IMAGES_DIR, 'panel.png') });

  await panel.getByRole('checkbox', { name: /^Minor edit/ }).check();
  await expect(panel.getByText(`Modified on ${before.schema.dateModified}`)).toBeVisible();
  await expect(
    panel.getByText('The date stays: “Title” changed, and this is a minor edit')
  ).toBeVisible();
  await panel.getByRole('checkbox', { name: /^Minor edit/ }).uncheck();
  await expect(panel.getByText(`Modified on ${today}`)).toBeVisible();

  await panel.getByRole('button', { name: 'Paste keywords' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('List of keywords')
    .fill(`- dovetail joints\n- ${before.seo.keywords[0]}\n- hand planes`);
  await dialog.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText(/2 were added, 2 of them new/)).toBeVisible();
  await expect(changes.getByText('dovetail joints')).toBeVisible();
  await expectAccessible(page, panel);

  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByText('Published document')).toBeVisible();
  await expect(panel.getByText('Same as what is published')).toBeVisible();

  const after = await readJson(page, origin, 'woodworking');
  expect(after.title).toBe('Woodworking by hand');
  expect(after.schema.dateModified).toBe(today);
  expect(after.seo.keywords).toEqual([...before.seo.keywords, 'dovetail joints', 'hand planes']);
});

test('the panel works by keyboard and in dark mode, and offers the file', async ({
  page,
  origin,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openRoadmap(page, origin, 'beekeeping');
  const panel = panelOf(page);
  await panel.getByRole('tab', { name: 'Changes' }).focus();
  await page.keyboard.press('ArrowRight');
  const file = panel.getByRole('region', { name: 'The file as it will be' });
  await expect(file).toContainText('briefTitle:');
  await expect(panel.getByRole('heading', { name: 'Linked by' })).toBeVisible();
  await expectAccessible(page, panel);
  await page.screenshot({ path: path.join(IMAGES_DIR, 'panel-dark.png') });

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('beekeeping.md');
});

test('a list that is too long is rejected at its field', async ({ page, origin, problems }) => {
  await openRoadmap(page, origin, 'beekeeping');
  await panelOf(page).getByRole('button', { name: 'Paste keywords' }).click();
  const dialog = page.getByRole('dialog');
  const names = Array.from({ length: 201 }, (_, index) => `number ${index}`);
  await dialog.getByLabel('List of keywords').fill(names.join('\n'));
  await dialog.getByRole('button', { name: 'Add' }).click();

  await expect(dialog.getByText('201 names are too many: paste 200 at most')).toBeVisible();
  problems.expect(/\/frontmatter\/names\//);
});

test('the panel follows while somebody types', async ({ page, origin }) => {
  await openRoadmap(page, origin, 'beekeeping');
  const panel = panelOf(page);
  await panel.getByRole('tab', { name: 'File' }).click();
  const title = titleOf(page);
  const times: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    const text = `Title of round ${round}`;
    await title.fill(text);
    const typed = performance.now();
    await expect(panel.getByText(text)).toBeVisible();
    times.push(performance.now() - typed);
  }
  const median = times.sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
  console.log(`the panel follows within ${Math.round(median)} ms at the median`);
});
