import type { Core } from '@strapi/strapi';

export const PLUGIN_ID = 'frontmatter';

/** Where the routes of the content API begin: `/api/frontmatter`. */
export const apiPath = (strapi: Core.Strapi): string =>
  `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}`;
