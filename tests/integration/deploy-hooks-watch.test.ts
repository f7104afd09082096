import { findPublications } from '../helpers/frontmatter';
import { startStatusSite } from '../helpers/status-site';
import { MINUTE, QUIET, SECOND, useToldSite } from '../helpers/told-site';

const METRICS_TOKEN = 'a-token-for-prometheus';

const told = useToldSite({ FRONTMATTER_METRICS_TOKEN: METRICS_TOKEN });
const { addHook, pass, publish, edit, fresh } = told;

describe('what comes of a round beside a message', () => {
  /** What listeners are told of, by kind, until the test ends. */
  function listen(): string[] {
    const heard: string[] = [];
    const on = (event: string, wordOf: (payload: { kind?: string }) => string) =>
      told.strapi.eventHub.on(event, async (payload: { kind?: string }) => {
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
    errors = jest.spyOn(told.strapi.log, 'error').mockImplementation();
  });
  afterEach(() => {
    errors.mockRestore();
    for (const stop of stopListening.splice(0)) stop();
  });

  test('a site that took a message is asked for what it shows, until it shows it', async () => {
    const status = await startStatusSite();
    await addHook({ statusUrl: status.url });
    const documentId = await publish(fresh('live'));
    const [before] = await findPublications(told.strapi, { documentId });
    await edit(documentId, { title: 'Live at last' });
    const [, after] = await findPublications(told.strapi, { documentId });
    status.shows(before as { seq: number; token: string });
    await pass(QUIET);
    await pass(10 * SECOND);
    const [waiting] = await told.hooks.deliveries(told.hookId);
    status.shows(after as { seq: number; token: string });
    await pass(MINUTE);
    const [live] = await told.hooks.deliveries(told.hookId);
    await status.stop();

    expect(waiting?.live).toMatchObject({ kind: 'waiting' });
    expect(live?.live).toEqual({ kind: 'live', at: new Date(told.now).toISOString() });
    expect(await told.hooks.row(told.hookId)).toMatchObject({ liveSeq: after?.seq });
  });

  test('operators hear of failures, once more when the site is given up, and when it is told again', async () => {
    const heard = listen();
    await addHook();
    told.site.answerWith(() => 503);
    await publish(fresh('alert'));
    await pass(QUIET);
    await pass(7 * SECOND);
    expect(heard).toEqual([]);
    await pass(7 * MINUTE);
    await pass(0);
    expect(heard).toEqual(['failing']);

    told.site.answerWith(() => 404);
    await pass(60 * MINUTE);
    await pass(60 * MINUTE);
    expect(heard).toEqual(['failing', 'paused']);

    await told.hooks.operate('resume', told.hookId);
    await pass(0);
    await pass(0);
    expect(heard).toEqual(['failing', 'paused', 'paused']);

    told.site.answerWith(() => 204);
    await told.hooks.operate('resume', told.hookId);
    await pass(0);
    await pass(0);
    expect(heard).toEqual(['failing', 'paused', 'paused', 'recovered']);
    expect(errors).toHaveBeenCalledTimes(3);
  });

  test('operators hear of a hook whose process ended between pausing it and telling them', async () => {
    const heard = listen();
    await addHook();
    const noted = { pausedReason: 'answered 404', pausedAt: new Date(told.now).toISOString() };
    await told.hooks.note(told.hookId, noted);
    await pass(0);
    await pass(0);

    expect(heard).toEqual(['paused']);
  });

  test('nobody is alarmed while changes wait for others as long as the hook allows', async () => {
    const heard = listen();
    await addHook({ quietPeriodMs: 60 * MINUTE, maxWaitMs: 60 * MINUTE });
    await publish(fresh('patient'));
    await pass(59 * MINUTE);
    await pass(MINUTE);

    expect(told.site.taken).toHaveLength(1);
    expect(heard).toEqual([]);
  });

  test('a listener that never answers holds up no message', async () => {
    let answer = () => {};
    const silent = new Promise<void>((resolve) => (answer = resolve));
    stopListening.push(told.strapi.eventHub.on('deploy-hooks.failing', () => silent));
    await addHook();
    told.site.answerWith(() => 503);
    await publish(fresh('silent'));
    await pass(QUIET);
    await pass(7 * SECOND);
    await pass(7 * MINUTE);
    const alerting = pass(0);
    told.site.answerWith(() => 204);
    const telling = pass(60 * MINUTE);
    await told.site.count(4);
    answer();
    await Promise.all([alerting, telling]);

    expect(told.site.taken).toHaveLength(1);
  });

  test('requests are counted by what became of them', async () => {
    const name = fresh('counted');
    await addHook({ name });
    told.site.answerWith(() => (told.site.messages.length < 2 ? 503 : 204));
    await publish(fresh('counted'));
    await pass(QUIET);
    await pass(7 * SECOND);
    const { text } = await told.cms.http
      .get('/api/frontmatter/metrics')
      .set('Authorization', `Bearer ${METRICS_TOKEN}`);

    const counted = text.split('\n').filter((line) => line.includes(`{hook="${name}",outcome=`));
    expect(counted).toEqual([
      `deploy_hooks_attempts_total{hook="${name}",outcome="retry"} 1`,
      `deploy_hooks_attempts_total{hook="${name}",outcome="delivered"} 1`,
    ]);
  });
});
