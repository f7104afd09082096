import { findPublications, type PublicationRow } from '../helpers/frontmatter';
import { startStatusSite, type StatusSite } from '../helpers/status-site';
import { MINUTE, QUIET, SECOND, useNotifiedSite } from '../helpers/notified-site';

const setup = useNotifiedSite();
const { addHook, pass, publish, edit, fresh } = setup;

/** Enough for the dispatcher to move the cursor of a hook that none of them concerns. */
const MANY = 500;

async function publicationsOf(documentId: string): Promise<PublicationRow[]> {
  return findPublications(setup.strapi, { documentId });
}

/** Publishes another title of this document, and copies of it as `MANY` other documents. */
async function publishUnrelated(documentId: string): Promise<void> {
  await edit(documentId, { title: 'Another title' });
  const {
    id: _id,
    seq: _seq,
    token: _token,
    isCurrent: _isCurrent,
    ...copy
  } = (await publicationsOf(documentId)).at(-1) as PublicationRow;
  const copies = Array.from({ length: MANY }, (_, count) => ({
    ...copy,
    slug: `${copy.slug}-${count}`,
    documentId: `${documentId}-${count}`,
  }));
  await setup.strapi.plugin('frontmatter').service('publications').record(copies);
}

describe('a site with a filter', () => {
  let status: StatusSite;
  beforeEach(async () => {
    status = await startStatusSite();
  });
  afterEach(() => status.stop());

  const shown = async (): Promise<string | null> =>
    (await setup.strapi.plugin('deploy-hooks').service('hooks').findOne(setup.hookId)).shows;
  const cursor = async (): Promise<number> => (await setup.hooks.row(setup.hookId))?.cursorSeq ?? 0;

  /** @returns A document, its publication before the delivered change, and that of the change. */
  async function deliverChange() {
    const documentId = await publish(fresh('concerned'));
    await addHook({ filter: { changed: ['seo'] }, statusUrl: status.url });
    await edit(documentId, { seo: { title: 'For search engines', description: 'All of it' } });
    await pass(QUIET);
    const [before, change] = (await publicationsOf(documentId)) as [PublicationRow, PublicationRow];
    return { documentId, before, change };
  }

  test('still shows all once unrelated publications have moved the cursor', async () => {
    const { documentId, change } = await deliverChange();
    status.shows(change);
    await pass(MINUTE);
    const shownBefore = await shown();
    await publishUnrelated(documentId);
    await pass(0);

    expect(await cursor()).toBeGreaterThan(change.seq + MANY);
    expect([shownBefore, await shown()]).toEqual(['all', 'all']);
  });

  test('shows all when it catches up after the cursor has moved', async () => {
    const { documentId, before, change } = await deliverChange();
    status.shows(before);
    await pass(5 * MINUTE);
    await publishUnrelated(documentId);
    await pass(0);
    const shownBefore = await shown();
    status.shows(change);
    await pass(MINUTE);

    expect(await cursor()).toBeGreaterThan(change.seq + MANY);
    expect([shownBefore, await shown()]).toEqual(['older', 'all']);
  });
});

describe('an alert whose cause went away without a message', () => {
  let alerts: string[];
  let stopListening: () => void;
  beforeEach(() => {
    alerts = [];
    jest.spyOn(setup.strapi.log, 'error').mockImplementation();
    stopListening = setup.strapi.eventHub.on(
      'deploy-hooks.failing',
      async ({ kind }: { kind: string }) => {
        alerts.push(kind);
      }
    );
  });
  afterEach(() => {
    stopListening();
    jest.mocked(setup.strapi.log.error).mockRestore();
  });

  const failThreeTimes = async (): Promise<void> => {
    await publish(fresh('failing'));
    for (const ms of [QUIET, 7 * SECOND, 7 * MINUTE, 0]) await pass(ms);
  };

  test('does not mute the next one of a hook that was disabled meanwhile', async () => {
    await addHook();
    setup.site.answerWith(() => 503);
    await failThreeTimes();
    const before = [...alerts];
    await setup.hooks.update(setup.hookId, { isEnabled: false });
    await pass(0);
    await setup.hooks.update(setup.hookId, { isEnabled: true });
    await pass(MINUTE);
    await pass(0);

    expect([before, alerts]).toEqual([['failing'], ['failing', 'failing']]);
  });

  test('does not mute the next one of a hook for which nothing was pending meanwhile', async () => {
    const check = async (waitsForMs: number): Promise<void> => {
      const row = await setup.hooks.row(setup.hookId);
      const since = new Date(setup.now - waitsForMs);
      await setup.strapi.plugin('deploy-hooks').service('alerts').check(row, since);
    };
    await addHook();
    await check(20 * MINUTE);
    await check(21 * MINUTE);
    const before = [...alerts];
    await pass(60 * MINUTE); // a round finds nothing pending
    await check(20 * MINUTE);

    expect([before, alerts]).toEqual([['behind'], ['behind', 'behind']]);
  });
});
