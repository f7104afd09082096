import { expect, type Page } from '@playwright/test';
import { ROADMAPS, titleOf } from './panel';
import { test } from './server';

/** Messages that only one of the builds of React contains. */
const OF_DEVELOPMENT = 'Each child in a list should have a unique "key" prop';
const OF_PRODUCTION = 'Minified React error #';

/** Reads the script that the panel loads first. */
async function readMainFile(page: Page, origin: string): Promise<string> {
  const html = await (await page.request.get(`${origin}/admin`)).text();
  const [, file = ''] = /src="([^"]+\/strapi-[^"]+\.js)"/.exec(html) ?? [];
  return (await page.request.get(`${origin}${file}`)).text();
}

test('the build is a production bundle', async ({ page, origin }) => {
  const main = await readMainFile(page, origin);

  expect(main).not.toContain(OF_DEVELOPMENT);
  expect(main).toContain(OF_PRODUCTION);
});

test('the panel writes no warnings to the console', async ({ page, origin }) => {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await page.goto(`${origin}${ROADMAPS}`);
  await page.getByRole('link', { name: 'Woodworking' }).click();
  await expect(titleOf(page)).toBeVisible();

  expect(warnings).toEqual([]);
});
