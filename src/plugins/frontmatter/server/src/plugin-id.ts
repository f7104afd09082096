import type { Core } from '@strapi/strapi';

export const PLUGIN_ID = 'frontmatter';

/** Returns the path that all routes of the content API start with: `/api/frontmatter`. */
export const apiPath = (strapi: Core.Strapi): string =>
  `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}`;
