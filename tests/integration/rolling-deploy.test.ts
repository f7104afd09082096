import { setTimeout as wait } from 'node:timers/promises';
import { createToken } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { buildGrownApplication, type GrownApplication } from '../helpers/grown-application';
import { startServer, type ServerProcess } from '../helpers/server-process';

type Server = Pick<ServerProcess, 'url'>;

const PAUSE_MS = 50;
const SLUGS = ['bread', 'cheese', 'honey'];

/** A file with keys that only the new application knows. */
const fileOf = (slug: string, level: number): string =>
  [
    '---',
    `title: "Number ${level}"`,
    'order: 1',
    `briefTitle: '${slug}'`,
    'briefDescription: Brief',
    'description: Long',
    `level:   ${level}   # of many`,
    'audience: { role: "Cook", years: 1.50 }',
    'topics: [cooking, "home", cooking]',
    'seo:',
    '  keywords: [flour, water]',
    'schema:',
    "  datePublished: '2020-01-01'",
    "  dateModified: '2021-01-01'",
    '---',
    'Body',
  ].join('\n');

const describeOnPostgres = (title: string, tests: () => void): void => {
  if (databaseClient === 'postgres') {
    describe(title, tests);
    return;
  }
  const why = 'SQLite is for one writing process: there is nothing to deploy in turn';
  console.log(`skipped on SQLite: ${why}`);
  test.skip(`${title} (${why})`, () => {});
};

describeOnPostgres('while an application with more keys takes the place of another', () => {
  let database: TestDatabase;
  let grown: GrownApplication;
  /** Runs the old application, in this process. */
  let cms: Cms;
  let old: Server;
  let grownServer: ServerProcess;
  let token: string;
  /** The text that either server accepted last, by slug. */
  const accepted = new Map<string, string>();
  /** Statuses of changes sent to the old server before and during the start of the new one. */
  const statuses: number[] = [];

  const send = (server: Server, method: string, path: string, body: string, type: string) =>
    fetch(`${server.url}/api/${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
      body,
    });

  async function put(server: Server, slug: string, level: number): Promise<Response> {
    const text = fileOf(slug, level);
    const response = await send(
      server,
      'PUT',
      `frontmatter/roadmaps/${slug}`,
      text,
      'text/markdown'
    );
    if (response.ok) accepted.set(slug, text);
    return response;
  }

  /** Returns the texts that readers of a server get, by slug. */
  async function texts({ url }: Server): Promise<Map<string, string>> {
    const read = async (slug: string): Promise<[string, string]> => [
      slug,
      await (await fetch(`${url}/api/frontmatter/roadmaps/${slug}.md`)).text(),
    ];
    return new Map(await Promise.all(SLUGS.map(read)));
  }

  async function rest({ url }: Server, slug: string) {
    const query = `filters[slug]=${slug}&populate=*`;
    const answer = await fetch(`${url}/api/roadmaps?${query}`);
    const { data } = (await answer.json()) as { data: Record<string, unknown>[] };
    return { status: answer.status, roadmap: data[0] };
  }

  async function writeNext(): Promise<void> {
    const level = SLUGS.length + statuses.length;
    const { status } = await put(old, SLUGS[level % SLUGS.length] ?? '', level);
    statuses.push(status);
  }

  /** Sends changes with pauses, in which the new server starts, until the old one rejects one. */
  async function writeUntilRefused(): Promise<void> {
    while (!statuses.includes(503)) {
      await writeNext();
      await wait(PAUSE_MS);
    }
  }

  beforeAll(async () => {
    database = await createDatabase();
    grown = await buildGrownApplication();
    cms = await startCms(database, { hasBackground: true });
    token = await createToken(cms.strapi, 'full-access');
    old = { url: await listen(cms) };
    for (const [level, slug] of SLUGS.entries()) await put(old, slug, level);
    for (const _ of SLUGS) await writeNext();
    [grownServer] = await Promise.all([
      startServer(database, { distDir: grown.distDir }),
      writeUntilRefused(),
    ]);
  });

  afterAll(async () => {
    await cms.stop();
    await grownServer.end('SIGTERM');
    await grown.remove();
    await database.drop();
  });

  test('the old one accepts changes until the new one fills its keys, and then rejects them', () => {
    expect(statuses.length).toBeGreaterThan(SLUGS.length);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([200]));
  });

  test('readers of both get what was accepted last, byte for byte', async () => {
    expect(await texts(old)).toEqual(accepted);
    expect(await texts(grownServer)).toEqual(accepted);
  });

  test('the new one has the values of its keys, even from the last files that the old one accepted', async () => {
    for (const slug of SLUGS) {
      const level = Number(/level: +(\d+)/.exec(accepted.get(slug) ?? '')?.[1]);
      expect((await rest(grownServer, slug)).roadmap).toMatchObject({
        level,
        audience: { role: 'Cook', years: 1.5 },
        topics: [{ name: 'cooking' }, { name: 'home' }],
      });
    }
  });

  test('a change that is sent to the old one is rejected with advice, and changes nothing', async () => {
    const response = await put(old, 'bread', 1000);
    const { error } = (await response.json()) as { error: { message: string } };

    expect(response.status).toBe(503);
    expect(error.message).toContain('Send the change to the newer one');
    expect(await texts(old)).toEqual(accepted);
  });

  test('a change that is sent to the new one reaches the readers of both', async () => {
    expect((await put(grownServer, 'bread', 2000)).status).toBe(200);

    expect(await texts(old)).toEqual(accepted);
    expect(await texts(grownServer)).toEqual(accepted);
    expect((await rest(grownServer, 'bread')).roadmap).toMatchObject({ level: 2000 });
  });

  test('documents that the new one renders again keep the lines of the keys', async () => {
    const keywords = await fetch(`${grownServer.url}/api/keywords?filters[name]=flour`);
    const { data } = (await keywords.json()) as { data: { documentId: string }[] };
    const body = JSON.stringify({ data: { name: 'rye' } });
    const path = `keywords/${data[0]?.documentId}`;
    expect((await send(grownServer, 'PUT', path, body, 'application/json')).status).toBe(200);

    for (const [slug, text] of accepted) accepted.set(slug, text.replace('flour', 'rye'));
    expect(await texts(old)).toEqual(accepted);
    expect(await texts(grownServer)).toEqual(accepted);
  });

  test('plain REST of the old one keeps answering', async () => {
    expect(await rest(old, 'honey')).toMatchObject({ status: 200, roadmap: { slug: 'honey' } });
  });
});
