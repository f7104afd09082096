import type { Core } from '@strapi/strapi';

/** Settings of plugins that one test needs, as JSON: Strapi merges them into those of config/plugins.ts. */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin =>
  env.json('TEST_PLUGINS', {});

export default config;
