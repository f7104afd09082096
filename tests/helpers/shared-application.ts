import type { Cms } from './cms';
import { runCli, runDeployHooks, type CliRun } from './cli';
import { nativeRequire } from './native';

const core = nativeRequire('@strapi/core') as { createStrapi: unknown };

/** Runs a command line in an application that runs already, rather than start one for it alone. */
export const runCliIn = (cms: Cms, ...args: string[]): Promise<CliRun> =>
  sharing(cms, () => runCli(...args));

/** The same of `npm run deploy-hooks`. */
export const runDeployHooksIn = (cms: Cms, ...args: string[]): Promise<CliRun> =>
  sharing(cms, () => runDeployHooks(...args));

/** Gives that application to whoever would load one meanwhile, and keeps it when they destroy theirs. */
async function sharing<T>({ strapi }: Cms, task: () => Promise<T>): Promise<T> {
  const { createStrapi } = core;
  const { destroy } = strapi;
  core.createStrapi = () => ({ db: strapi.db, log: strapi.log, load: async () => strapi });
  strapi.destroy = async () => undefined;
  try {
    return await task();
  } finally {
    core.createStrapi = createStrapi;
    strapi.destroy = destroy;
  }
}
