const js = require('@eslint/js');
const globals = require('globals');
const tseslint = require('typescript-eslint');

/** Imports go one way: server | cli | admin → shared → core; node and kit are for server and cli. What a folder must not import: */
const FORBIDDEN_FOLDERS = {
  core: ['shared', 'node', 'kit', 'server', 'cli', 'admin'],
  shared: ['node', 'kit', 'server', 'cli', 'admin'],
  node: ['kit', 'server', 'cli', 'admin'],
  /** What both plugins are made with. */
  kit: ['core', 'shared', 'node', 'server', 'cli', 'admin'],
  server: ['cli', 'admin'],
  cli: ['server', 'admin'],
  admin: ['node', 'kit', 'server', 'cli'],
};

/**
 * Folders of `server/src/services`, each with those below it, which it may import. Files of
 * one folder import each other.
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

/** Past the services, a service imports what describes the plugin and its tables. */
const OUTSIDE_OF_SERVICES = ['controllers', 'middlewares', 'openapi', 'requests', 'routes'];

const serviceRules = Object.entries(SERVICES).flatMap(([plugin, folders]) =>
  Object.entries(folders).map(([folder, below]) => {
    const allowed = [folder, 'foundation', ...below];
    const forbidden = Object.keys(folders).filter((name) => !allowed.includes(name));
    return restrictImports(
      [`${plugin}/server/src/services/${folder}`],
      [
        // ESLint takes the last configuration of a rule that fits a file.
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
    files: ['examples/**', 'tests/**', 'scripts/**', 'src/plugins/*/kit/command-line.ts'],
    rules: { 'no-console': 'off' },
  },
  ...layerRules,
  ...serviceRules
);
