import path from 'node:path';
import { parseCursor } from '../../src/plugins/frontmatter/core';
import type { FindChanges } from '../../src/plugins/frontmatter/shared';
import { listen, startCms } from './cms';
import { createDatabase, withPlugins } from './database';
import { deployHooks } from './deploy-hooks';
import {
  startDeployReceiver,
  type Answer,
  type DeployReceiver,
  type ReceivedMessage,
} from './deploy-receiver';
import { createFeedConsumer, type FeedConsumer } from './feed-consumer';
import { drawAnswers, drawMoments, type KillMoment } from './kill-moments';
import { killedAt } from './kill-points';
import { startServer } from './server-process';
import { openSql } from './sql';

/** Delays for quick retries, more than enough for the failures on a slow machine. */
const SOON = Array.from({ length: 50 }, () => 200);

/** Short times, so that much happens between two kills. */
const deployHooksSettings = {
  allowedHosts: ['127.0.0.1'],
  requestTimeoutMs: 2_000,
  leaseMs: 3_000,
  pollMs: 200,
  // The last delay only ensures that failing hooks are not given up soon.
  retryDelaysMs: [50, 100, ...SOON, 600_000],
};
const TIMING = { quietPeriodMs: 60, maxWaitMs: 250 };
const PUBLISHING_SERVER = path.join(__dirname, 'publishing-server.js');

export interface KillRun {
  /** All requests to the site of each hook, in the order of their arrival. */
  sites: { messages: ReceivedMessage[]; taken: ReceivedMessage[] }[];
  /** The cursor of the hooks when they were created. */
  begin: string;
  /** The cursor of the newest publication. */
  newest: string;
  publications: { seq: number; slug: string }[];
  /** What a site holds that followed the feed whenever it was notified. */
  consumer: FeedConsumer;
  /** What the CMS publishes, by `collection/slug`. */
  published: Map<string, unknown>;
  kills: number;
}

/**
 * Runs a CMS that publishes endlessly and kills it at moments of its work, while its two sites fail
 * three of ten requests. After the last kill, starts one that only delivers the rest.
 */
export async function runKills(kills: number): Promise<KillRun> {
  const database = withPlugins(await createDatabase(), { deployHooks: deployHooksSettings });
  const sites = [await startDeployReceiver(), await startDeployReceiver()];
  const urls = sites.map(({ url }) => url);
  const begin = await addHooks(database, urls);
  let url = '';
  let life: Life | undefined;
  const follower = createFollower(() => url);
  answerFlakily(sites, { getLife: () => life, onTaken: follower.follow });

  for (const [index, moment] of drawMoments(kills).entries()) {
    life = createLife(moment);
    const server = await startServer(database, {
      env: moment.kind === 'commit' ? killedAt(moment.point) : {},
      script: [PUBLISHING_SERVER, String(index + 1)],
    });
    url = server.url;
    await Promise.race([life.ended, server.ended]);
    await server.end('SIGKILL');
    if ((await server.ended) !== 'SIGKILL') {
      throw new Error(`a server ended before its moment, ${JSON.stringify(moment)}`);
    }
  }
  life = undefined;

  const cms = await startCms(database, { hasBackground: true });
  url = await listen(cms);
  const first = await follower.readPage({ since: undefined });
  const newest = first.meta.cursor;
  const hasAll = (message: ReceivedMessage) => cursorOf(message)?.to === newest;
  await Promise.all(sites.map((site) => site.untilTaken(hasAll)));
  const consumer = await follower.end();
  const published = new Map(
    first.data.map((change) => [`${change.collection}/${change.slug}`, change])
  );
  await cms.stop();
  for (const site of sites) await site.stop();
  const publications = await readPublications(database);
  await database.drop();
  return { sites, begin, newest, publications, consumer, published, kills };
}

/** Reads the feed whenever a site is notified, unless it is already reading. */
function createFollower(getUrl: () => string) {
  async function readPage({ since }: { since: string | undefined }): Promise<FindChanges.Response> {
    const query = since ? `?since=${since}` : '';
    const answer = await fetch(`${getUrl()}/api/frontmatter/changes${query}`);
    if (!answer.ok) throw new Error(`the feed answered ${answer.status}`);
    return (await answer.json()) as FindChanges.Response;
  }
  const consumer = createFeedConsumer(readPage);
  let following: Promise<unknown> | undefined;
  return {
    readPage,
    follow(): void {
      // The server may be killed during the read: the next message starts another one.
      following ??= consumer
        .poll()
        .catch(() => undefined)
        .finally(() => (following = undefined));
    },
    /** Reads the rest of the feed. */
    async end(): Promise<FeedConsumer> {
      await following;
      await consumer.poll();
      return consumer;
    },
  };
}

type Life = ReturnType<typeof createLife>;

/** Creates the life of a server, from its start to the moment at which it is killed. */
function createLife(moment: KillMoment) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  let count = 0;
  return {
    ended,
    end,
    /** Whether the moment is reached; must be called once for each request or answer. */
    isMomentOf(kind: 'request' | 'answer'): boolean {
      if (moment.kind !== kind) return false;
      count += 1;
      return count >= moment.count;
    },
  };
}

/** A connection that stays open until its client closes it. */
const silence = new Promise<never>(() => {});

/** Makes sites fail three of ten requests, and end a server at its moment. */
function answerFlakily(
  sites: readonly DeployReceiver[],
  { getLife, onTaken }: { getLife: () => Life | undefined; onTaken: () => void }
): void {
  sites.forEach((site, index) => {
    const nextAnswer = drawAnswers(index);
    site.answerWith((): Answer | Promise<Answer> => {
      const life = getLife();
      if (life?.isMomentOf('request')) {
        life.end();
        return silence;
      }
      const answer = nextAnswer();
      if (answer === 'silence') return silence;
      if (answer !== 204) return answer;
      onTaken();
      const isMoment = sites.every(({ taken }) => taken.length > 0) && life?.isMomentOf('answer');
      return { status: 204, ...(isMoment && { onSent: life?.end }) };
    });
  });
}

type Database = Awaited<ReturnType<typeof createDatabase>>;

async function addHooks(database: Database, urls: string[]): Promise<string> {
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

/** Returns the cursor of a message. */
export function cursorOf(message: ReceivedMessage | undefined) {
  return message && (JSON.parse(message.body).data.cursor as { from: string; to: string });
}

export const seqOf = (cursor: string): number => parseCursor(cursor)?.seq ?? Number.NaN;
