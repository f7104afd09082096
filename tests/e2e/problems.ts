import type { Page } from '@playwright/test';

/** What Strapi itself asks for and does not have in its free edition, or without a preview. */
const OF_STRAPI = /404 .*\/(admin\/ai-feature-config|i18n\/ai-|content-manager\/preview\/url\/)/;

/** What the browser complains about while a test runs. */
export class Problems {
  readonly #seen: string[] = [];
  readonly #expected = [OF_STRAPI];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error')
        this.#seen.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.#seen.push(error.message));
  }

  /** Those are what the test is about. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.#seen.filter((problem) => !this.#expected.some((known) => known.test(problem)));
  }
}
