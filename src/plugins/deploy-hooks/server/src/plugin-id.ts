import type { Core } from '@strapi/strapi';
import type { Registry } from 'prom-client';
import type { Shape } from 'strapi-plugin-frontmatter/core';
import type { PublicationLog } from 'strapi-plugin-frontmatter/shared';

export const PLUGIN_ID = 'deploy-hooks';

/** The path where hosts report builds, without the id of a hook: `/api/deploy-hooks/reports/`. */
export const reportPath = (strapi: Core.Strapi): string =>
  `${strapi.config.get('api.rest.prefix', '/api')}/${PLUGIN_ID}/reports/`;

export const reportUrlOf = (strapi: Core.Strapi, hookId: number): string =>
  `${strapi.config.get('server.absoluteUrl', '')}${reportPath(strapi)}${hookId}`;

/** Positions and changes: what the hooks of this plugin follow. */
export const getPublicationLog = (strapi: Core.Strapi): PublicationLog =>
  strapi.plugin('frontmatter').service('publication-log') as PublicationLog;

/** Collections and their keys, which filters refer to. */
export const getShapes = (strapi: Core.Strapi): { all(): readonly Shape[] } =>
  strapi.plugin('frontmatter').service('shapes') as { all(): readonly Shape[] };

/** The registry that counts metrics; `undefined` if metrics are off. */
export const getMetricsRegistry = (strapi: Core.Strapi): Registry | undefined =>
  (strapi.plugin('frontmatter').service('metrics') as { registry?: Registry }).registry;
