import type { Core } from '@strapi/strapi';
import type { CreateHook } from '../../src/plugins/deploy-hooks/shared';
import { startCms, type Cms } from '../helpers/cms';
import { deployHooks, holdDispatcher } from '../helpers/deploy-hooks';
import { startDeployReceiver, type DeployReceiver } from '../helpers/deploy-receiver';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const QUIET = 5 * SECOND;
const LONGEST = MINUTE;

let cms: Cms;
let strapi: Core.Strapi;
let site: DeployReceiver;
let hooks: ReturnType<typeof deployHooks>;
/** What both plugins take for the time. */
let now: number;
let hookId: number;
let sequence = 0;

beforeAll(async () => {
  site = await startDeployReceiver();
  process.env.DEPLOY_HOOKS_ALLOWED_HOSTS = '127.0.0.1';
  cms = await startCms();
  ({ strapi } = cms);
  holdDispatcher(strapi);
  hooks = deployHooks(strapi);
  for (const plugin of ['frontmatter', 'deploy-hooks']) {
    const clock = strapi.plugin(plugin).service('clock');
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(now));
  }
});

afterAll(async () => {
  await cms.stop();
  await site.stop();
  delete process.env.DEPLOY_HOOKS_ALLOWED_HOSTS;
});

beforeEach(() => {
  now = Date.parse('2026-03-01T12:00:00Z');
  site.answerWith(() => 204);
});

afterEach(async () => {
  if (await hooks.row(hookId)) await hooks.remove(hookId);
  site.messages.length = 0;
  site.taken.length = 0;
});

async function addHook(settings: Partial<CreateHook.Body> = {}): Promise<number> {
  sequence += 1;
  const timing = { quietPeriodMs: QUIET, maxWaitMs: LONGEST };
  const hook = { name: `Site ${sequence}`, url: site.url, ...timing, ...settings };
  ({ id: hookId } = await hooks.create(hook));
  return hookId;
}

/** Lets time pass, and the dispatcher look at its end. */
async function pass(ms: number): Promise<void> {
  now += ms;
  await hooks.dispatch();
}

const bodyOf = (index: number) => JSON.parse(site.messages[index]?.body ?? 'null');
const slugsOf = (index: number): string[] =>
  bodyOf(index).data.changes.map(({ slug }: { slug: string }) => slug);

const publish = (slug: string, data: Record<string, unknown> = {}) =>
  publishRoadmap(strapi, { slug, ...data });
const edit = (documentId: string, data: Record<string, unknown>) =>
  strapi.documents(ROADMAP).update({ documentId, data, status: 'published' });

/** A slug that no other test uses. */
const fresh = (name: string) => `${name}-${(sequence += 1)}`;

