import type { Core } from '@strapi/strapi';

/** Returns plugin settings for a test, from JSON. Strapi merges them into config/plugins.ts. */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Plugin =>
  env.json('TEST_PLUGINS', {});

export default config;
