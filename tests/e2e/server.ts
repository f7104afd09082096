import { test as base } from '@playwright/test';
import { EXAMPLES_DIR, startCli } from '../helpers/cli';
import { createDatabase } from '../helpers/database';
import { startServer } from '../helpers/server-process';

export const ADMIN = { email: 'ada@example.org', password: 'Secret-1234' };

/** A server of its own with our samples and one administrator, for all tests of a file. */
export const test = base.extend<object, { origin: string }>({
  origin: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
    async ({}, use) => {
      const database = await createDatabase('sqlite');
      const { exitCode, output } = await startCli(database, 'import', EXAMPLES_DIR).ended;
      if (exitCode !== 0) throw new Error(`the samples could not be imported: ${output}`);
      const server = await startServer(database);
      await fetch(`${server.url}/admin/register-admin`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...ADMIN, firstname: 'Ada', lastname: 'Editor' }),
      });
      await use(server.url);
      await server.end('SIGTERM');
      await database.drop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
