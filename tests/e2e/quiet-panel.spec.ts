import { expect, type Page } from '@playwright/test';
import { ROADMAPS, titleOf } from './panel';
import { test } from './server';

/** Expects none of Strapi's offers, announcements and tours. */
async function expectNoOffers(page: Page): Promise<void> {
  await expect(page.getByText(/new media library/i)).toHaveCount(0);
  await expect(
    page.getByText(/marketplace|strapi cloud|upgrade|enterprise|free trial/i)
  ).toHaveCount(0);
  await expect(page.getByText(/guided tour|skip all|get started|set up preview/i)).toHaveCount(0);
  await expect(page.getByText(/how likely are you to recommend/i)).toHaveCount(0);
  await expect(page.locator('a[href*="strapi.io"]')).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('the first administrator sees no offers on the home page', async ({ page, origin }) => {
  await page.goto(`${origin}/admin`);
  await expect(page.getByRole('heading', { name: 'Hello Ada' })).toBeVisible();
  await expectNoOffers(page);
});

test('the list and the form of roadmaps show no offers', async ({ page, origin }) => {
  await page.goto(`${origin}${ROADMAPS}`);
  await expect(page.getByRole('link', { name: 'Woodworking' })).toBeVisible();
  await expectNoOffers(page);
  await page.getByRole('link', { name: 'Woodworking' }).click();
  await expect(titleOf(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toBeVisible();
  await expectNoOffers(page);
});

test('the settings show no pages of other editions', async ({ page, origin }) => {
  await page.goto(`${origin}/admin/settings/application-information`);
  await expect(page.getByRole('link', { name: 'API Tokens' })).toBeVisible();

  for (const name of [
    /single sign-on/i,
    /content history/i,
    /audit logs/i,
    /releases/i,
    /plugins/i,
  ])
    await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('the list of roadmaps links titles, not order numbers', async ({ page, origin }) => {
  await page.goto(`${origin}${ROADMAPS}`);
  const row = page.getByRole('row').filter({ hasText: 'woodworking' });

  await expect(row.getByRole('link')).toHaveText(['Woodworking']);
});
