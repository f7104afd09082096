const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};

/** The same tests against a database each; `tests/helpers/database.ts` reads which. */
const onDatabase = (client) => ({
  ...common,
  displayName: client,
  testMatch: ['<rootDir>/tests/{integration,acceptance,soak}/**/*.test.ts'],
  globals: { databaseClient: client },
  testEnvironment: '<rootDir>/tests/environment/native-environment.js',
  // It deletes what test files leave on globals, and Node's own are shared here.
  testEnvironmentOptions: { globalsCleanup: 'off' },
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
  // Ends what hangs; a slow machine with other work beside takes a minute to start a CMS.
  testTimeout: 300_000,
  workerIdleMemoryLimit: '1.5GB',
  // Tests wait for servers, databases and processes of their own for a good part of their time.
  maxWorkers: availableParallelism() + 1,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/src/plugins/[^/]+/dist'],
};
