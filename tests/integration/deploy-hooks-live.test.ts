import type { DeliveryRow, HookRow } from '../../src/plugins/deploy-hooks/server/src/models';
import type { DocumentProgress } from '../../src/plugins/deploy-hooks/shared';
import { loginAsAdmin } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import {
  createDeliveryRow,
  createHookRow,
  deleteHookRows,
  findDeliveryRows,
  findHookRow,
  updateHookRow,
} from '../helpers/hook-rows';
import { findPublications, type PublicationRow } from '../helpers/frontmatter';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { startStatusSite, type StatusSite } from '../helpers/status-site';

const METRICS_TOKEN = 'a-token-for-prometheus';
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const START = new Date('2026-03-01T12:00:00Z');

let database: TestDatabase;
let cms: Cms;
let site: StatusSite;

async function start(): Promise<void> {
  const env = {
    DEPLOY_HOOKS_ENABLED: 'false', // nothing runs unless a test starts it
    DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1',
    FRONTMATTER_METRICS_TOKEN: METRICS_TOKEN,
  };
  Object.assign(process.env, env);
  cms = await startCms(database);
  for (const name of Object.keys(env)) delete process.env[name];
}

beforeAll(async () => {
  database = await createDatabase();
  site = await startStatusSite();
  await start();
});

afterAll(async () => {
  await site.stop();
  await cms.stop();
  await database.drop();
});

beforeEach(() => {
  setTime(0);
  site.asked = 0;
});

afterEach(async () => {
  jest.restoreAllMocks();
  await deleteHookRows(cms.strapi);
});

const service = (name: string) => cms.strapi.plugin('deploy-hooks').service(name);

/** @param ms Time since the start of a test. */
const at = (ms: number): Date => new Date(START.getTime() + ms);
const setTime = (ms: number) => jest.spyOn(service('clock'), 'now').mockReturnValue(at(ms));

/** Publishes a roadmap and returns its publication. */
async function publish(overrides: Record<string, unknown> = {}): Promise<PublicationRow> {
  const documentId = await publishRoadmap(cms.strapi, overrides);
  const [row] = await findPublications(cms.strapi, { documentId });
  if (!row) throw new Error('it was not published');
  return row;
}

