import { randomInt } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseCursor } from '../../src/plugins/frontmatter/core';
import type { FindChanges } from '../../src/plugins/frontmatter/shared';
import { startCms } from './cms';
import { createDatabase } from './database';
import { deployHooks } from './deploy-hooks';
import { startDeployReceiver, type Answer, type ReceivedMessage } from './deploy-receiver';
import { createFeedConsumer, type FeedConsumer } from './feed-consumer';
import { startServer, type ServerProcess } from './server-process';
import { openSql } from './sql';

/** Short, so that much happens between two kills. */
const SETTINGS = {
  DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
  DEPLOY_HOOKS_REQUEST_TIMEOUT_MS: '400',
  DEPLOY_HOOKS_LEASE_MS: '3000',
  DEPLOY_HOOKS_POLL_MS: '200',
  // The last one only says how long hooks are not given up.
  DEPLOY_HOOKS_RETRY_DELAYS_MS: '50,100,200,400,600000',
};
const TIMING = { quietPeriodMs: 60, maxWaitMs: 250 };
const PUBLISHING_SERVER = path.join(__dirname, 'publishing-server.js');
const LONGEST_LIFE_MS = 1_500;

export interface KillRun {
  /** All requests of each hook's site, in the order of their arrival. */
  sites: { messages: ReceivedMessage[]; taken: ReceivedMessage[] }[];
  /** Cursors of the hooks when they were made. */
  begin: string;
  /** Position of the newest publication, and all publications. */
  newest: string;
  publications: { seq: number; slug: string }[];
  /** What a site holds that followed the feed whenever it was told to. */
  consumer: FeedConsumer;
  /** What the CMS publishes, by `collection/slug`. */
  published: Map<string, unknown>;
  kills: number;
}

/** Fails three requests of ten: with a status, by breaking the connection, or by never answering. */
function flaky(): Answer | Promise<Answer> {
  const kind = randomInt(10);
  if (kind === 0) return 503;
  if (kind === 1) return 'reset';
  return kind === 2 ? wait(2_000, 204, { ref: false }) : 204;
}

/**
 * A CMS that publishes without an end is killed at random moments, while its two sites fail three
 * requests of ten; after the last kill one starts that publishes nothing, and tells what is left.
 */
export async function runKills(moments: number): Promise<KillRun> {
  const database = await createDatabase();
  const sites = [await startDeployReceiver(), await startDeployReceiver()];
  const begin = await addHooks(
    database,
    sites.map(({ url }) => url)
  );
  let server: ServerProcess | undefined;
  const readPage = async ({
    since,
  }: {
    since: string | undefined;
  }): Promise<FindChanges.Response> => {
    const query = since ? `?since=${since}` : '';
    const answer = await fetch(`${server?.url}/api/frontmatter/changes${query}`);
    if (!answer.ok) throw new Error(`the feed answered ${answer.status}`);
    return (await answer.json()) as FindChanges.Response;
  };
  const consumer = createFeedConsumer(readPage);
  let isFollowing = false;
  sites.forEach((site) =>
    site.answerWith(async () => {
      const answer = await flaky();
      if (answer === 204 && !isFollowing) {
        isFollowing = true;
        // The server may be killed in the middle of it: the next message comes.
        void consumer
          .poll()
          .catch(() => undefined)
          .finally(() => (isFollowing = false));
      }
      return answer;
    })
  );

  let kills = 0;
  for (let moment = 1; moment <= moments; moment += 1) {
    server = await startServer(database, {
      env: SETTINGS,
      script: [PUBLISHING_SERVER, String(moment)],
    });
    await wait(randomInt(LONGEST_LIFE_MS));
    await server.end('SIGKILL');
    kills += 1;
  }

  server = await startServer(database, { env: SETTINGS, script: [PUBLISHING_SERVER] });
  const first = await readPage({ since: undefined });
  const newest = first.meta.cursor;
  while (sites.some(({ taken }) => cursorOf(taken.at(-1))?.to !== newest)) await wait(100);
  while (isFollowing) await wait(20);
  await consumer.poll();
  const published = new Map(
    first.data.map((change) => [`${change.collection}/${change.slug}`, change])
  );
  await server.end('SIGTERM');
  for (const site of sites) await site.stop();
  const publications = await readPublications(database);
  await database.drop();
  return { sites, begin, newest, publications, consumer, published, kills };
}

type Database = Awaited<ReturnType<typeof createDatabase>>;

async function addHooks(database: Database, urls: string[]): Promise<string> {
  process.env.DEPLOY_HOOKS_ALLOWED_HOSTS = SETTINGS.DEPLOY_HOOKS_ALLOWED_HOSTS;
  const cms = await startCms(database);
  const hooks = deployHooks(cms.strapi);
  for (const [index, url] of urls.entries()) {
    await hooks.create({ name: `Site ${index}`, url, ...TIMING });
  }
  const { body } = await cms.http.get('/api/frontmatter/changes');
  await cms.stop();
  return body.meta.cursor;
}

async function readPublications(database: Database): Promise<KillRun['publications']> {
  const sql = await openSql(database);
  const rows = await sql.all('SELECT seq, slug FROM frontmatter_publications ORDER BY seq');
  await sql.close();
  return rows as KillRun['publications'];
}

/** What a message says of its place. */
export function cursorOf(message: ReceivedMessage | undefined) {
  return message && (JSON.parse(message.body).data.cursor as { from: string; to: string });
}

export const seqOf = (cursor: string): number => parseCursor(cursor)?.seq ?? Number.NaN;
