import { findPublications } from '../helpers/frontmatter';
import { startStatusSite } from '../helpers/status-site';
import { MINUTE, QUIET, SECOND, useNotifiedSite } from '../helpers/notified-site';

const METRICS_TOKEN = 'a-token-for-prometheus';

const setup = useNotifiedSite({ FRONTMATTER_METRICS_TOKEN: METRICS_TOKEN });
const { addHook, pass, publish, edit, fresh } = setup;

describe('what a round does besides sending messages', () => {
  /** Collects the kinds of events that listeners get, until the test ends. */
  function listen(): string[] {
    const heard: string[] = [];
    const on = (event: string, wordOf: (payload: { kind?: string }) => string) =>
      setup.strapi.eventHub.on(event, async (payload: { kind?: string }) => {
        heard.push(wordOf(payload));
      });
    stopListening.push(
      on('deploy-hooks.failing', ({ kind }) => String(kind)),
      on('deploy-hooks.recovered', () => 'recovered')
    );
    return heard;
  }
  const stopListening: (() => void)[] = [];
  let errors: jest.SpyInstance;
  beforeEach(() => {
    errors = jest.spyOn(setup.strapi.log, 'error').mockImplementation();
  });
  afterEach(() => {
    errors.mockRestore();
    for (const stop of stopListening.splice(0)) stop();
  });

  test('a site that accepted a message is asked what it shows, until it shows the change', async () => {
    const status = await startStatusSite();
    await addHook({ statusUrl: status.url });
    const documentId = await publish(fresh('live'));
    const [before] = await findPublications(setup.strapi, { documentId });
    await edit(documentId, { title: 'Live at last' });
    const [, after] = await findPublications(setup.strapi, { documentId });
    status.shows(before as { seq: number; token: string });
    await pass(QUIET);
    await pass(10 * SECOND);
    const [waiting] = await setup.hooks.deliveries(setup.hookId);
    status.shows(after as { seq: number; token: string });
    await pass(MINUTE);
    const [live] = await setup.hooks.deliveries(setup.hookId);
    await status.stop();

    expect(waiting?.live).toMatchObject({ kind: 'waiting' });
    expect(live?.live).toEqual({ kind: 'live', at: new Date(setup.now).toISOString() });
    expect(await setup.hooks.row(setup.hookId)).toMatchObject({ liveSeq: after?.seq });
  });

  test('operators hear of failures, again when the site is given up, and when it is notified again', async () => {
    const heard = listen();
    await addHook();
    setup.site.answerWith(() => 503);
    await publish(fresh('alert'));
    await pass(QUIET);
    await pass(7 * SECOND);
    expect(heard).toEqual([]);
    await pass(7 * MINUTE);
    await pass(0);
    expect(heard).toEqual(['failing']);

    setup.site.answerWith(() => 404);
    await pass(60 * MINUTE);
    await pass(60 * MINUTE);
    expect(heard).toEqual(['failing', 'paused']);

    await setup.hooks.operate('resume', setup.hookId);
    await pass(0);
    await pass(0);
    expect(heard).toEqual(['failing', 'paused', 'paused']);

    setup.site.answerWith(() => 204);
    await setup.hooks.operate('resume', setup.hookId);
    await pass(0);
    await pass(0);
    expect(heard).toEqual(['failing', 'paused', 'paused', 'recovered']);
    expect(errors).toHaveBeenCalledTimes(3);
  });

  test('operators hear of a hook whose process ended between pausing it and alerting them', async () => {
    const heard = listen();
    await addHook();
    const noted = { pausedReason: 'answered 404', pausedAt: new Date(setup.now).toISOString() };
    await setup.hooks.note(setup.hookId, noted);
    await pass(0);
    await pass(0);

    expect(heard).toEqual(['paused']);
  });

  test('no alert is raised while changes wait for others as long as the hook allows', async () => {
    const heard = listen();
    await addHook({ quietPeriodMs: 60 * MINUTE, maxWaitMs: 60 * MINUTE });
    await publish(fresh('patient'));
    await pass(59 * MINUTE);
    await pass(MINUTE);

    expect(setup.site.taken).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  test('a listener that never finishes delays no message', async () => {
    let answer = () => {};
    const silent = new Promise<void>((resolve) => (answer = resolve));
    stopListening.push(setup.strapi.eventHub.on('deploy-hooks.failing', () => silent));
    await addHook();
    setup.site.answerWith(() => 503);
    await publish(fresh('silent'));
    await pass(QUIET);
    await pass(7 * SECOND);
    await pass(7 * MINUTE);
    const alerting = pass(0);
    setup.site.answerWith(() => 204);
    const sending = pass(60 * MINUTE);
    await setup.site.count(4);
    answer();
    await Promise.all([alerting, sending]);

    expect(setup.site.taken).toHaveLength(1);
  });

  test('requests are counted by their outcome', async () => {
    const name = fresh('counted');
    await addHook({ name });
    setup.site.answerWith(() => (setup.site.messages.length < 2 ? 503 : 204));
    await publish(fresh('counted'));
    await pass(QUIET);
    await pass(7 * SECOND);
    const { text } = await setup.cms.http
      .get('/api/frontmatter/metrics')
      .set('Authorization', `Bearer ${METRICS_TOKEN}`);

    const counted = text.split('\n').filter((line) => line.includes(`{hook="${name}",outcome=`));
    expect(counted).toEqual([
      `deploy_hooks_attempts_total{hook="${name}",outcome="retry"} 1`,
      `deploy_hooks_attempts_total{hook="${name}",outcome="delivered"} 1`,
    ]);
  });
});
