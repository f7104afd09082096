import type { Core } from '@strapi/strapi';
import type { NewHook } from '../../src/plugins/deploy-hooks/shared';
import { startCms, type Cms } from './cms';
import { deployHooks } from './deploy-hooks';
import { startDeployReceiver, type DeployReceiver } from './deploy-receiver';
import { publishRoadmap, ROADMAP } from './roadmaps';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
/** Period of hooks that a test adds without its own periods. */
export const QUIET = 5 * SECOND;
export const LONGEST = 60 * SECOND;

/**
 * Provides a CMS, and a site on loopback that it notifies of changes, for the tests of a file. Time
 * stands still unless a test lets it pass, and each test has its own hook.
 *
 * @param env Variables that the CMS is started with.
 */
export function useNotifiedSite(env: Record<string, string> = {}) {
  let [cms, site]: [Cms, DeployReceiver] = [undefined as never, undefined as never];
  let hooks: ReturnType<typeof deployHooks>;
  let [now, hookId, sequence] = [0, 0, 0];

  beforeAll(async () => {
    site = await startDeployReceiver();
    Object.assign(process.env, env, { DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1' });
    cms = await startCms();
    hooks = deployHooks(cms.strapi);
    for (const plugin of ['frontmatter', 'deploy-hooks']) {
      const clock = cms.strapi.plugin(plugin).service('clock');
      jest.spyOn(clock, 'now').mockImplementation(() => new Date(now));
    }
  });

  afterAll(async () => {
    await cms.stop();
    await site.stop();
    for (const name of [...Object.keys(env), 'DEPLOY_HOOKS_ALLOWED_HOSTS']) {
      delete process.env[name];
    }
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

  const bodyOf = (index: number) => JSON.parse(site.messages[index]?.body ?? 'null');

  return {
    get cms(): Cms {
      return cms;
    },
    get strapi(): Core.Strapi {
      return cms.strapi;
    },
    get site(): DeployReceiver {
      return site;
    },
    get hooks(): ReturnType<typeof deployHooks> {
      return hooks;
    },
    /** The current time of both plugins. */
    get now(): number {
      return now;
    },
    /** Id of the hook that was added last. */
    get hookId(): number {
      return hookId;
    },

    async addHook(settings: Partial<NewHook> = {}): Promise<number> {
      sequence += 1;
      const timing = { quietPeriodMs: QUIET, maxWaitMs: LONGEST };
      const hook = { name: `Site ${sequence}`, url: site.url, ...timing, ...settings };
      ({ id: hookId } = await hooks.create(hook));
      return hookId;
    },

    /** Lets time pass, and then runs the dispatcher once. */
    async pass(ms: number): Promise<void> {
      now += ms;
      await hooks.dispatch();
    },

    /** Returns the body of a received message, by the order of arrival. */
    bodyOf,
    slugsOf: (index: number): string[] =>
      bodyOf(index).data.changes.map(({ slug }: { slug: string }) => slug),

    publish: (slug: string, data: Record<string, unknown> = {}) =>
      publishRoadmap(cms.strapi, { slug, ...data }),
    edit: (documentId: string, data: Record<string, unknown>) =>
      cms.strapi.documents(ROADMAP).update({ documentId, data, status: 'published' }),

    /** Returns a slug that no other test uses. */
    fresh: (name: string): string => `${name}-${(sequence += 1)}`,
  };
}
