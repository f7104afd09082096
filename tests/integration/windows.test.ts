import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createToken } from '../helpers/accounts';
import { createDatabase, type TestDatabase } from '../helpers/database';
import {
  brief,
  findInconsistencies,
  findPublications,
  importText,
  publishedBy,
  setNow,
} from '../helpers/frontmatter';
import { nativeRequire } from '../helpers/native';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { startServer, type ServerProcess } from '../helpers/server-process';
import { openSql } from '../helpers/sql';

const TIMED_SERVER = path.join(__dirname, '..', 'helpers', 'timed-server.js');
// Loaded natively, because it replaces the timers of the realm that the CMS runs in.
const { followOften } = nativeRequire(TIMED_SERVER) as typeof import('../helpers/timed-server');

let database: TestDatabase;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase();
  cms = await startCms(database);
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

const by = async (task: () => Promise<unknown>) => (await publishedBy(cms.strapi, task)).map(brief);
const publishCrossed = (moment: string) =>
  cms.strapi.plugin('frontmatter').service('windows').publishCrossed(new Date(moment));
const readMd = async (slug: string) =>
  (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`)).text;

async function createSponsor(name: string, window: object): Promise<string> {
  const data = { name, url: `https://example.org/${name}`, ...window };
  return (await cms.strapi.documents('api::sponsor.sponsor').create({ data })).documentId;
}

test('each boundary publishes what shows the sponsor once, even if it is processed concurrently', async () => {
  setNow(cms.strapi, '2026-03-01T00:00:00Z');
  const sponsor = await createSponsor('march', {
    startsAt: '2026-03-10T08:00:00.000Z',
    endsAt: '2026-03-20T08:00:00.000Z',
  });
  const other = await createSponsor('april', { startsAt: '2026-04-10T08:00:00.000Z' });
  await publishRoadmap(cms.strapi, { slug: 'w-1', sponsor });
  await publishRoadmap(cms.strapi, { slug: 'w-2', sponsor });
  const later = await publishRoadmap(cms.strapi, { slug: 'w-3', sponsor: other });
  const date = /dateModified: .*/.exec(await readMd('w-1'))?.[0];
  const both = ['live w-1 window', 'live w-2 window'];
  const cross = (since: string) =>
    by(() => Promise.all([publishCrossed(since), publishCrossed(since)]));

  setNow(cms.strapi, '2026-03-10T07:59:59.999Z');
  expect(await cross('2026-03-01T00:00:00Z')).toEqual([]);
  setNow(cms.strapi, '2026-03-10T08:00:00.000Z');
  expect((await cross('2026-03-10T07:59:59.999Z')).sort()).toEqual(both);
  expect(await readMd('w-1')).toContain('https://example.org/march');
  expect(await cross('2026-03-01T00:00:00Z')).toEqual([]);
  setNow(cms.strapi, '2026-03-20T08:00:00.000Z');
  expect((await cross('2026-03-10T08:00:00Z')).sort()).toEqual(both);

  expect(await readMd('w-1')).not.toContain('sponsor');
  expect(await readMd('w-1')).toContain(date);
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
  await cms.strapi.documents(ROADMAP).delete({ documentId: later });
});

test('following windows returns the moment up to which everything is done', async () => {
  setNow(cms.strapi, '2026-05-05T05:05:05.000Z');

  expect(await publishCrossed('2026-05-01T00:00:00Z')).toEqual(
    new Date('2026-05-05T05:05:05.000Z')
  );
});

