const { readdirSync, readFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const path = require('node:path');

const INTEGRATION_DIR = path.join(__dirname, 'tests', 'integration');

/** Begins a test file that would find nothing more on PostgreSQL. */
const ON_SQLITE_ALONE = '// npm test runs this on SQLite alone:';

/** Returns the tests that `npm test` leaves to `npm run test:full`. */
const leftToFull = (client) =>
  client === 'sqlite' || process.env.TEST_DEPTH === 'full'
    ? []
    : readdirSync(INTEGRATION_DIR)
        .filter((name) => isOnSqliteAlone(path.join(INTEGRATION_DIR, name)))
        .map((name) => `/tests/integration/${name}$`);

const isOnSqliteAlone = (file) => readFileSync(file, 'utf8').startsWith(ON_SQLITE_ALONE);

/** @type {import('jest').Config} */
const common = {
  testEnvironment: 'node',
  // Jest would delete what a test file leaves on globals, and workers share some with Node itself.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};

/** Configures the same tests for one database; `tests/helpers/database.ts` reads which. */
const onDatabase = (client) => ({
  ...common,
  displayName: client,
  testMatch: ['<rootDir>/tests/{integration,acceptance,soak}/**/*.test.ts'],
  testPathIgnorePatterns: leftToFull(client),
  globals: { databaseClient: client },
  testEnvironment: '<rootDir>/tests/environment/native-environment.js',
  globalSetup: `<rootDir>/tests/environment/start-${client}.mjs`,
  ...(client === 'postgres' && {
    globalTeardown: '<rootDir>/tests/environment/stop-postgres.mjs',
  }),
});

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: 'unit',
      setupFiles: ['<rootDir>/tests/helpers/property-seed.ts'],
      testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/tests/tooling/**/*.test.ts'],
    },
    onDatabase('sqlite'),
    onDatabase('postgres'),
  ],
  // Ends only tests that hang: a slow, busy machine takes a minute to start a CMS.
  testTimeout: 300_000,
  workerIdleMemoryLimit: '1.5GB',
  // Tests spend much of their time waiting for their own servers, databases and processes.
  maxWorkers: availableParallelism(),
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/src/plugins/[^/]+/dist'],
};