describe('after a delivery its site is asked what it shows', () => {
  let older: PublicationRow;
  let newer: PublicationRow;
  let hook: HookRow;

  beforeAll(async () => {
    older = await publish();
    newer = await publish();
  });

  beforeEach(async () => {
    hook = await createHookRow(cms.strapi, { statusUrl: site.url });
    site.shows(older);
  });

  /** Stores that the site accepted a message about everything up to a publication. */
  const take = ({ seq, token }: PublicationRow, ms = 0, { statusUrl } = hook) =>
    createDeliveryRow(cms.strapi, hook, {
      toSeq: seq,
      toToken: token,
      endedAt: at(ms).toISOString(),
      ...service('live-checks').columnsOfTaken({ statusUrl }, at(ms)),
    });
  const run = (signal?: AbortSignal): Promise<Date | undefined> =>
    service('live-checks').run(signal);
  const runAt = (ms: number): Promise<Date | undefined> => {
    setTime(ms);
    return run();
  };
  const states = async (): Promise<DeliveryRow['live'][]> =>
    (await findDeliveryRows(cms.strapi, { hookId: hook.id })).map(({ live }) => live);
  const liveSeq = async () => (await findHookRow(cms.strapi, hook.id)).liveSeq;

  test('repeatedly, until it shows what it was notified of', async () => {
    await take(newer);

    expect([await runAt(4 * SECOND_MS), site.asked]).toEqual([at(5 * SECOND_MS), 0]);
    expect([await runAt(5 * SECOND_MS), site.asked]).toEqual([at(15 * SECOND_MS), 1]);
    expect([await runAt(14 * SECOND_MS), site.asked]).toEqual([at(15 * SECOND_MS), 1]);
    expect(await states()).toEqual([{ kind: 'waiting', shows: `${older.seq}.${older.token}` }]);
    expect(await liveSeq()).toBe(older.seq);

    site.shows(newer);
    expect([await runAt(15 * SECOND_MS), site.asked]).toEqual([undefined, 2]);
    expect(await states()).toEqual([{ kind: 'live', at: at(15 * SECOND_MS).toISOString() }]);
    expect(await liveSeq()).toBe(newer.seq);
    expect([await runAt(MINUTE_MS), site.asked]).toEqual([undefined, 2]);
  });

  test('once for all of its deliveries, and older ones become live with it', async () => {
    await take(older, -3 * SECOND_MS);
    await take(newer);
    site.answer = { status: 503, body: '' };

    expect([await runAt(5 * SECOND_MS), site.asked]).toEqual([at(15 * SECOND_MS), 1]);
    expect([await runAt(15 * SECOND_MS), site.asked]).toEqual([at(35 * SECOND_MS), 2]);
    site.shows(newer);
    expect([await runAt(35 * SECOND_MS), site.asked]).toEqual([undefined, 3]);

    const live = { kind: 'live', at: at(35 * SECOND_MS).toISOString() };
    expect(await states()).toEqual([live, live]);
  });

  test('until the limit, after which the delivery is not live', async () => {
    await take(newer);
    let next = await run();
    while (next) next = await runAt(next.getTime() - START.getTime());

    expect(await states()).toEqual([{ kind: 'not-live', afterMs: 30 * MINUTE_MS }]);
    expect(site.asked).toBeLessThan(40);
  });

  test('one more time for an older delivery whose own time is over', async () => {
    await take(older, -29 * MINUTE_MS);
    await take(newer);
    site.answer = { status: 200, body: '{ "cursor": "0" }' };
    await runAt(5 * SECOND_MS);
    await runAt(MINUTE_MS);

    expect(await states()).toEqual([
      { kind: 'not-live', afterMs: 30 * MINUTE_MS },
      { kind: 'waiting', shows: '0' },
    ]);
  });

  test.each([
    [() => ({ status: 503, body: '{}' }), 'the status URL answers 503'],
    [() => ({ status: 200, body: 'x'.repeat(5_000) }), 'not JSON'],
    [() => ({ status: 200, body: `{ "cursor": "${newer.seq + 9}.0badcafe" }` }), 'another CMS'],
    [() => ({ status: 200, body: `{ "cursor": "${newer.seq}.0badcafe" }` }), 'another CMS'],
  ])('and the result is unknown if it could never be read %#', async (answer, words) => {
    await take(newer);
    site.answer = answer();
    await runAt(5 * SECOND_MS);
    expect(await states()).toEqual([{ kind: 'waiting' }]);

    expect(await runAt(30 * MINUTE_MS)).toBeUndefined();

    expect(await states()).toEqual([{ kind: 'unknown', reason: expect.stringContaining(words) }]);
    expect(await liveSeq()).toBe(0);
  });

  test('and the reason names the network error, without the address', async () => {
    const gone = await startStatusSite();
    await gone.stop();
    await updateHookRow(cms.strapi, hook.id, { statusUrl: `${gone.url}?key=hidden` });
    await take(newer);
    await runAt(30 * MINUTE_MS);

    const [live] = await states();
    expect(live).toEqual({ kind: 'unknown', reason: expect.stringContaining('ECONNREFUSED') });
    expect(JSON.stringify(live)).not.toContain('hidden');
  });

  test('never if its address is not allowed', async () => {
    await updateHookRow(cms.strapi, hook.id, {
      statusUrl: site.url.replace('127.0.0.1', 'localhost'),
    });
    await take(newer);
    await runAt(30 * MINUTE_MS);

    expect([await states(), site.asked]).toEqual([
      [{ kind: 'unknown', reason: expect.stringContaining('allowedHosts') }],
      0,
    ]);
  });

  test('no longer once the hook has no status URL', async () => {
    await take(newer);
    await take(newer, 0, { ...hook, statusUrl: null });
    await updateHookRow(cms.strapi, hook.id, { statusUrl: null });

    expect([await runAt(5 * SECOND_MS), site.asked]).toEqual([undefined, 0]);
    expect(await states()).toEqual([
      { kind: 'unknown', reason: 'the hook has no status URL any more' },
      null,
    ]);
  });

  test('by only one of several runs that find it due at the same moment', async () => {
    await take(older, -SECOND_MS);
    await take(newer);
    setTime(5 * SECOND_MS);
    await Promise.all([run(), run(), run()]);

    expect(site.asked).toBe(1);
    const rows = await findDeliveryRows(cms.strapi, { hookId: hook.id });
    expect(rows.map(({ liveChecks }) => liveChecks)).toEqual([1, 1]);
  });

  test('again by the next process if the one that asked ended meanwhile', async () => {
    await take(newer);
    site.answer = undefined;
    setTime(5 * SECOND_MS);
    const stopping = new AbortController();
    const asking = run(stopping.signal);
    await site.nextRequest();
    stopping.abort();
    const dueAgain = await asking;
    expect(await states()).toEqual([{ kind: 'waiting' }]);

    await cms.stop();
    await start();
    site.shows(newer);
    const ms = Number(dueAgain) - START.getTime();
    expect([await runAt(ms - 1), site.asked]).toEqual([dueAgain, 1]);
    expect([await runAt(ms), site.asked]).toEqual([undefined, 2]);
    expect(await states()).toEqual([{ kind: 'live', at: at(ms).toISOString() }]);
  });
});

