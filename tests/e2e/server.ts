import { expect, test as base, type BrowserContextOptions } from '@playwright/test';
import { EXAMPLES_DIR, startCli } from '../helpers/cli';
import { createDatabase } from '../helpers/database';
import { startServer } from '../helpers/server-process';
import { Problems } from './problems';
import { signIn } from './session';

export const ADMIN = { email: 'ada@example.org', password: 'Secret-1234' };

/** A deploy hook that is declared in the environment. */
export const DECLARED_SITE = {
  name: 'Declared site',
  preset: 'netlify',
  url: 'http://127.0.0.1:9/rebuild',
  isEnabled: false,
};

const DEPLOY_HOOKS = {
  DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
  DEPLOY_HOOKS_DECLARED: JSON.stringify([DECLARED_SITE]),
};

export interface Cms {
  url: string;
  adminToken: string;
}

interface WorkerFixtures {
  /** A server with our samples and one administrator, for all tests of a worker. */
  cms: Cms;
  /** The session of the administrator: Strapi accepts only five logins in five minutes. */
  session: BrowserContextOptions['storageState'];
}

interface AdminRequest {
  method?: 'POST' | 'PUT' | 'DELETE';
  body?: object;
}

/** Sends a request to the admin API as the administrator. Returns the data of the response. */
export async function askAdmin<Data>(
  { url, adminToken }: Cms,
  path: string,
  { method, body }: AdminRequest = {}
): Promise<Data> {
  const answer = await fetch(`${url}${path}`, {
    method: method ?? (body ? 'POST' : 'GET'),
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${adminToken}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { data: Data }).data;
}

interface Fixtures {
  origin: string;
  /** Fails a test on browser errors that it does not expect. */
  problems: Problems;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  cms: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures that are needed from the pattern
    async ({}, use) => {
      const database = await createDatabase({ client: 'sqlite', isEmpty: true });
      const { exitCode, output } = await startCli(database, 'import', EXAMPLES_DIR).ended;
      if (exitCode !== 0) throw new Error(`the samples could not be imported: ${output}`);
      const server = await startServer(database, { env: DEPLOY_HOOKS });
      const answer = await fetch(`${server.url}/admin/register-admin`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...ADMIN, firstname: 'Ada', lastname: 'Editor' }),
      });
      const { data } = (await answer.json()) as { data: { token: string } };
      await use({ url: server.url, adminToken: data.token });
      await server.end('SIGTERM');
      await database.drop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  session: [
    async ({ browser, cms }, use) => {
      const page = await browser.newPage({ storageState: undefined });
      await signIn(page, cms.url, ADMIN);
      await use(await page.context().storageState());
      await page.close();
    },
    { scope: 'worker' },
  ],
  origin: ({ cms }, use) => use(cms.url),
  storageState: ({ session }, use) => use(session),
  problems: [
    async ({ page }, use) => {
      const problems = new Problems(page);
      await use(problems);
      expect(problems.unexpected).toEqual([]);
    },
    { auto: true },
  ],
});
