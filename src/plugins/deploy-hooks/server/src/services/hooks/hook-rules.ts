import type { Core } from '@strapi/strapi';
import { addressProblem, isAllowedHost, portOf, urlProblem } from '../../../../core';
import { getConfig } from '../../config';
import type { FieldProblem } from 'strapi-plugin-frontmatter/kit/field-error';
import { getShapes } from '../../plugin-id';
import { ruleProblems, type GivenSettings } from './settings/rules';
import { getNameLookup } from './name-lookup';
import { serviceOf } from '../foundation/service-of';

const ADDRESSES = ['url', 'statusUrl'] as const;

/** Checks the settings of a hook in this installation. */
export function createHookRules({ strapi }: { strapi: Core.Strapi }) {
  async function resolvedProblem(text: string): Promise<string | undefined> {
    const { allowedHosts } = getConfig(strapi);
    if (urlProblem(text, allowedHosts)) return undefined; // reported by the rules
    const url = new URL(text);
    if (isAllowedHost(url.hostname, portOf(url), allowedHosts)) return undefined;
    const addresses = await getNameLookup(strapi).addressesOf(url.hostname);
    return addresses.flatMap((address) => addressProblem(address, url.hostname) ?? [])[0];
  }

  return {
    /** @param touched Settings that are about to change. */
    problemsOf: (settings: GivenSettings, touched: readonly string[]): FieldProblem[] =>
      ruleProblems(settings, touched, {
        shapes: getShapes(strapi).all(),
        allowedHosts: getConfig(strapi).allowedHosts,
      }),

    /** Checks where names lead now; the sender resolves them again each time. */
    async resolvedProblems(
      given: Partial<Pick<GivenSettings, (typeof ADDRESSES)[number]>>
    ): Promise<FieldProblem[]> {
      const found = await Promise.all(
        ADDRESSES.map(async (name) => {
          const text = given[name];
          const message = text ? await resolvedProblem(text) : undefined;
          return message === undefined ? [] : [{ path: [name], message }];
        })
      );
      return found.flat();
    },
  };
}

export const getHookRules = serviceOf('hook-rules', createHookRules);
