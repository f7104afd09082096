import { atDepth } from '../helpers/depth';
import { LONGEST, MINUTE, QUIET, SECOND, useNotifiedSite } from '../helpers/notified-site';
import { ROADMAP } from '../helpers/roadmaps';

const setup = useNotifiedSite();
const { addHook, pass, publish, edit, fresh, bodyOf, slugsOf } = setup;

describe('changes are collected', () => {
  test('ten publications within a second become one request after the quiet period, with ten slugs', async () => {
    await addHook();
    const slugs = Array.from({ length: 10 }, (_, index) => fresh(`ten-${index}`));
    for (const slug of slugs) {
      await publish(slug);
      await pass(100);
    }
    await pass(QUIET - 101);
    expect(setup.site.messages).toHaveLength(0);

    await pass(1);
    expect(setup.site.messages).toHaveLength(1);
    expect(slugsOf(0)).toEqual(slugs);
    expect(bodyOf(0)).toMatchObject({
      type: 'content.changed',
      timestamp: '2026-03-01T12:00:00.900Z',
      data: { counts: { roadmaps: 10 } },
    });

    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(1);
  });

  test('publications without a pause become one request per longest wait', async () => {
    const documentId = await publish(fresh('busy'));
    const longest = atDepth({ short: 12 * SECOND, full: LONGEST });
    await addHook({ maxWaitMs: longest });
    const sentAt: number[] = [setup.now];
    for (let second = 0; second < 5 * (longest / SECOND); second += 1) {
      if (second % 4 === 0) await edit(documentId, { title: `Busy in second ${second}` });
      await pass(SECOND);
      if (setup.site.messages.length >= sentAt.length) sentAt.push(setup.now);
    }
    expect(setup.site.messages).toHaveLength(5);
    const waits = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    for (const wait of waits) expect(wait).toBe(longest);
  });

  test('what changes during a request is sent in one more request afterwards', async () => {
    await addHook();
    const [first, second, third] = [fresh('one'), fresh('two'), fresh('three')];
    await publish(first);
    setup.site.answerWith(async () => {
      if (setup.site.messages.length > 1) return 204;
      await publish(second);
      await publish(third);
      return 204;
    });
    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(1);
    expect(slugsOf(0)).toEqual([first]);

    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(2);
    expect(slugsOf(1)).toEqual([second, third]);
    expect(bodyOf(1).data.cursor.from).toBe(bodyOf(0).data.cursor.to);
  });

  test('a save that changes nothing for readers causes no request', async () => {
    const documentId = await publish(fresh('same'), { title: 'The same' });
    await addHook();
    await edit(documentId, { title: 'The same' });
    await setup.strapi.documents(ROADMAP).update({ documentId, data: { title: 'A draft' } });
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(0);
  });

  test('changes that do not fit in a message are counted, and can be read in the feed', async () => {
    await addHook();
    const long = 'x'.repeat(240);
    for (let index = 0; index < 62; index += 1) await publish(fresh(`${long}-${index}`));
    await pass(QUIET);
    const { data } = bodyOf(0);
    expect(data.changes).toBeUndefined();
    expect(data.counts).toEqual({ roadmaps: 62 });
    const feed = await setup.cms.http
      .get('/api/frontmatter/changes')
      .query({ since: data.cursor.from });
    expect(feed.body.data).toHaveLength(62);
    expect(feed.body.meta.cursor).toBe(data.cursor.to);
  });
});

describe('filters', () => {
  test('a change outside the keys of the filter causes no request, a change below one does', async () => {
    const documentId = await publish(fresh('keys'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'Another title' });
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(0);

    await edit(documentId, { seo: { title: 'Another title for search' } });
    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(1);
  });

  test('a document that loses its tag, or is unpublished, still matches the filter', async () => {
    const tag = await setup.strapi
      .documents('api::tag.tag')
      .create({ data: { name: fresh('tag') } });
    const tagged = { tags: [tag.documentId] };
    const [leaving, ending, other] = [fresh('leaving'), fresh('ending'), fresh('other')];
    const leavingId = await publish(leaving, tagged);
    const endingId = await publish(ending, tagged);
    await addHook({ filter: { collections: ['roadmaps'], tags: [String(tag.name)] } });
    await publish(other);
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(0);

    await edit(leavingId, { tags: [] });
    await setup.strapi.documents(ROADMAP).unpublish({ documentId: endingId });
    await pass(QUIET);
    expect(slugsOf(0)).toEqual([leaving, ending]);

    await edit(leavingId, { title: 'No longer of the tag' });
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(1);
  });
});