describe('the progress of a document', () => {
  let admin: Awaited<ReturnType<typeof loginAsAdmin>>;
  beforeAll(async () => {
    admin = await loginAsAdmin(cms.strapi);
  });

  const stages = async (slug: string): Promise<[string, DocumentProgress['stage']][]> => {
    const { body } = await admin.get(`/deploy-hooks/documents/roadmaps/${slug}`).expect(200);
    return body.data.map(({ hook, stage }: DocumentProgress) => [hook.name, stage]);
  };

  test('is published, then triggered, then live, for each hook', async () => {
    const { seq, token } = await publish({ slug: 'staged' });
    const hook = await createHookRow(cms.strapi, { name: 'b-docs', statusUrl: site.url });
    await createHookRow(cms.strapi, { name: 'a-shop', filter: { collections: ['products'] } });
    const shop = ['a-shop', 'not-concerned'];
    expect(await stages('staged')).toEqual([shop, ['b-docs', 'published']]);

    await updateHookRow(cms.strapi, hook.id, { cursorSeq: seq, cursorToken: token });
    expect(await stages('staged')).toEqual([shop, ['b-docs', 'triggered']]);
    await updateHookRow(cms.strapi, hook.id, { liveSeq: seq });
    expect(await stages('staged')).toEqual([shop, ['b-docs', 'live']]);
    await updateHookRow(cms.strapi, hook.id, { startOver: 'restored' });
    expect(await stages('staged')).toEqual([shop, ['b-docs', 'published']]);
  });

  test('says since when, and whether a site is held up or never asked', async () => {
    const { seq, token } = await publish({ slug: 'since' });
    const asked = await createHookRow(cms.strapi, { name: 'a-asked', statusUrl: site.url });
    await createHookRow(cms.strapi, { name: 'b-paused', pausedReason: 'answered 404' });
    const delivery = await createDeliveryRow(cms.strapi, asked, {
      toSeq: seq,
      toToken: token,
      endedAt: at(SECOND_MS).toISOString(),
      live: { kind: 'live', at: at(MINUTE_MS).toISOString() },
    });
    const progress = async (): Promise<DocumentProgress[]> =>
      (await admin.get('/deploy-hooks/documents/roadmaps/since').expect(200)).body.data;
    const isAsked = { heldUp: null, nextAttemptAt: null, hasStatusUrl: true };

    expect(await progress()).toMatchObject([
      { stage: 'published', at: null, ...isAsked },
      {
        stage: 'published',
        at: null,
        heldUp: 'paused',
        nextAttemptAt: null,
        hasStatusUrl: false,
      },
    ]);
    await updateHookRow(cms.strapi, asked.id, { cursorSeq: seq, cursorToken: token });
    expect((await progress())[0]).toMatchObject({ stage: 'triggered', at: delivery.endedAt });
    await updateHookRow(cms.strapi, asked.id, { liveSeq: seq });
    expect((await progress())[0]).toMatchObject({ stage: 'live', at: at(MINUTE_MS).toISOString() });
  });

  test('depends on the newest change and the filter of the hook', async () => {
    const { documentId: tag } = await cms.strapi
      .documents('api::tag.tag')
      .create({ data: { name: 'handmade' } });
    const { documentId } = await publish({ slug: 'filtered', tags: [tag] });
    await createHookRow(cms.strapi, { name: 'a-tag', filter: { tags: ['handmade'] } });
    await createHookRow(cms.strapi, { name: 'b-key', filter: { changed: ['seo'] } });
    const edit = (data: object) =>
      cms.strapi.documents(ROADMAP).update({ documentId, data, status: 'published' });

    await edit({ title: 'Another one' });
    expect(await stages('filtered')).toEqual([
      ['a-tag', 'published'],
      ['b-key', 'not-concerned'],
    ]);
    await edit({ tags: [] });
    expect((await stages('filtered'))[0]).toEqual(['a-tag', 'published']);
    await edit({ title: 'A third one' });
    expect((await stages('filtered'))[0]).toEqual(['a-tag', 'not-concerned']);
    await cms.strapi.documents(ROADMAP).unpublish({ documentId });
    expect((await stages('filtered'))[1]).toEqual(['b-key', 'published']);
  });

  test.each(['roadmaps/never-published', 'products/staged'])(
    'is not found for %s',
    async (path) => {
      const { status, body } = await admin.get(`/deploy-hooks/documents/${path}`);

      expect([status, body.error?.message]).toEqual([
        404,
        expect.stringContaining('was never published'),
      ]);
    }
  );
});

