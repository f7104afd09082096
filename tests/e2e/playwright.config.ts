import { defineConfig } from '@playwright/test';

const { CHROMIUM_PATH } = process.env;

/** Runs a real browser against the panel of a real server, which `server.ts` starts. */
export default defineConfig({
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 120_000,
  // The second run of a failed test records a trace, which makes it half as fast.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: 'list',
  outputDir: '../../.tmp/e2e',
  use: {
    viewport: { width: 1440, height: 1000 },
    locale: 'en',
    trace: 'on-first-retry',
    launchOptions: {
      // Without a path, Playwright uses the browser that it installed.
      ...(CHROMIUM_PATH && { executablePath: CHROMIUM_PATH }),
      args: ['--no-sandbox', '--disable-dev-shm-usage'], // in a container, as root
    },
  },
});
