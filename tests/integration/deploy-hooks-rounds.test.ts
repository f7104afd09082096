import { startDeployReceiver } from '../helpers/deploy-receiver';
import { findPublications, type PublicationRow } from '../helpers/frontmatter';
import { LONGEST, MINUTE, QUIET, SECOND, useNotifiedSite } from '../helpers/notified-site';

const setup = useNotifiedSite();
const { addHook, pass, publish, edit, fresh, bodyOf, slugsOf } = setup;

describe('hooks that change', () => {
  test('a new hook notifies of changes from now on, or of everything if asked', async () => {
    const slug = fresh('before');
    await publish(slug);
    await addHook();
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(0);
    await setup.hooks.remove(setup.hookId);

    await addHook({ fromBeginning: true });
    await pass(QUIET);
    expect(bodyOf(0).data).toMatchObject({ cursor: { from: '0' }, startOver: 'new' });
    const after = fresh('after');
    await publish(after);
    await pass(QUIET);
    expect(slugsOf(1)).toEqual([after]);
    expect(bodyOf(1).data.startOver).toBeUndefined();
  });

  test('a hook that is edited while its message is sent keeps its cursor', async () => {
    await addHook();
    await publish(fresh('edited'));
    setup.site.answerWith(async () => {
      await setup.hooks.update(setup.hookId, { name: fresh('New name'), quietPeriodMs: 1_000 });
      return 204;
    });
    await pass(QUIET);
    const [delivery] = await setup.hooks.deliveries(setup.hookId);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({
      cursorSeq: delivery?.toSeq,
      quietPeriodMs: 1_000,
      openId: null,
    });
  });

  test('a hook whose address changes while its message is sent notifies the new address as well', async () => {
    const other = await startDeployReceiver();
    await addHook();
    const slug = fresh('moved');
    await publish(slug);
    setup.site.answerWith(async () => {
      await setup.hooks.update(setup.hookId, { url: other.url });
      return 204;
    });
    await pass(QUIET);
    await pass(QUIET);
    await other.stop();
    expect(setup.site.messages).toHaveLength(1);
    expect(other.messages).toHaveLength(1);
    expect(other.messages[0]?.id).not.toBe(setup.site.messages[0]?.id);
    expect(JSON.parse(other.messages[0]?.body ?? '').data.changes).toMatchObject([{ slug }]);
  });

  test('a hook whose address changes while its message is retried notifies only the new address', async () => {
    const other = await startDeployReceiver();
    await addHook();
    setup.site.answerWith(() => 500);
    await publish(fresh('elsewhere'));
    await pass(QUIET);
    await setup.hooks.update(setup.hookId, { url: other.url });
    await pass(0);
    await other.stop();
    expect(setup.site.messages).toHaveLength(1);
    expect(other.taken).toHaveLength(1);
  });

  test('a hook that is deleted while its message is sent ends its deliveries', async () => {
    await addHook();
    await publish(fresh('deleted'));
    setup.site.answerWith(async () => {
      await setup.hooks.remove(setup.hookId);
      return 204;
    });
    await pass(QUIET);
    expect(await setup.hooks.row(setup.hookId)).toBeNull();
    expect((await setup.hooks.deliveries(setup.hookId)).map(({ state }) => state)).toEqual([
      'cancelled',
    ]);
  });

  test('a hook whose filter is widened notifies of what the old one held back since its cursor', async () => {
    const documentId = await publish(fresh('filtered'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'Seen by nobody yet' });
    await pass(QUIET);
    await setup.hooks.update(setup.hookId, { filter: {} });
    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(1);
  });

  test('after a restore a hook makes its site read everything, rather than nothing', async () => {
    await addHook();
    await publish(fresh('restored'));
    await pass(QUIET);
    await setup.strapi.plugin('frontmatter').service('publications').endCursors();
    await pass(0);
    await pass(QUIET);
    expect(setup.site.messages).toHaveLength(2);
    expect(bodyOf(1).data).toMatchObject({ cursor: { from: '0' }, startOver: 'restored' });
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(2);
  });
});

