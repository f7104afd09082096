import type { Core } from '@strapi/strapi';
import type { WriteWarning } from '../../../../shared';
import { PLUGIN_ID } from '../../plugin-id';
import { stateOf, type RequestState } from '../foundation/request-state';

/** Gathers what the author of a write should know; of a write without a request, nobody asks. */
export function createWarnings({ strapi }: { strapi: Core.Strapi }) {
  const state = (): RequestState | undefined => {
    const request = strapi.requestContext.get();
    return request && stateOf(request);
  };

  return {
    areWanted: (): boolean => state() !== undefined,

    add(warning: WriteWarning): void {
      const request = state();
      if (request) (request.frontmatterWarnings ??= []).push(warning);
    },
  };
}

export type Warnings = ReturnType<typeof createWarnings>;

export const getWarnings = (strapi: Core.Strapi): Warnings =>
  strapi.plugin(PLUGIN_ID).service('warnings') as Warnings;
