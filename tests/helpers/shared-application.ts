import type { Cms } from './cms';
import { runCli, runDeployHooks, type CliRun } from './cli';
import { nativeRequire } from './native';

const core = nativeRequire('@strapi/core') as { createStrapi: unknown };

/** Runs a command line in an application that is already running, instead of starting another. */
export const runCliIn = (cms: Cms, ...args: string[]): Promise<CliRun> =>
  sharing(cms, () => runCli(...args));

/** Like `runCliIn`, but for `npm run deploy-hooks`. */
export const runDeployHooksIn = (cms: Cms, ...args: string[]): Promise<CliRun> =>
  sharing(cms, () => runDeployHooks(...args));

/** Makes a task use the application instead of loading one, and ignore its `destroy`. */
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
