import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Shape } from '../core';
import { findDistDir, withApplication as withLoaded } from '../kit/application';
import { loadShapes } from '../node/load-shapes';
import { findOtherServer } from '../node/server-lease';
import { chooseCollections } from './choose-collection';
import { UsageError } from './errors';

/** @throws UsageError if there is no such collection. */
export function findShapes(appDir: string, collection?: string): readonly Shape[] {
  const loaded = loadShapes(path.join(findDistDir(appDir), 'src'));
  return chooseCollections(
    loaded.map(({ shape }) => shape),
    collection
  );
}

/** Lines that say what to do with a running server. */
type Advice = (url: string) => string[];

export interface ApplicationOptions {
  /** Only for tasks that change content: what to do if a server uses the same SQLite database. */
  insteadOfWriting?: Advice | undefined;
}

/**
 * Runs a task with the application loaded in this process, without a server.
 *
 * @throws UsageError with that advice if a server uses the database.
 */
export const withApplication = <T>(
  appDir: string,
  task: (strapi: Core.Strapi) => Promise<T>,
  { insteadOfWriting }: ApplicationOptions = {}
): Promise<T> =>
  withLoaded(
    appDir,
    task,
    insteadOfWriting && ((created) => assertNoServer(created, insteadOfWriting))
  );

/** @throws UsageError that says which server it is, and what to do. */
async function assertNoServer({ db }: Core.Strapi, advice: Advice): Promise<void> {
  const server = await findOtherServer(db, new Date());
  if (!server) return;
  await db.connection.destroy();
  const { pid, host, url, since } = server;
  throw new UsageError(
    [
      `A server runs on this SQLite database (process ${pid} on ${host}, since ${since}), and two processes cannot write there at once: nothing was written.`,
      ...advice(url),
    ].join('\n')
  );
}
