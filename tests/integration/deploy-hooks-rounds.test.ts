import { startDeployReceiver } from '../helpers/deploy-receiver';
import { findPublications, type PublicationRow } from '../helpers/frontmatter';
import { LONGEST, MINUTE, QUIET, SECOND, useToldSite } from '../helpers/told-site';

const told = useToldSite();
const { addHook, pass, publish, edit, fresh, bodyOf, slugsOf } = told;

describe('hooks that change', () => {
  test('a new hook is told what changes from now on, or everything if it is asked for', async () => {
    const slug = fresh('before');
    await publish(slug);
    await addHook();
    await pass(LONGEST);
    expect(told.site.messages).toHaveLength(0);
    await told.hooks.remove(told.hookId);

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
    told.site.answerWith(async () => {
      await told.hooks.update(told.hookId, { name: fresh('New name'), quietPeriodMs: 1_000 });
      return 204;
    });
    await pass(QUIET);
    const [delivery] = await told.hooks.deliveries(told.hookId);
    expect(await told.hooks.row(told.hookId)).toMatchObject({
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
    told.site.answerWith(async () => {
      await told.hooks.update(told.hookId, { url: other.url });
      return 204;
    });
    await pass(QUIET);
    await pass(QUIET);
    await other.stop();
    expect(told.site.messages).toHaveLength(1);
    expect(other.messages).toHaveLength(1);
    expect(other.messages[0]?.id).not.toBe(told.site.messages[0]?.id);
    expect(JSON.parse(other.messages[0]?.body ?? '').data.changes).toMatchObject([{ slug }]);
  });

  test('one that gets another address while its message is retried tells the new address alone', async () => {
    const other = await startDeployReceiver();
    await addHook();
    told.site.answerWith(() => 500);
    await publish(fresh('elsewhere'));
    await pass(QUIET);
    await told.hooks.update(told.hookId, { url: other.url });
    await pass(0);
    await other.stop();
    expect(told.site.messages).toHaveLength(1);
    expect(other.taken).toHaveLength(1);
  });

  test('one that is deleted while it is sent ends its deliveries', async () => {
    await addHook();
    await publish(fresh('deleted'));
    told.site.answerWith(async () => {
      await told.hooks.remove(told.hookId);
      return 204;
    });
    await pass(QUIET);
    expect(await told.hooks.row(told.hookId)).toBeNull();
    expect((await told.hooks.deliveries(told.hookId)).map(({ state }) => state)).toEqual([
      'cancelled',
    ]);
  });

  test('one whose filter is widened is told what the old one kept from it since its cursor', async () => {
    const documentId = await publish(fresh('filtered'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'Seen by nobody yet' });
    await pass(QUIET);
    await told.hooks.update(told.hookId, { filter: {} });
    await pass(QUIET);
    expect(told.site.messages).toHaveLength(1);
  });

  test('after a restore it is told to read everything, rather than nothing', async () => {
    await addHook();
    await publish(fresh('restored'));
    await pass(QUIET);
    await told.strapi.plugin('frontmatter').service('publications').endCursors();
    await pass(0);
    await pass(QUIET);
    expect(told.site.messages).toHaveLength(2);
    expect(bodyOf(1).data).toMatchObject({ cursor: { from: '0' }, startOver: 'restored' });
    await pass(LONGEST);
    expect(told.site.messages).toHaveLength(2);
  });
});

describe('hooks that change at the wrong moment', () => {
  /** Does something in the next round, after it has read the hooks. */
  function duringNextRound(task: () => Promise<unknown>): void {
    const log = told.strapi.plugin('frontmatter').service('publication-log');
    const { newest } = log;
    log.newest = async () => {
      log.newest = newest;
      await task();
      return newest();
    };
  }

  test('one that is far behind does not skip what its new filter lets through', async () => {
    const documentId = await publish(fresh('behind'));
    await addHook({ filter: { changed: ['seo'] } });
    await edit(documentId, { title: 'The first of many edits' });
    const edited = (await findPublications(told.strapi, { documentId })).at(-1);
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
    await told.strapi.plugin('frontmatter').service('publications').record(copies);
    duringNextRound(async () => {
      await told.hooks.update(told.hookId, { filter: {} });
      await edit(documentId, { title: 'Seen by the new filter' });
    });
    await pass(0);
    await pass(LONGEST);

    expect(told.site.messages).toHaveLength(1);
  });

  test('one whose old address fails while it gets a new one goes on with the new one', async () => {
    const other = await startDeployReceiver();
    await addHook();
    await publish(fresh('mended'));
    told.site.answerWith(async () => {
      await told.hooks.update(told.hookId, { url: other.url });
      return 404;
    });
    await pass(QUIET);
    await pass(0);
    await other.stop();

    expect(other.taken).toHaveLength(1);
    expect(await told.hooks.row(told.hookId)).toMatchObject({ pausedReason: null, failures: 0 });
  });

  test('one whose old address failed for days is patient with the new one', async () => {
    const other = await startDeployReceiver();
    other.answerWith(() => 503);
    await addHook();
    told.site.answerWith(() => 503);
    await publish(fresh('patient'));
    await pass(QUIET);
    await told.hooks.note(told.hookId, {
      failures: 20,
      failingSince: new Date(told.now - 10 * 24 * 60 * MINUTE).toISOString(),
    });
    await told.hooks.update(told.hookId, { url: other.url });
    await pass(0);
    await other.stop();

    expect(other.messages).toHaveLength(1);
    expect(await told.hooks.row(told.hookId)).toMatchObject({ pausedReason: null, failures: 1 });
  });

  test('one that is disabled while a round begins is told nothing', async () => {
    await addHook();
    await publish(fresh('disabled'));
    duringNextRound(() => told.hooks.update(told.hookId, { isEnabled: false }));
    await pass(QUIET);

    expect(told.site.messages).toHaveLength(0);
  });

  test('a process that stood still for longer than its lease does not send beside the next one', async () => {
    await addHook();
    told.site.answerWith(() => 503);
    await publish(fresh('still'));
    await pass(QUIET);
    const deliveries = told.strapi.plugin('deploy-hooks').service('deliveries');
    const { find } = deliveries;
    deliveries.find = async (id: number) => {
      deliveries.find = find;
      await told.hooks.note(told.hookId, { leaseOwner: 'another process' });
      const later = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60 * MINUTE);
      const found = await find(id);
      setImmediate(() => later.mockRestore());
      return found;
    };
    await pass(7 * SECOND);

    expect(told.site.messages).toHaveLength(1);
    expect(await told.hooks.row(told.hookId)).toMatchObject({ leaseOwner: 'another process' });
  });

  test('a wish that comes while a message is under way outlasts it', async () => {
    await addHook();
    const wish = (ms: number) =>
      told.hooks.note(told.hookId, { wantedAt: new Date(told.now + ms).toISOString() });
    const slug = fresh('wanted');
    told.site.answerWith(async () => {
      if (told.site.messages.length > 1) return 204;
      await publish(slug);
      await wish(1);
      return 204;
    });
    await wish(0);
    await pass(0);
    await pass(1);

    expect(slugsOf(1)).toEqual([slug]);
    expect(await told.hooks.row(told.hookId)).toMatchObject({ wantedAt: null });
  });
});

describe('operators', () => {
  test('deploy now tells a site at once, with what is pending or nothing', async () => {
    await addHook();
    const slug = fresh('now');
    await publish(slug);
    await told.hooks.operate('deployNow', told.hookId);
    expect(slugsOf(0)).toEqual([slug]);
    await told.hooks.operate('deployNow', told.hookId);
    expect(slugsOf(1)).toEqual([]);
    await pass(LONGEST);
    expect(told.site.messages).toHaveLength(2);
  });

  test('a test moves no cursor and counts as no failure', async () => {
    await addHook();
    await publish(fresh('tested'));
    const before = await told.hooks.row(told.hookId);
    told.site.answerWith(() => 500);
    await told.hooks.operate('test', told.hookId);
    expect(bodyOf(0).type).toBe('test');
    expect(await told.hooks.row(told.hookId)).toMatchObject({
      cursorSeq: before?.cursorSeq,
      failures: 0,
      pausedReason: null,
    });
    expect((await told.hooks.deliveries(told.hookId)).map(({ state }) => state)).toEqual([
      'failed',
    ]);
  });

  test('a message that is sent again is the same, byte for byte', async () => {
    await addHook();
    await publish(fresh('resent'));
    await pass(QUIET);
    const [delivery] = await told.hooks.deliveries(told.hookId);
    await told.hooks.operate('sendAgain', delivery?.id ?? 0);
    expect(told.site.messages).toHaveLength(2);
    expect(told.site.messages[1]).toMatchObject({
      id: told.site.messages[0]?.id,
      body: told.site.messages[0]?.body,
    });
  });

  test('a hook that is paused is told nothing until it is resumed', async () => {
    await addHook();
    await told.hooks.operate('pause', told.hookId);
    const slug = fresh('paused');
    await publish(slug);
    await pass(LONGEST);
    expect(told.site.messages).toHaveLength(0);
    await expect(told.hooks.operate('deployNow', told.hookId)).rejects.toThrow('resume it first');
    await told.hooks.operate('resume', told.hookId);
    await pass(0);
    expect(slugsOf(0)).toEqual([slug]);
  });
});

describe('deliveries', () => {
  test('a test whose process ended while it was sent has failed by the next message', async () => {
    await addHook();
    await told.hooks.operate('test', told.hookId);
    const [lost] = await told.hooks.deliveries(told.hookId);
    await told.hooks.noteDelivery(lost?.id ?? 0, { state: 'open', endedAt: null });
    await publish(fresh('next'));
    await pass(QUIET);

    expect((await told.hooks.deliveries(told.hookId)).map(({ state }) => state)).toEqual([
      'failed',
      'delivered',
    ]);
  });

  test('one that is sent once more has ended when it ended', async () => {
    await addHook();
    await publish(fresh('ended'));
    await pass(QUIET);
    const [before] = await told.hooks.deliveries(told.hookId);
    await pass(MINUTE);
    await told.hooks.operate('sendAgain', before?.id ?? 0);
    const [after] = await told.hooks.deliveries(told.hookId);

    expect(after).toMatchObject({ attemptCount: 2, endedAt: before?.endedAt });
  });

  test('those of a hook that was deleted can be read for 30 days', async () => {
    const DAY = 24 * 60 * MINUTE;
    const deletedId = await addHook();
    await told.hooks.operate('test', deletedId);
    await told.hooks.remove(deletedId);
    await addHook();
    await pass(30 * DAY);
    await told.hooks.operate('test', told.hookId);
    expect(await told.hooks.deliveries(deletedId)).toHaveLength(1);

    await pass(1);
    await told.hooks.operate('test', told.hookId);
    expect(await told.hooks.deliveries(deletedId)).toHaveLength(0);
  });
});
