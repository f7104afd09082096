const { createRequire } = require('node:module');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/** The signals that a CMS listens to as soon as it is created. */
const SIGNALS = ['SIGINT', 'SIGTERM'];

const nativeRequire = createRequire(__filename);
let isForgetful = false;

/**
 * Clears handlers that Strapi's plugins register at each start with hooks that outlive an
 * application: otherwise the work of a start would grow with the square of the number of starts.
 */
function forgetHandlers() {
  if (isForgetful) return;
  isForgetful = true;
  const core = path.dirname(nativeRequire.resolve('@strapi/core/package.json'));
  const { prototype } = nativeRequire(path.join(core, 'dist', 'Strapi.js'));
  const { destroy } = prototype;
  prototype.destroy = function () {
    const { actionProvider } = this.service('admin::permission') ?? {};
    const { hooks } = this.service('admin::role') ?? {};
    for (const hook of Object.values({ ...actionProvider?.hooks, ...hooks })) {
      hook.getHandlers().length = 0;
    }
    return destroy.call(this);
  };
}

/**
 * Jest's Node environment, which adds three objects of the worker to the sandbox of each test file:
 *
 * - `nativeRequire`: Node's own `require`. What it loads is kept for the lifetime of the worker.
 *   Jest's would load and compile Strapi again for every file, which costs 3.5 seconds of CPU.
 * - `process`: a CMS that was loaded natively reads its settings from the real `process.env`.
 * - `Date`: database drivers recognize a date by `instanceof`.
 */
class NativeEnvironment extends TestEnvironment {
  #env = { ...process.env };
  #listeners = new Map(SIGNALS.map((signal) => [signal, process.rawListeners(signal)]));
  #removeAllListeners = process.removeAllListeners;

  async setup() {
    await super.setup();
    forgetHandlers();
    this.global.nativeRequire = nativeRequire;
    this.global.process = process;
    this.global.Date = Date;
    this.global.runningCms = new Set();
    // strapi.destroy() removes every listener of the process, even Jest's channel to its parent.
    process.removeAllListeners = (...names) => {
      if (names.length > 0) return this.#removeAllListeners.apply(process, names);
      this.#removeSignalListeners();
      return process;
    };
  }

  async teardown() {
    // Failed tests may have left a CMS running.
    for (const cms of this.global.runningCms) await cms.stop();
    this.#removeSignalListeners();
    process.removeAllListeners = this.#removeAllListeners;
    for (const name of Object.keys(process.env)) {
      if (!(name in this.#env)) delete process.env[name];
    }
    Object.assign(process.env, this.#env);
    await super.teardown();
  }

  #removeSignalListeners() {
    for (const [signal, kept] of this.#listeners) {
      for (const listener of process.rawListeners(signal)) {
        if (!kept.includes(listener)) process.removeListener(signal, listener);
      }
    }
  }
}

module.exports = NativeEnvironment;