describe('a site that fails', () => {
  test('is sent the same message again, until it accepts it', async () => {
    await addHook();
    const slug = fresh('again');
    setup.site.answerWith(() => (setup.site.messages.length < 3 ? 503 : 204));
    await publish(slug);
    await pass(QUIET);
    await pass(7 * SECOND); // 5 seconds after the first attempt, and up to a fifth more
    await pass(4 * MINUTE);
    expect(setup.site.messages).toHaveLength(2);
    await pass(2 * MINUTE);
    expect(setup.site.messages).toHaveLength(3);

    expect(new Set(setup.site.messages.map(({ id }) => id)).size).toBe(1);
    expect(new Set(setup.site.messages.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await setup.hooks.deliveries(setup.hookId);
    expect(delivery).toMatchObject({ state: 'delivered', attemptCount: 3 });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 503, 204]);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({
      cursorSeq: delivery?.toSeq,
      failures: 0,
    });
  });

  test('is sent a new message about everything once something else has changed', async () => {
    await addHook();
    const [old, recent] = [fresh('old'), fresh('recent')];
    setup.site.answerWith(() => (setup.site.messages.length < 3 ? 500 : 204));
    await publish(old);
    await pass(QUIET);
    await pass(7 * SECOND);
    await publish(recent);
    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(2); // not before the longest wait since the last one

    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(3);
    expect(setup.site.messages[2]?.id).not.toBe(setup.site.messages[0]?.id);
    expect(slugsOf(2)).toEqual([old, recent]);
    expect((await setup.hooks.deliveries(setup.hookId)).map(({ state }) => state)).toEqual([
      'superseded',
      'delivered',
    ]);
  });

  test('is left alone for as long as it asks', async () => {
    await addHook();
    setup.site.answerWith(() =>
      setup.site.messages.length < 2 ? { status: 429, headers: { 'retry-after': '600' } } : 204
    );
    await publish(fresh('later'));
    await pass(QUIET);
    await publish(fresh('later'));
    await pass(9 * MINUTE);
    expect(setup.site.messages).toHaveLength(1);
    await pass(MINUTE + SECOND);
    expect(setup.site.messages).toHaveLength(2);
  });

  test('is paused when it no longer exists, and notified of everything when it is resumed', async () => {
    await addHook();
    const [gone, meanwhile] = [fresh('gone'), fresh('meanwhile')];
    setup.site.answerWith(() => 404);
    await publish(gone);
    await pass(QUIET);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({
      pausedReason: expect.stringContaining('404'),
      openId: null,
    });
    await publish(meanwhile);
    await pass(24 * 60 * MINUTE);
    expect(setup.site.messages).toHaveLength(1);

    setup.site.answerWith(() => 204);
    await setup.hooks.operate('resume', setup.hookId);
    await pass(0);
    expect(setup.site.messages).toHaveLength(2);
    expect(slugsOf(1)).toEqual([gone, meanwhile]);
  });

  test('is given up after three days, and nothing that it missed is lost', async () => {
    await addHook();
    const slug = fresh('patience');
    setup.site.answerWith(() => 'reset');
    await publish(slug);
    await pass(QUIET);
    for (let hour = 0; hour < 4 * 24; hour += 1) await pass(60 * MINUTE);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({
      pausedReason: expect.stringContaining('Gave up'),
    });
    expect(setup.site.messages.length).toBeGreaterThan(8);
    expect(setup.site.messages.length).toBeLessThan(14);

    setup.site.answerWith(() => 204);
    const before = setup.site.messages.length;
    await setup.hooks.operate('resume', setup.hookId);
    await pass(0);
    expect(slugsOf(before)).toEqual([slug]);
  });
});
