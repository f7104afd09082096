import type { Core } from '@strapi/strapi';

/** Makes the function that makes typed accessors of a plugin's services, by the factories that create them. */
export const createServiceOf =
  (plugin: string) =>
  <T>(name: string, _factory: (options: { strapi: Core.Strapi }) => T) =>
  (strapi: Core.Strapi): T =>
    strapi.plugin(plugin).service(name) as T;