describe('metrics of hooks', () => {
  const lines = async (): Promise<string[]> => {
    const { text } = await cms.http
      .get('/api/frontmatter/metrics')
      .set('Authorization', `Bearer ${METRICS_TOKEN}`);
    return text.split('\n').filter((line) => line.startsWith('deploy_hooks_'));
  };
  const value = async (metric: string, hook: string): Promise<number> => {
    const start = `deploy_hooks_${metric}{hook="${hook}"} `;
    return Number((await lines()).find((line) => line.startsWith(start))?.slice(start.length));
  };

  test('report the age of the oldest change that a site was not notified of', async () => {
    const publication = await publish();
    const cursor = { cursorSeq: publication.seq, cursorToken: publication.token };
    const { id, name } = await createHookRow(cms.strapi, cursor);
    const oldest = () => value('oldest_pending_seconds', name);
    expect(await oldest()).toBe(0);

    const waiting = await publish();
    await publish();
    const minuteLater = new Date(Date.parse(String(waiting['at'])) + MINUTE_MS);
    jest.spyOn(service('clock'), 'now').mockReturnValue(minuteLater);
    expect(await oldest()).toBe(60);
    expect(await oldest()).toBe(60);
    await updateHookRow(cms.strapi, id, { filter: { collections: ['products'] } });
    expect(await oldest()).toBe(0);
    const startOverAt = new Date(minuteLater.getTime() - 10 * SECOND_MS).toISOString();
    await updateHookRow(cms.strapi, id, { startOver: 'restored', startOverAt });
    expect(await oldest()).toBe(10);
    // The position is unknown: the hook is about to start over.
    await updateHookRow(cms.strapi, id, { startOverAt: null, cursorToken: '0badcafe' });
    expect(await oldest()).toBeNaN();
  });

  test('count failures and attempts, and forget a deleted hook', async () => {
    const failing = await createHookRow(cms.strapi, { failures: 4 });
    const paused = await createHookRow(cms.strapi, { pausedAt: START.toISOString() });
    await createHookRow(cms.strapi, { isEnabled: false, failures: 9 });
    const metrics = service('metrics');
    metrics.countAttempt(failing.name, 'retry');
    metrics.countAttempt(failing.name, 'retry');
    metrics.countAttempt(paused.name, 'delivered');
    const of = (name: string) => `{hook="${name}"}`;

    expect((await lines()).filter((line) => !line.includes('oldest'))).toEqual([
      `deploy_hooks_consecutive_failures${of(failing.name)} 4`,
      `deploy_hooks_consecutive_failures${of(paused.name)} 0`,
      `deploy_hooks_paused${of(failing.name)} 0`,
      `deploy_hooks_paused${of(paused.name)} 1`,
      `deploy_hooks_attempts_total{hook="${failing.name}",outcome="retry"} 2`,
      `deploy_hooks_attempts_total{hook="${paused.name}",outcome="delivered"} 1`,
    ]);
    await deleteHookRows(cms.strapi);
    expect(await lines()).toEqual([]);
  });
});
