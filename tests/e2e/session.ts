import type { Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';

/** What Strapi itself asks for and does not have in its free edition, or without a preview. */
const OF_STRAPI = /404 .*\/(admin\/ai-feature-config|i18n\/ai-|content-manager\/preview\/url\/)/;

/** What the browser complains about from here on, as it comes. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  const note = (problem: string): void => {
    if (!OF_STRAPI.test(problem)) problems.push(problem);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => note(error.message));
  return problems;
}

interface Account {
  email: string;
  password: string;
}

export async function signIn(page: Page, origin: string, account: Account): Promise<void> {
  await page.goto(`${origin}/admin/auth/login`);
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: false }).first().fill(account.password);
  await page.getByRole('button', { name: 'Login' }).click();
  await page.waitForURL(/\/admin\/?$/);
}

/** Whoever is signed in comes in; loading the whole panel takes longer than what comes after it. */
export async function enter(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin`);
  await page.getByRole('link', { name: 'Content Manager' }).waitFor({ timeout: 60_000 });
}

/** What axe finds serious in a part of a page. */
export async function findSerious(page: Page, selector: string) {
  await page.mouse.move(0, 0); // in the dark, buttons of the design system pale under the pointer
  const { violations } = await new AxeBuilder({ page }).include(selector).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
