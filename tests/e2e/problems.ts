import type { Page } from '@playwright/test';

/** Requests of Strapi itself that fail in its free edition, or without a preview. */
const OF_STRAPI = /404 .*\/(admin\/ai-feature-config|i18n\/ai-|content-manager\/preview\/url\/)/;

/** Errors that the browser reports while a test runs. */
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

  /** Marks problems as expected by the test. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.#seen.filter((problem) => !this.#expected.some((known) => known.test(problem)));
  }
}
