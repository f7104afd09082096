import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';

export const ROADMAPS = '/admin/content-manager/collection-types/api::roadmap.roadmap';

const SCREENSHOTS_DIR = process.env['SCREENSHOTS_DIR'];

/** Saves a screenshot if `SCREENSHOTS_DIR` is set. */
export async function look(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS_DIR) await page.screenshot({ path: `${SCREENSHOTS_DIR}/${name}.png` });
}

export async function findDocumentId(page: Page, origin: string, slug: string): Promise<string> {
  const answer = await page.request.get(`${origin}/api/roadmaps?filters[slug]=${slug}`);
  return (await answer.json()).data[0].documentId;
}

export async function openRoadmap(page: Page, origin: string, slug: string): Promise<void> {
  await page.goto(`${origin}${ROADMAPS}/${await findDocumentId(page, origin, slug)}`);
  await expect(titleOf(page)).toBeVisible();
}

/** Returns what readers get through REST. */
export async function readJson(page: Page, origin: string, slug: string) {
  return (await page.request.get(`${origin}/api/frontmatter/roadmaps/${slug}.json`)).json();
}

export const titleOf = (page: Page) => page.getByLabel('Title*', { exact: true });

export const panelOf = (page: Page) =>
  page.getByRole('complementary').filter({ hasText: 'What publishing changes' });

export const button = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first();

/** The part of the DOM's `Animation` that is used here. */
interface Animation {
  effect: { getComputedTiming(): { endTime: number } };
  finished: Promise<unknown>;
}

/** Expects no violation above minor from axe in our part of the page; the rest is Strapi's. */
export async function expectAccessible(page: Page, part: Locator): Promise<void> {
  await page.mouse.move(0, 0); // in dark mode, buttons of the design system fade on hover
  await part.evaluate((element) => element.setAttribute('data-axe', ''));
  // Elements that still fade in have another contrast. A spinner never ends.
  await part.evaluate(({ ownerDocument }) => {
    const animations: Animation[] = ownerDocument.getAnimations();
    const ending = animations.filter(
      ({ effect }) => effect.getComputedTiming().endTime !== Infinity
    );
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  const { violations } = await new AxeBuilder({ page }).include('[data-axe]').analyze();
  await part.evaluate((element) => element.removeAttribute('data-axe'));
  expect(violations.filter(({ impact }) => impact !== 'minor')).toEqual([]);
}

/**
 * Closes a dialog with Escape. A Radix dialog handles the key only after rendering again, which
 * nothing on the page shows, so the key is pressed until the dialog is gone.
 */
export async function closeWithEscape(page: Page, dialog: Locator): Promise<void> {
  await expect(dialog).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}
