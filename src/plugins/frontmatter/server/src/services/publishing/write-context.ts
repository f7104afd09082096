import type { Core } from '@strapi/strapi';
import { AsyncLocalStorage } from 'node:async_hooks';
import { PLUGIN_ID } from '../../plugin-id';

/** What a write knows beyond its data; it travels along the calls, not through Strapi's parameters. */
export interface WriteContext {
  /** Dates of an imported file, `YYYY-MM-DD`: publishing that document keeps them. */
  givenDates?: { documentId: string; published: string | null; modified: string | null };
  /**
   * Set during an import. Only then a write may change the attributes that nobody edits (`source`,
   * order of links), and slugs that appear are linked at the end instead of one by one.
   */
  isImport?: boolean;
}

/** Outlives an application: every one that was made slows down each promise of the process. */
const storage = new AsyncLocalStorage<WriteContext>();

export function createWriteContext() {
  return {
    get: (): WriteContext => storage.getStore() ?? {},
    run: <T>(context: WriteContext, task: () => Promise<T>): Promise<T> =>
      storage.run({ ...storage.getStore(), ...context }, task),
  };
}

export const getWriteContext = (strapi: Core.Strapi): ReturnType<typeof createWriteContext> =>
  strapi.plugin(PLUGIN_ID).service('write-context') as ReturnType<typeof createWriteContext>;
