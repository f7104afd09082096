import type { Page } from '@playwright/test';

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