describe('changes are collected', () => {
  test('ten publishes within a second are one request after the quiet period, with ten slugs', async () => {
    await addHook();
    const slugs = Array.from({ length: 10 }, (_, index) => fresh(`ten-${index}`));
    for (const slug of slugs) {
      await publish(slug);
      now += 100;
      await hooks.dispatch();
    }
    await pass(QUIET - 101);
    expect(site.messages).toHaveLength(0);

    await pass(1);
    expect(site.messages).toHaveLength(1);
    expect(slugsOf(0)).toEqual(slugs);
    expect(bodyOf(0)).toMatchObject({
      type: 'content.changed',
      timestamp: '2026-03-01T12:00:00.900Z',
      data: { counts: { roadmaps: 10 } },
    });

    await pass(LONGEST);
    expect(site.messages).toHaveLength(1);
  });

  test('publishes without a pause for five minutes are a request each longest wait', async () => {
    const documentId = await publish(fresh('busy'));
    await addHook();
    const sentAt: number[] = [now];
    for (let second = 0; second < 300; second += 1) {
      if (second % 4 === 0) await edit(documentId, { title: `Busy in second ${second}` });
      await pass(SECOND);
      if (site.messages.length >= sentAt.length) sentAt.push(now);
    }
    expect(site.messages).toHaveLength(5);
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    for (const wait of waits) expect(wait).toBe(LONGEST);
  });

  test('what changes while a request is under way is told by one more request afterwards', async () => {
    await addHook();
    const [first, second, third] = [fresh('one'), fresh('two'), fresh('three')];
    await publish(first);
    site.answerWith(async () => {
      if (site.messages.length > 1) return 204;
      await publish(second);
      await publish(third);
      return 204;
    });
    await pass(QUIET);
    expect(site.messages).toHaveLength(1);
    expect(slugsOf(0)).toEqual([first]);

    await pass(QUIET);
    expect(site.messages).toHaveLength(2);
    expect(slugsOf(1)).toEqual([second, third]);
    expect(bodyOf(1).data.cursor.from).toBe(bodyOf(0).data.cursor.to);
  });

  test('a save that changes nothing for readers is no request', async () => {
    const documentId = await publish(fresh('same'), { title: 'The same' });
    await addHook();
    await edit(documentId, { title: 'The same' });
    await strapi.documents(ROADMAP).update({ documentId, data: { title: 'A draft' } });
    await pass(LONGEST);
    expect(site.messages).toHaveLength(0);
  });

  test('more changes than a message holds are counted, and found in the feed', async () => {
    await addHook();
    const long = 'x'.repeat(190);
    for (let index = 0; index < 75; index += 1) await publish(fresh(`${long}-${index}`));
    await pass(QUIET);
    const { data } = bodyOf(0);
    expect(data.changes).toBeUndefined();
    expect(data.counts).toEqual({ roadmaps: 75 });
    const feed = await cms.http.get('/api/frontmatter/changes').query({ since: data.cursor.from });
    expect(feed.body.data).toHaveLength(75);
    expect(feed.body.meta.cursor).toBe(data.cursor.to);
  });
});

describe('filters', () => {
  test('a change that no key of the filter is among is no request, one below it is', async () => {
    const documentId = await publish(fresh('keys'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'Another title' });
    await pass(LONGEST);
    expect(site.messages).toHaveLength(0);

    await edit(documentId, { seo: { title: 'Another title for search' } });
    await pass(QUIET);
    expect(site.messages).toHaveLength(1);
  });

  test('a document whose tag is taken away, or that is unpublished, still reaches the filter', async () => {
    const tag = await strapi.documents('api::tag.tag').create({ data: { name: fresh('tag') } });
    const tagged = { tags: [tag.documentId] };
    const [leaving, ending, other] = [fresh('leaving'), fresh('ending'), fresh('other')];
    const leavingId = await publish(leaving, tagged);
    const endingId = await publish(ending, tagged);
    await addHook({ filter: { collections: ['roadmaps'], tags: [String(tag.name)] } });
    await publish(other);
    await pass(LONGEST);
    expect(site.messages).toHaveLength(0);

    await edit(leavingId, { tags: [] });
    await strapi.documents(ROADMAP).unpublish({ documentId: endingId });
    await pass(QUIET);
    expect(slugsOf(0)).toEqual([leaving, ending]);

    await edit(leavingId, { title: 'No longer of the tag' });
    await pass(LONGEST);
    expect(site.messages).toHaveLength(1);
  });
});