describe('hooks that change at the wrong moment', () => {
  /** Runs a task in the next round, after it has read the hooks. */
  function duringNextRound(task: () => Promise<unknown>): void {
    const log = setup.strapi.plugin('frontmatter').service('publication-log');
    const { newest } = log;
    log.newest = async () => {
      log.newest = newest;
      await task();
      return newest();
    };
  }

  test('a hook that is far behind does not skip what its new filter accepts', async () => {
    const documentId = await publish(fresh('behind'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'The first of many edits' });
    const edited = (await findPublications(setup.strapi, { documentId })).at(-1);
    const {
      id: _id,
      seq: _seq,
      token: _token,
      isCurrent: _isCurrent,
      ...copy
    } = edited as PublicationRow;
    const copies = Array.from({ length: 500 }, (_, count) => ({
      ...copy,
      slug: `${copy.slug}-${count}`,
      documentId: `copy-${count}`,
    }));
    await setup.strapi.plugin('frontmatter').service('publications').record(copies);
    duringNextRound(async () => {
      await setup.hooks.update(setup.hookId, { filter: {} });
      await edit(documentId, { title: 'Seen by the new filter' });
    });
    await pass(0);
    await pass(LONGEST);

    expect(setup.site.messages).toHaveLength(1);
  });

  test('a hook whose old address fails while it gets a new one continues with the new one', async () => {
    const other = await startDeployReceiver();
    await addHook();
    await publish(fresh('mended'));
    setup.site.answerWith(async () => {
      await setup.hooks.update(setup.hookId, { url: other.url });
      return 404;
    });
    await pass(QUIET);
    await pass(0);
    await other.stop();

    expect(other.taken).toHaveLength(1);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({ pausedReason: null, failures: 0 });
  });

  test('a hook whose old address failed for days counts failures of the new one from zero', async () => {
    const other = await startDeployReceiver();
    other.answerWith(() => 503);
    await addHook();
    setup.site.answerWith(() => 503);
    await publish(fresh('patient'));
    await pass(QUIET);
    await setup.hooks.note(setup.hookId, {
      failures: 20,
      failingSince: new Date(setup.now - 10 * 24 * 60 * MINUTE).toISOString(),
    });
    await setup.hooks.update(setup.hookId, { url: other.url });
    await pass(0);
    await other.stop();

    expect(other.messages).toHaveLength(1);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({ pausedReason: null, failures: 1 });
  });

  test('a hook that is disabled while a round begins sends nothing', async () => {
    await addHook();
    await publish(fresh('disabled'));
    duringNextRound(() => setup.hooks.update(setup.hookId, { isEnabled: false }));
    await pass(QUIET);

    expect(setup.site.messages).toHaveLength(0);
  });

  test('a process that stalled for longer than its lease does not send beside the next one', async () => {
    await addHook();
    setup.site.answerWith(() => 503);
    await publish(fresh('still'));
    await pass(QUIET);
    const deliveries = setup.strapi.plugin('deploy-hooks').service('deliveries');
    const { find } = deliveries;
    deliveries.find = async (id: number) => {
      deliveries.find = find;
      await setup.hooks.note(setup.hookId, { leaseOwner: 'another process' });
      const later = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60 * MINUTE);
      const found = await find(id);
      setImmediate(() => later.mockRestore());
      return found;
    };
    await pass(7 * SECOND);

    expect(setup.site.messages).toHaveLength(1);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({ leaseOwner: 'another process' });
  });

  test('a request to deploy now that arrives while a message is being sent outlasts it', async () => {
    await addHook();
    const wish = (ms: number) =>
      setup.hooks.note(setup.hookId, { wantedAt: new Date(setup.now + ms).toISOString() });
    const slug = fresh('wanted');
    setup.site.answerWith(async () => {
      if (setup.site.messages.length > 1) return 204;
      await publish(slug);
      await wish(1);
      return 204;
    });
    await wish(0);
    await pass(0);
    await pass(1);

    expect(slugsOf(1)).toEqual([slug]);
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({ wantedAt: null });
  });
});

