import type { Core } from '@strapi/strapi';
import type { WriteWarning } from '../../../../shared';
import { PLUGIN_ID } from '../../plugin-id';

/** Where they wait in the state of a request until it is answered. */
export const WARNINGS = 'frontmatterWarnings';

/** Gathers what the author of a write should know; of a write without a request, nobody asks. */
export function createWarnings({ strapi }: { strapi: Core.Strapi }) {
  const state = (): Record<string, unknown> | undefined => strapi.requestContext.get()?.state;

  return {
    areWanted: (): boolean => state() !== undefined,

    add(warning: WriteWarning): void {
      const request = state();
      if (request) request[WARNINGS] = [...((request[WARNINGS] ?? []) as object[]), warning];
    },
  };
}

export type Warnings = ReturnType<typeof createWarnings>;

export const getWarnings = (strapi: Core.Strapi): Warnings =>
  strapi.plugin(PLUGIN_ID).service('warnings') as Warnings;