describe('a site that fails', () => {
  test('is sent the same message again, until it takes it', async () => {
    await addHook();
    const slug = fresh('again');
    site.answerWith(() => (site.messages.length < 3 ? 503 : 204));
    await publish(slug);
    await pass(QUIET);
    await pass(7 * SECOND); // after the first try 5 seconds, and up to a fifth more
    await pass(4 * MINUTE);
    expect(site.messages).toHaveLength(2);
    await pass(2 * MINUTE);
    expect(site.messages).toHaveLength(3);

    expect(new Set(site.messages.map(({ id }) => id)).size).toBe(1);
    expect(new Set(site.messages.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await hooks.deliveries(hookId);
    expect(delivery).toMatchObject({ state: 'delivered', attemptCount: 3 });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 204]);
    expect(await hooks.row(hookId)).toMatchObject({ cursorSeq: delivery?.toSeq, failures: 0 });
  });

  test('is sent a new message of everything once something new has changed', async () => {
    await addHook();
    const [old, recent] = [fresh('old'), fresh('recent')];
    site.answerWith(() => (site.messages.length < 3 ? 500 : 204));
    await publish(old);
    await pass(QUIET);
    await pass(7 * SECOND);
    await publish(recent);
    await pass(QUIET);
    expect(site.messages).toHaveLength(2); // not before the longest wait since the message before

    await pass(LONGEST);
    expect(site.messages).toHaveLength(3);
    expect(site.messages[2]?.id).not.toBe(site.messages[0]?.id);
    expect(slugsOf(2)).toEqual([old, recent]);
    expect((await hooks.deliveries(hookId)).map(({ state }) => state)).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  test('is left alone for as long as it asks', async () => {
    await addHook();
    site.answerWith(() =>
      site.messages.length < 2 ? { status: 429, headers: { 'retry-after': '600' } } : 204
    );
    await publish(fresh('later'));
    await pass(QUIET);
    await publish(fresh('later'));
    await pass(9 * MINUTE);
    expect(site.messages).toHaveLength(1);
    await pass(MINUTE + SECOND);
    expect(site.messages).toHaveLength(2);
  });

  test('is paused when it is not there any more, and told everything when it is resumed', async () => {
    await addHook();
    const [gone, meanwhile] = [fresh('gone'), fresh('meanwhile')];
    site.answerWith(() => 404);
    await publish(gone);
    await pass(QUIET);
    expect(await hooks.row(hookId)).toMatchObject({
      pausedReason: expect.stringContaining('404'),
      openId: null,
    });
    await publish(meanwhile);
    await pass(24 * 60 * MINUTE);
    expect(site.messages).toHaveLength(1);

    site.answerWith(() => 204);
    await hooks.operate('resume', hookId);
    await pass(0);
    expect(site.messages).toHaveLength(2);
    expect(slugsOf(1)).toEqual([gone, meanwhile]);
  });

  test('is given up after three days, and nothing of what it missed is lost', async () => {
    await addHook();
    const slug = fresh('patience');
    site.answerWith(() => 'reset');
    await publish(slug);
    await pass(QUIET);
    for (let hour = 0; hour < 4 * 24; hour += 1) await pass(60 * MINUTE);
    expect(await hooks.row(hookId)).toMatchObject({
      pausedReason: expect.stringContaining('Given up'),
    });
    expect(site.messages.length).toBeGreaterThan(8);
    expect(site.messages.length).toBeLessThan(14);

    site.answerWith(() => 204);
    const before = site.messages.length;
    await hooks.operate('resume', hookId);
    await pass(0);
    expect(slugsOf(before)).toEqual([slug]);
  });
});

describe('hooks that change', () => {
  test('a new hook is told what changes from now on, or everything if it is asked for', async () => {
    const slug = fresh('before');
    await publish(slug);
    await addHook();
    await pass(LONGEST);
    expect(site.messages).toHaveLength(0);
    await hooks.remove(hookId);

    await addHook({ fromBeginning: true });
    await pass(QUIET);
    expect(bodyOf(0).data).toMatchObject({ cursor: { from: '0' }, startOver: 'new' });
    const after = fresh('after');
    await publish(after);
    await pass(QUIET);
    expect(slugsOf(1)).toEqual([after]);
    expect(bodyOf(1).data.startOver).toBeUndefined();
  });

  test('one that is edited while it is sent keeps its cursor', async () => {
    await addHook();
    await publish(fresh('edited'));
    site.answerWith(async () => {
      await hooks.update(hookId, { name: fresh('New name'), quietPeriodMs: 1_000 });
      return 204;
    });
    await pass(QUIET);
    const [delivery] = await hooks.deliveries(hookId);
    expect(await hooks.row(hookId)).toMatchObject({
      cursorSeq: delivery?.toSeq,
      quietPeriodMs: 1_000,
      openId: null,
    });
  });

  test('one that gets another address while it is sent tells the new address as well', async () => {
    const other = await startDeployReceiver();
    await addHook();
    const slug = fresh('moved');
    await publish(slug);
    site.answerWith(async () => {
      await hooks.update(hookId, { url: other.url });
      return 204;
    });
    await pass(QUIET);
    await pass(QUIET);
    await other.stop();
    expect(site.messages).toHaveLength(1);
    expect(other.messages).toHaveLength(1);
    expect(other.messages[0]?.id).not.toBe(site.messages[0]?.id);
    expect(JSON.parse(other.messages[0]?.body ?? '').data.changes).toMatchObject([{ slug }]);
  });

  test('one that gets another address while its message is retried tells the new address alone', async () => {
    const other = await startDeployReceiver();
    await addHook();
    site.answerWith(() => 500);
    await publish(fresh('elsewhere'));
    await pass(QUIET);
    await hooks.update(hookId, { url: other.url });
    await pass(0);
    await other.stop();
    expect(site.messages).toHaveLength(1);
    expect(other.taken).toHaveLength(1);
  });

  test('one that is deleted while it is sent ends its deliveries', async () => {
    await addHook();
    await publish(fresh('deleted'));
    site.answerWith(async () => {
      await hooks.remove(hookId);
      return 204;
    });
    await pass(QUIET);
    expect(await hooks.row(hookId)).toBeNull();
    expect((await hooks.deliveries(hookId)).map(({ state }) => state)).toEqual(['cancelled']);
  });

  test('one whose filter is widened is told what the old one kept from it since its cursor', async () => {
    const documentId = await publish(fresh('filtered'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'Seen by nobody yet' });
    await pass(QUIET);
    await hooks.update(hookId, { filter: {} });
    await pass(QUIET);
    expect(site.messages).toHaveLength(1);
  });

  test('after a restore it is told to read everything, rather than nothing', async () => {
    await addHook();
    await publish(fresh('restored'));
    await pass(QUIET);
    await strapi.plugin('frontmatter').service('publications').endCursors();
    await pass(0);
    await pass(QUIET);
    expect(site.messages).toHaveLength(2);
    expect(bodyOf(1).data).toMatchObject({ cursor: { from: '0' }, startOver: 'restored' });
    await pass(LONGEST);
    expect(site.messages).toHaveLength(2);
  });
});

describe('operators', () => {
  test('deploy now tells a site at once, with what is pending or nothing', async () => {
    await addHook();
    const slug = fresh('now');
    await publish(slug);
    await hooks.operate('deployNow', hookId);
    expect(slugsOf(0)).toEqual([slug]);
    await hooks.operate('deployNow', hookId);
    expect(slugsOf(1)).toEqual([]);
    await pass(LONGEST);
    expect(site.messages).toHaveLength(2);
  });

  test('a test moves no cursor and counts as no failure', async () => {
    await addHook();
    await publish(fresh('tested'));
    const before = await hooks.row(hookId);
    site.answerWith(() => 500);
    await hooks.operate('test', hookId);
    expect(bodyOf(0).type).toBe('test');
    expect(await hooks.row(hookId)).toMatchObject({
      cursorSeq: before?.cursorSeq,
      failures: 0,
      pausedReason: null,
    });
    expect((await hooks.deliveries(hookId)).map(({ state }) => state)).toEqual(['failed']);
  });

  test('a message that is sent again is the same, byte for byte', async () => {
    await addHook();
    await publish(fresh('resent'));
    await pass(QUIET);
    const [delivery] = await hooks.deliveries(hookId);
    await hooks.operate('sendAgain', delivery?.id ?? 0);
    expect(site.messages).toHaveLength(2);
    expect(site.messages[1]).toMatchObject({
      id: site.messages[0]?.id,
      body: site.messages[0]?.body,
    });
  });

  test('a hook that is paused is told nothing until it is resumed', async () => {
    await addHook();
    await hooks.operate('pause', hookId);
    const slug = fresh('paused');
    await publish(slug);
    await pass(LONGEST);
    expect(site.messages).toHaveLength(0);
    await expect(hooks.operate('deployNow', hookId)).rejects.toThrow('resume it first');
    await hooks.operate('resume', hookId);
    await pass(0);
    expect(slugsOf(0)).toEqual([slug]);
  });
});