test('a boundary that passes while its sponsor is being saved is not missed', async () => {
  setNow(cms.strapi, '2026-05-10T00:00:00Z');
  const documentId = await createSponsor('slow', { endsAt: '2026-05-11T00:00:00.000Z' });
  await publishRoadmap(cms.strapi, { slug: 'w-slow', sponsor: documentId });
  let commit = (): void => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let saved: Promise<unknown> = Promise.resolve();
  await new Promise<void>((resolve) => {
    saved = cms.strapi.db.transaction(async () => {
      await cms.strapi
        .documents('api::sponsor.sponsor')
        .update({ documentId, data: { endsAt: '2026-05-10T12:00:00.000Z' } });
      resolve();
      await mayCommit;
    });
  });
  setNow(cms.strapi, '2026-05-10T12:00:00Z');
  let isSettled = false;
  const settled = publishCrossed('2026-05-10T00:00:00Z').finally(() => (isSettled = true));
  await untilSomebodyWaits(() => isSettled);
  commit();
  await Promise.all([saved, settled]);

  expect(await readMd('w-slow')).not.toContain('sponsor');
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

/** Waits until a query waits for a lock. SQLite has only one connection, which the save holds. */
async function untilSomebodyWaits(orElse: () => boolean): Promise<void> {
  if (databaseClient === 'sqlite') return;
  const sql = await openSql(database);
  const isWaiting = async () =>
    (await sql.all('SELECT 1 FROM pg_locks WHERE NOT granted')).length > 0;
  while (!orElse() && !(await isWaiting())) await wait(20);
  await sql.close();
}

test('the lines of a sponsor reappear as they are in the file', async () => {
  setNow(cms.strapi, '2026-06-01T00:00:00Z');
  const text = [
    '---\norder: 1\nbriefTitle: w-4\nbriefDescription: x\ntitle: x\ndescription: x',
    '# paid until autumn\nsponsor:\n  title: "Kit"   # bold\n  url: \'https://example.org/kit\'',
    '  event: { label: "w-4 / Kit", category: Click }',
    "schema:\n  datePublished: '2020-01-01'\n  dateModified: '2021-01-01'\n---\n",
  ].join('\n');
  await importText(cms.strapi, 'w-4', text);
  const roadmap = await cms.strapi
    .documents(ROADMAP)
    .findFirst({ filters: { slug: 'w-4' }, populate: ['sponsor'] });
  const documentId = String(roadmap?.sponsor?.documentId);

  const closed = await by(() =>
    cms.strapi
      .documents('api::sponsor.sponsor')
      .update({ documentId, data: { endsAt: '2026-06-10T00:00:00.000Z' } })
  );
  expect(closed).toEqual([]);
  setNow(cms.strapi, '2026-06-11T00:00:00Z');
  await publishCrossed('2026-06-01T00:00:00Z');
  expect(await readMd('w-4')).not.toContain('sponsor');
  expect(await importText(cms.strapi, 'w-4', text)).toMatchObject({ action: 'outdated' });

  // Strapi's types have no way to clear a value.
  const window = { startsAt: '2026-07-01T00:00:00.000Z', endsAt: null as unknown as undefined };
  await cms.strapi.documents('api::sponsor.sponsor').update({ documentId, data: window });
  expect(await readMd('w-4')).not.toContain('sponsor');
  setNow(cms.strapi, '2026-07-01T00:00:00Z');
  await publishCrossed('2026-06-11T00:00:00Z');

  expect(await readMd('w-4')).toBe(text);
  expect(await findInconsistencies(cms.strapi)).toEqual([]);
});

/** A server whose clock the test sets, and that reports each check for windows. */
interface TimedServer {
  url: string;
  setTime(moment: string): void;
  /** Emits `message` with the moment up to which the server has followed windows. */
  reports: EventEmitter;
}

describe('while servers run', () => {
  const BEFORE = '2026-03-10T07:59:59.999Z';
  const BOUNDARY = '2026-03-10T08:00:00.000Z';
  let other: ServerProcess | undefined;

  beforeAll(async () => {
    await cms.stop(); // a process holds one application at a time
    await database.drop();
    database = await createDatabase();
    cms = await startCms(database, { hasBackground: true });
  });

  async function startHere(): Promise<TimedServer> {
    let time = BEFORE;
    const reports = new EventEmitter();
    followOften(cms.strapi, {
      now: () => new Date(time),
      onFollowed: (moment) => reports.emit('message', moment),
    });
    return { url: await listen(cms), setTime: (moment) => void (time = moment), reports };
  }

  async function startElsewhere(): Promise<TimedServer> {
    other = await startServer(database, { script: [TIMED_SERVER, BEFORE] });
    const { url, child } = other;
    return { url, setTime: (moment) => void child.send(moment), reports: child };
  }

  /** Resolves when a server has checked for windows again, at least up to a moment. */
  async function untilFollowed({ reports }: TimedServer, moment: string): Promise<void> {
    for (;;) {
      const [followedUntil] = await once(reports, 'message');
      if (followedUntil >= moment) return;
    }
  }

  const count = databaseClient === 'postgres' ? 2 : 1; // SQLite supports one writing process
  test(`a boundary that passes for ${count} of them is published once`, async () => {
    const servers = [await startHere()];
    if (count > 1) servers.push(await startElsewhere());
    const sponsor = await createSponsor('soon', { startsAt: '2100-01-01T00:00:00.000Z' });
    for (const slug of ['s-1', 's-2']) await publishRoadmap(cms.strapi, { slug, sponsor });
    const token = await createToken(cms.strapi, 'full-access');

    const { status } = await fetch(`${servers[0]?.url}/api/sponsors/${sponsor}`, {
      method: 'PUT',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ data: { startsAt: BOUNDARY } }),
    });
    const read = async ({ url }: TimedServer) =>
      (await fetch(`${url}/api/frontmatter/roadmaps/s-2.md`)).text();
    const before = await Promise.all(servers.map(read));
    for (const { setTime } of servers) setTime(BOUNDARY);
    await Promise.all(servers.map((server) => untilFollowed(server, BOUNDARY)));
    const after = await Promise.all(servers.map(read));
    await Promise.all(servers.map((server) => untilFollowed(server, BOUNDARY)));
    await other?.end('SIGTERM');

    expect(status).toBe(200);
    for (const text of before) expect(text).not.toContain('sponsor');
    for (const text of after) expect(text).toContain('https://example.org/soon');
    const published = await findPublications(cms.strapi, { reason: { $ne: 'published' } });
    expect(published.map(brief).sort()).toEqual(['live s-1 window', 'live s-2 window']);
  });
});
