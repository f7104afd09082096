import type { HookRow } from '../../src/plugins/deploy-hooks/server/src/models';
import { startCms, type Cms } from '../helpers/cms';
import { createHookRow, deleteHookRows, findHookRow, updateHookRow } from '../helpers/hook-rows';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const START = new Date('2026-03-01T12:00:00Z');

let cms: Cms;

beforeAll(async () => {
  process.env['DEPLOY_HOOKS_ENABLED'] = 'false'; // nothing runs unless a test starts it
  cms = await startCms();
  delete process.env['DEPLOY_HOOKS_ENABLED'];
});

afterAll(() => cms.stop());

beforeEach(() => {
  jest.spyOn(service('clock'), 'now').mockReturnValue(START);
});

afterEach(async () => {
  jest.restoreAllMocks();
  await deleteHookRows(cms.strapi);
});

const service = (name: string) => cms.strapi.plugin('deploy-hooks').service(name);

/** @param ms Time since the start of a test. */
const at = (ms: number): Date => new Date(START.getTime() + ms);

describe('an alert about a site that is not notified', () => {
  const failed = {
    failures: 3,
    failingSince: START.toISOString(),
    failureReason: 'answered 503',
  };
  const check = (row: HookRow, pendingSince?: Date): Promise<void> =>
    service('alerts').check(row, pendingSince);
  const spyOnLog = (level: 'error' | 'warn' | 'info') =>
    jest.spyOn(cms.strapi.log, level).mockImplementation();

  /** Collects what listeners of an event get, until the test ends. */
  function listen(event: string): unknown[] {
    const heard: unknown[] = [];
    const stop = cms.strapi.eventHub.on(event, async (payload: unknown) => {
      heard.push(payload);
    });
    stopListening.push(stop);
    return heard;
  }
  const stopListening: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stopListening.splice(0)) stop();
  });

  test('is raised once, even by simultaneous checks, and again after a recovery', async () => {
    const hook = await createHookRow(cms.strapi, failed);
    const [errors, infos] = [spyOnLog('error'), spyOnLog('info')];
    const [failing, recoveries] = ['failing', 'recovered'].map((n) => listen(`deploy-hooks.${n}`));

    await Promise.all([check(hook), check(hook), check(hook)]);
    await check(await findHookRow(cms.strapi, hook.id));
    expect(errors.mock.calls).toEqual([
      [expect.stringMatching(/3 times in a row.*answered 503/), { hook: hook.name }],
    ]);
    expect(failing).toEqual([
      {
        hook: { id: hook.id, name: hook.name },
        kind: 'failing',
        failures: 3,
        reason: 'answered 503',
        since: START.toISOString(),
      },
    ]);

    const lastDeliveredAt = at(SECOND_MS).toISOString();
    const recovered = await updateHookRow(cms.strapi, hook.id, { lastDeliveredAt, failures: 0 });
    await Promise.all([check(recovered), check(recovered)]);
    await check(recovered);
    expect(infos.mock.calls).toEqual([
      [expect.stringContaining('notified of changes again'), { hook: hook.name }],
    ]);
    expect(recoveries).toEqual([
      { hook: { id: hook.id, name: hook.name }, alertedAt: START.toISOString() },
    ]);
    await check(await updateHookRow(cms.strapi, hook.id, failed));
    expect(failing).toHaveLength(2);
  });

  test('is raised for changes that wait too long and for a paused hook', async () => {
    const errors = spyOnLog('error');
    const failing = listen('deploy-hooks.failing');
    const behind = await createHookRow(cms.strapi);
    await check(behind, at(1 - 16 * MINUTE_MS)); // 1 ms short of 15 minutes beyond the longest wait
    await check(behind, at(-16 * MINUTE_MS));
    const pausedAt = START.toISOString();
    await check(
      await createHookRow(cms.strapi, {
        ...failed,
        failures: 1,
        pausedReason: 'answered 404',
        pausedAt,
      })
    );
    await check(await createHookRow(cms.strapi, { pausedReason: 'by an operator', pausedAt }));
    await check(await createHookRow(cms.strapi, { ...failed, isEnabled: false }));

    expect(failing).toEqual([
      expect.objectContaining({ kind: 'behind', since: at(-16 * MINUTE_MS).toISOString() }),
      expect.objectContaining({ kind: 'paused', reason: 'answered 404', failures: 1 }),
    ]);
    expect(errors).toHaveBeenCalledTimes(2);
  });

  test('is logged even if a listener fails', async () => {
    const errors = spyOnLog('error');
    stopListening.push(
      cms.strapi.eventHub.on('deploy-hooks.failing', async () => {
        throw new Error('no room');
      })
    );
    await check(await createHookRow(cms.strapi, failed));

    expect(errors.mock.calls.map(([text]) => text)).toEqual([
      expect.stringContaining('3 times'),
      expect.stringContaining('a listener to deploy-hooks.failing failed: Error: no room'),
    ]);
  });

  describe('by email', () => {
    const email = () => cms.strapi.plugin('email') as unknown as { provider: object };
    let provider: object;

    beforeEach(() => {
      ({ provider } = email());
      spyOnLog('error');
      cms.strapi.config.set('plugin::deploy-hooks.alertEmail', 'ops@example.org');
      cms.strapi.config.set('plugin::email.provider', 'nodemailer');
    });

    afterEach(() => {
      email().provider = provider;
      cms.strapi.config.set('plugin::deploy-hooks.alertEmail', '');
      cms.strapi.config.set('plugin::email.provider', 'sendmail');
    });

    test('is sent to the configured address', async () => {
      const sent: unknown[] = [];
      email().provider = { send: async (message: unknown) => sent.push(message) };
      const hook = await createHookRow(cms.strapi, failed);
      await check(hook);

      expect(sent).toEqual([
        {
          to: 'ops@example.org',
          subject: `Deploy hook '${hook.name}' needs attention`,
          text: expect.stringMatching(/3 times in a row.*answered 503/),
        },
      ]);
    });

    test('is logged even if the email cannot be sent', async () => {
      email().provider = { send: () => Promise.reject(new Error('the mail server is down')) };
      await check(await createHookRow(cms.strapi, failed));

      expect(jest.mocked(cms.strapi.log.error).mock.calls.map(([text]) => text)).toEqual([
        expect.stringContaining('3 times'),
        expect.stringContaining('the email of an alert was not sent: Error: the mail server'),
      ]);
    });

    test('is not sent by a provider that nobody configured, and a warning says so', async () => {
      cms.strapi.config.set('plugin::email.provider', 'sendmail');
      const warnings = spyOnLog('warn');
      await check(await createHookRow(cms.strapi, failed));

      expect(warnings.mock.calls).toEqual([
        [expect.stringContaining('configure a provider'), expect.anything()],
      ]);
    });
  });
});
