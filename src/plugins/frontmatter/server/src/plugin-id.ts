import type { Core } from '@strapi/strapi';
import type { Services } from './services';

export const PLUGIN_ID = 'frontmatter';

/** The plugin's services with their types; Strapi's own lookup gives `any`. */
export const getService = <Name extends keyof Services>(
  strapi: Core.Strapi,
  name: Name
): ReturnType<Services[Name]> =>
  strapi.plugin(PLUGIN_ID).service(name) as ReturnType<Services[Name]>;

/** Where the routes of the content API begin: `/api/frontmatter`. */
export const apiPath = (strapi: Core.Strapi): string =>
  `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}`;
