import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import fc from 'fast-check';
import type { FindChanges, ListDocuments } from '../../src/plugins/frontmatter/shared';
import { ADMIN, loginAsAdmin } from '../helpers/accounts';
import { listen, startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { createFeedConsumer, type FeedConsumer } from '../helpers/feed-consumer';
import { findPublications, PANEL, type PublicationRow } from '../helpers/frontmatter';
import { runs } from '../helpers/property-runs';
import { buildRoadmap, publishRoadmap } from '../helpers/roadmaps';
import { startServer, type ServerProcess } from '../helpers/server-process';

const ROADMAPS = 20;
const WRITES = runs(200);
const WRITERS = 8;
const DRAFT = 'only-in-a-draft';
const API = '/api/frontmatter';

/** What a reader got of several documents at once: `slug etag` of each. */
interface Sighting {
  what: string;
  /** The position that the response names; without one, any position is accepted. */
  cursor?: string;
  documents: string[];
}

let database: TestDatabase;
let cms: Cms;
let ids: string[];
let servers: ServerProcess[];
let origins: string[];

const problems: string[] = [];
const sightings: Sighting[] = [];
/** Hashes of bodies, by URL, `Accept` and entity tag. */
const bodies = new Map<string, string>();
let reads = 0;
let isWriting = true;
const writes = new EventEmitter().setMaxListeners(0);

beforeAll(async () => {
  database = await createDatabase();
  cms = await startCms(database, { hasBackground: true });
  await loginAsAdmin(cms.strapi);
  ids = [];
  for (let index = 0; index < ROADMAPS; index += 1) {
    ids.push(
      await publishRoadmap(cms.strapi, { slug: `r-${index}`, relatedRoadmaps: ids.slice(-2) })
    );
  }
  // On PostgreSQL, two processes write, as replicas do; SQLite supports one.
  servers =
    databaseClient === 'postgres'
      ? await Promise.all([startServer(database), startServer(database)])
      : [];
  origins = servers.length > 0 ? servers.map(({ url }) => url) : [await listen(cms)];
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

async function read(url: string, accept = 'application/json') {
  const answer = await fetch(url, { headers: { Accept: accept } });
  const body = await answer.text();
  reads += 1;
  if (answer.status >= 500) problems.push(`${answer.status} ${url}: ${body}`);
  if (body.includes(DRAFT)) problems.push(`a draft in ${url}`);
  const etag = answer.headers.get('etag');
  if (etag) {
    const key = `${new URL(url).pathname}${new URL(url).search} ${accept} ${etag}`;
    const hash = createHash('sha1').update(body).digest('hex');
    if ((bodies.get(key) ?? hash) !== hash) problems.push(`two bodies for ${key}`);
    bodies.set(key, hash);
  }
  return { status: answer.status, body };
}

const entries = (data: { slug: string; etag: string }[]) =>
  data.map(({ slug, etag }) => `${slug} ${etag}`).sort();

/** Waits for the next write to start, so that reads do not starve the writers. */
async function untilNextWrite(): Promise<void> {
  if (isWriting) await once(writes, 'begun');
}

/** Reads lists one after the other, until the writers are done. */
async function readLists(origin: string): Promise<void> {
  while (isWriting) {
    const page = await read(`${origin}${API}/roadmaps?pagination[pageSize]=1000`);
    const list = JSON.parse(page.body) as ListDocuments.Response;
    sightings.push({ what: 'list', cursor: list.meta.cursor, documents: entries(list.data) });
    const sorted = await read(`${origin}${API}/roadmaps?sort=slug&pagination[limit]=1000`);
    const other = JSON.parse(sorted.body) as ListDocuments.Response;
    sightings.push({ what: 'sorted', cursor: other.meta.cursor, documents: entries(other.data) });
    const lines = await read(`${origin}${API}/roadmaps`, 'application/x-ndjson');
    const all = lines.body
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    sightings.push({ what: 'lines', documents: entries(all) });
    await untilNextWrite();
  }
}

async function readItems(origin: string): Promise<void> {
  for (let turn = 0; isWriting; turn += 1) {
    const extension = ['', '.json', '.yaml', '.md'][turn % 4];
    await read(`${origin}${API}/roadmaps/r-${turn % ROADMAPS}${extension}`);
    await untilNextWrite();
  }
}

async function followFeed(consumer: FeedConsumer): Promise<void> {
  while (isWriting) {
    await consumer.poll();
    sightings.push({
      what: 'feed',
      cursor: String(consumer.cursor),
      documents: entries([...consumer.documents.values()]),
    });
    await untilNextWrite();
  }
}

type Send = (method: string, path: string, body?: object) => Promise<void>;
let created = 0;

/** What an editor does in the panel. */
const operations: Record<string, (send: Send, id: string, n: number) => Promise<void>> = {
  publish: (send, id, n) =>
    send('POST', `/${id}/actions/publish`, { title: `Title ${n}`, body: '' }),
  draft: (send, id) => send('PUT', `/${id}`, { title: DRAFT, body: DRAFT }),
  unpublish: (send, id) => send('POST', `/${id}/actions/unpublish`, {}),
  rename: (send, id, n) =>
    send('POST', `/${id}/actions/publish`, { slug: `n-${n}`, title: `Title ${n}`, body: '' }),
  create: (send) =>
    send('POST', '/actions/publish', buildRoadmap({ slug: `c-${(created += 1)}`, order: 1 })),
  remove: (send, id) => send('DELETE', `/${id}`),
};
const MIX = ['publish', 'publish', 'publish', 'draft', 'unpublish', 'rename', 'create', 'remove'];

async function login(origin: string): Promise<Send> {
  const answer = await fetch(`${origin}/admin/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const { data } = (await answer.json()) as { data: { token: string } };
  return async (method, path, body) => {
    const written = await fetch(`${origin}${PANEL}${path}`, {
      method,
      headers: { Authorization: `Bearer ${data.token}`, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    // Rejections are expected: another writer may have removed the document or taken the slug.
    if (written.status >= 500) {
      problems.push(`${written.status} ${method} ${path}: ${await written.text()}`);
    }
  };
}

/** Returns `slug etag` of all that was published at a position, from the rows up to it. */
function publishedAt(rows: readonly PublicationRow[], seq: number): string {
  const newest = new Map<string, PublicationRow>();
  for (const row of rows) if (row.seq <= seq) newest.set(row.slug, row);
  const live = [...newest.values()].filter(({ state }) => state === 'live');
  return entries(live.map(({ slug, etag }) => ({ slug, etag: String(etag) }))).join();
}

test(`readers see consistent states of everything during ${WRITES} writes of all kinds`, async () => {
  const senders = await Promise.all(origins.map(login));
  const consumers = origins.flatMap((origin) =>
    [3, 1000].map((limit) =>
      createFeedConsumer(
        async ({ since, limit: size }) => {
          const query = since === undefined ? '' : `&since=${since}`;
          const { body } = await read(`${origin}${API}/changes?limit=${size}${query}`);
          return JSON.parse(body) as FindChanges.Response;
        },
        { limit }
      )
    )
  );
  const readers = [
    ...origins.flatMap((origin) => [readLists(origin), readItems(origin)]),
    ...consumers.map(followFeed),
  ];

  const steps = fc.sample(fc.tuple(fc.constantFrom(...MIX), fc.nat(ROADMAPS - 1)), {
    seed: 5_404,
    numRuns: WRITES,
  });
  const write = async (writer: number): Promise<void> => {
    for (let n = writer; n < steps.length; n += WRITERS) {
      const [name = 'publish', index = 0] = steps[n] ?? [];
      const send = senders[n % senders.length] as Send;
      writes.emit('begun');
      await operations[name]?.(send, String(ids[index]), n);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  isWriting = false;
  writes.emit('begun'); // releases readers that still wait
  await Promise.all(readers);
  for (const consumer of consumers) await consumer.poll();
  for (const server of servers) await server.end('SIGTERM');

  const rows = await findPublications(cms.strapi);
  const states = new Map(
    [0, ...rows.map(({ seq }) => seq)].map((seq) => [seq, publishedAt(rows, seq)])
  );
  const wrong = sightings.filter(({ cursor, documents }) => {
    const found = documents.join();
    if (cursor === undefined) return ![...states.values()].includes(found);
    return states.get(Number(cursor.split('.')[0])) !== found;
  });
  console.log(
    `${databaseClient}: ${rows.length} publications, ${reads} reads, ${sightings.length} of several documents`
  );
  expect(problems).toEqual([]);
  expect(wrong).toEqual([]);
  expect(sightings.length).toBeGreaterThan(WRITES / 10);
  const last = states.get(rows.at(-1)?.seq ?? 0);
  expect(consumers.map(({ documents }) => entries([...documents.values()]).join())).toEqual(
    consumers.map(() => last)
  );
  const reconciler = cms.strapi.plugin('frontmatter').service('reconciler');
  expect(await reconciler.reconcile({ check: true })).toEqual([]);
});
