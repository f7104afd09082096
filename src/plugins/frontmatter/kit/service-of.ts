import type { Core } from '@strapi/strapi';

/** Creates a function that creates accessors of a plugin's services, typed by their factories. */
export const createServiceOf =
  (plugin: string) =>
  <T>(name: string, _factory: (options: { strapi: Core.Strapi }) => T) =>
  (strapi: Core.Strapi): T =>
    strapi.plugin(plugin).service(name) as T;
