const js = require('@eslint/js');
const globals = require('globals');
const tseslint = require('typescript-eslint');

/**
 * What each folder must not import. Imports go one way: server | cli | admin → shared → core; node
 * and kit are for server and cli.
 */
const FORBIDDEN_FOLDERS = {
  core: ['shared', 'node', 'kit', 'server', 'cli', 'admin'],
  shared: ['node', 'kit', 'server', 'cli', 'admin'],
  node: ['kit', 'server', 'cli', 'admin'],
  /** What both plugins are built with. */
  kit: ['core', 'shared', 'node', 'server', 'cli', 'admin'],
  server: ['cli', 'admin'],
  cli: ['server', 'admin'],
  admin: ['node', 'kit', 'server', 'cli'],
};

/**
 * Folders of `server/src/services`, each with the folders below it, which it may import. Files of
 * one folder may import each other.
 */
const SERVICES = {
  frontmatter: {
    maintenance: ['importing', 'linking', 'publishing', 'reading', 'rendering', 'store'],
    writing: ['linking', 'publishing', 'rendering', 'store'],
    importing: ['linking', 'publishing', 'reading', 'rendering', 'store'],
    editing: ['linking', 'publishing', 'rendering', 'store'],
    linking: ['publishing', 'rendering', 'store'],
    publishing: ['rendering', 'store'],
    reading: ['rendering', 'store'],
    rendering: ['store'],
    store: [],
    foundation: [],
  },
  'deploy-hooks': {
    reporting: ['dispatching', 'deliveries', 'following', 'sending', 'hooks'],
    operating: ['dispatching', 'deliveries', 'following', 'sending', 'hooks'],
    dispatching: ['deliveries', 'following', 'sending', 'hooks'],
    deliveries: ['following', 'sending', 'hooks'],
    following: ['hooks'],
    sending: ['hooks'],
    hooks: [],
    foundation: [],
  },
};

const restrictImports = (files, patterns) => ({
  files: files.map((folder) => `src/plugins/${folder}/**/*.{ts,tsx}`),
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const layersOf = (folder) => [
  {
    regex: `^(\\.\\./)+(${FORBIDDEN_FOLDERS[folder].join('|')})(/|$)`,
    message: `${folder}/ may not import from there: imports go server | cli | admin → shared → core.`,
  },
  { regex: '^(\\.\\./)+core/.+', message: 'core/index.ts is the only door to the core.' },
  {
    regex: '(^|[/-])deploy-hooks(/|$)',
    message: 'frontmatter knows nothing of the plugins that follow its publications.',
  },
  {
    regex: '^(@strapi/utils|http-errors)$',
    message: 'Take the copies that Strapi uses: kit/strapi-utils.',
  },
  ...(folder === 'core'
    ? [{ regex: '^(node:|@strapi/)', message: 'The core is pure: no I/O and no Strapi.' }]
    : []),
];

const layerRules = Object.keys(FORBIDDEN_FOLDERS).map((folder) =>
  restrictImports([`*/${folder}`], layersOf(folder))
);

/** Outside of services/, a service may import only what describes the plugin and its tables. */
const OUTSIDE_OF_SERVICES = ['controllers', 'middlewares', 'openapi', 'requests', 'routes'];

const serviceRules = Object.entries(SERVICES).flatMap(([plugin, folders]) =>
  Object.entries(folders).map(([folder, below]) => {
    const allowed = [folder, 'foundation', ...below];
    const forbidden = Object.keys(folders).filter((name) => !allowed.includes(name));
    return restrictImports(
      [`${plugin}/server/src/services/${folder}`],
      [
        // ESLint applies only the last configuration of a rule that matches a file.
        ...layersOf('server'),
        {
          regex: `^(\\.\\./)+(${[...forbidden, ...OUTSIDE_OF_SERVICES].join('|')})(/|$)`,
          message: `services/${folder} may import services/{${allowed.join(',')}} only.`,
        },
      ]
    );
  })
);

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
      '**/.astro/',
      '**/.builds/',
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
      'no-duplicate-imports': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // The type of a module loaded by require can only be written as an import type.
        { disallowTypeAnnotations: false },
      ],
    },
  },
  // Wire types: one namespace per endpoint.
  {
    files: ['src/plugins/*/shared/**'],
    rules: { '@typescript-eslint/no-namespace': 'off' },
  },
  { files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    files: ['examples/**', 'tests/**', 'scripts/**', 'src/plugins/*/kit/command-line.ts'],
    rules: { 'no-console': 'off' },
  },
  ...layerRules,
  ...serviceRules
);
