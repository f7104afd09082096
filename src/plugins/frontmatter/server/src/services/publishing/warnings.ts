import type { Core } from '@strapi/strapi';
import type { WriteWarning } from '../../../../shared';
import { stateOf, type RequestState } from '../foundation/request-state';
import { serviceOf } from '../foundation/service-of';

/** Collects warnings for the author of a write. Without a request, nobody would read them. */
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

export const getWarnings = serviceOf('warnings', createWarnings);
