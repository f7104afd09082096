/** What comes with Strapi: a plugin must not bring copies of its own. */
const OPTIONAL_PEERS = ['@strapi/design-system', '@strapi/icons', 'react-intl'];

/** @type {import('knip').KnipConfig} */
module.exports = {
  workspaces: {
    '.': {
      entry: [
        // Strapi loads these by name.
        'config/**/*.ts',
        'src/index.ts',
        'src/admin/*.ts',
        'src/api/*/{controllers,routes,services}/*.ts',
        'src/api/*/content-types/*/lifecycles.ts',
        'src/api/*/frontmatter.ts',
        'src/middlewares/*.ts',
        // Tests start these in separate processes.
        'tests/{helpers,environment}/*.{js,mjs}',
        'tests/bench/*.js',
        'tests/e2e/playwright.config.ts',
      ],
      // Tests install the samples and run them as they are.
      ignore: ['examples/**', 'packages/*/src/**', 'tests/pack/blog/**'],
      ignoreDependencies: [
        '@strapi/client', // a sample imports it
        'better-sqlite3', // Knex loads it by name
        /^(@astrojs\/node|astro-loader-frontmatter)$/, // the site of the examples imports them
        '@seriousme/openapi-schema-validator', // a test runs its command
        /^@strapi\/(database|typescript-utils|utils)$/, // come with @strapi/strapi
        '@strapi/plugin-users-permissions', // Strapi finds plugins in package.json
      ],
    },
    'src/plugins/frontmatter': {
      entry: ['cli/index.ts'],
      ignore: ['dist/**'],
      ignoreDependencies: [...OPTIONAL_PEERS, '@strapi/utils', 'json-schema-to-typescript'],
    },
    'src/plugins/deploy-hooks': {
      entry: ['cli/index.ts', 'core/index.ts'],
      ignoreDependencies: OPTIONAL_PEERS,
    },
  },
  // Its types alone, as Strapi's database layer uses them.
  ignoreDependencies: ['knex'],
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreBinaries: ['mkfifo', 'mount', 'openssl', 'umount'],
};