describe('operators', () => {
  test('deploy now notifies a site at once, with what is pending or nothing', async () => {
    await addHook();
    const slug = fresh('now');
    await publish(slug);
    await setup.hooks.operate('deployNow', setup.hookId);
    expect(slugsOf(0)).toEqual([slug]);
    await setup.hooks.operate('deployNow', setup.hookId);
    expect(slugsOf(1)).toEqual([]);
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(2);
  });

  test('a test neither moves the cursor nor counts as a failure', async () => {
    await addHook();
    await publish(fresh('tested'));
    const before = await setup.hooks.row(setup.hookId);
    setup.site.answerWith(() => 500);
    await setup.hooks.operate('test', setup.hookId);
    expect(bodyOf(0).type).toBe('test');
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({
      cursorSeq: before?.cursorSeq,
      failures: 0,
      pausedReason: null,
    });
    expect((await setup.hooks.deliveries(setup.hookId)).map(({ state }) => state)).toEqual([
      'failed',
    ]);
  });

  test('a message that is sent again is the same, byte for byte', async () => {
    await addHook();
    await publish(fresh('resent'));
    await pass(QUIET);
    const [delivery] = await setup.hooks.deliveries(setup.hookId);
    await setup.hooks.operate('sendAgain', delivery?.id ?? 0);
    expect(setup.site.messages).toHaveLength(2);
    expect(setup.site.messages[1]).toMatchObject({
      id: setup.site.messages[0]?.id,
      body: setup.site.messages[0]?.body,
    });
  });

  test('a paused hook sends nothing until it is resumed', async () => {
    await addHook();
    await setup.hooks.operate('pause', setup.hookId);
    const slug = fresh('paused');
    await publish(slug);
    await pass(LONGEST);
    expect(setup.site.messages).toHaveLength(0);
    await expect(setup.hooks.operate('deployNow', setup.hookId)).rejects.toThrow('resume it first');
    await setup.hooks.operate('resume', setup.hookId);
    await pass(0);
    expect(slugsOf(0)).toEqual([slug]);
  });
});

describe('deliveries', () => {
  test('a test whose process ended while sending it counts as failed by the next message', async () => {
    await addHook();
    await setup.hooks.operate('test', setup.hookId);
    const [lost] = await setup.hooks.deliveries(setup.hookId);
    await setup.hooks.noteDelivery(lost?.id ?? 0, { state: 'open', endedAt: null });
    await publish(fresh('next'));
    await pass(QUIET);

    expect((await setup.hooks.deliveries(setup.hookId)).map(({ state }) => state)).toEqual([
      'failed',
      'delivered',
    ]);
  });

  test('sending one again does not change when it ended', async () => {
    await addHook();
    await publish(fresh('ended'));
    await pass(QUIET);
    const [before] = await setup.hooks.deliveries(setup.hookId);
    await pass(MINUTE);
    await setup.hooks.operate('sendAgain', before?.id ?? 0);
    const [after] = await setup.hooks.deliveries(setup.hookId);

    expect(after).toMatchObject({ attemptCount: 2, endedAt: before?.endedAt });
  });

  test('those of a deleted hook can be read for 30 days', async () => {
    const DAY = 24 * 60 * MINUTE;
    const deletedId = await addHook();
    await setup.hooks.operate('test', deletedId);
    await setup.hooks.remove(deletedId);
    await addHook();
    await pass(30 * DAY);
    await setup.hooks.operate('test', setup.hookId);
    expect(await setup.hooks.deliveries(deletedId)).toHaveLength(1);

    await pass(1);
    await setup.hooks.operate('test', setup.hookId);
    expect(await setup.hooks.deliveries(deletedId)).toHaveLength(0);
  });
});
