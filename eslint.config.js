const js = require('@eslint/js');
const globals = require('globals');
const tseslint = require('typescript-eslint');

/** Imports go one way: server | cli | admin → shared → core; node is for server and cli. What a folder must not import: */
const FORBIDDEN_FOLDERS = {
  core: ['shared', 'node', 'server', 'cli', 'admin'],
  shared: ['node', 'server', 'cli', 'admin'],
  node: ['server', 'cli', 'admin'],
  server: ['cli', 'admin'],
  cli: ['server', 'admin'],
  admin: ['node', 'server', 'cli'],
};

const layerRules = Object.entries(FORBIDDEN_FOLDERS).map(([folder, forbidden]) => ({
  files: [`src/plugins/*/${folder}/**/*.{ts,tsx}`],
  ignores: ['**/*.test.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
            message: `${folder}/ may not import from there: imports go server | cli | admin → shared → core.`,
          },
          {
            regex: '^(\\.\\./)+core/.+',
            message: 'core/index.ts is the only door to the core.',
          },
          {
            regex: '(^|[/-])deploy-hooks(/|$)',
            message: 'frontmatter knows nothing of the plugins that follow its publications.',
          },
          ...(folder === 'core'
            ? [{ regex: '^(node:|@strapi/)', message: 'The core is pure: no I/O and no Strapi.' }]
            : []),
        ],
      },
    ],
  },
}));

module.exports = tseslint.config(
  {
    ignores: [
      '**/dist/',
      '.tmp/',
      'build/',
      'coverage/',
      'types/generated/',
      '.strapi/',
      '.cache/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // The type of a module that is loaded by require has no other form.
        { disallowTypeAnnotations: false },
      ],
    },
  },
  // Wire types: one namespace for each endpoint.
  {
    files: ['src/plugins/*/shared/**'],
    rules: { '@typescript-eslint/no-namespace': 'off' },
  },
  { files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['examples/**', 'tests/**', 'scripts/**', 'src/plugins/*/cli/index.ts'],
    rules: { 'no-console': 'off' },
  },
  ...layerRules
);
