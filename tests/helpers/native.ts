declare global {
  /** Set by `tests/environment/native-environment.js`. */
  var nativeRequire: NodeJS.Require | undefined;
}

/**
 * Loads a module once per Jest worker instead of once per test file. In files that use Jest's own
 * environment, this is Jest's `require`, which loads everything again.
 */
export const nativeRequire: NodeJS.Require = globalThis.nativeRequire ?? require;

export const supertest = nativeRequire('supertest') as typeof import('supertest');
