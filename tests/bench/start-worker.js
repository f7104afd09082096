const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const { DIST_DIR, PROJECT_DIR } = require('./plain-app');

const SECRETS = Object.fromEntries(
  [
    'APP_KEYS',
    'API_TOKEN_SALT',
    'ADMIN_JWT_SECRET',
    'TRANSFER_TOKEN_SALT',
    'JWT_SECRET',
    'ENCRYPTION_KEY',
  ].map((name) => [name, `bench-${name}`])
);

const envOf = (database) => ({
  PATH: process.env.PATH,
  ENV_PATH: 'no-such-file',
  LOG_LEVEL: 'error',
  ...SECRETS,
  ...database,
});

/** Starts a CMS in its own process; `run` sends it a task of worker.js. */
async function startWorker(database, { distDir = DIST_DIR, env = {} } = {}) {
  const { BENCH_PROFILE: profileDir } = process.env;
  const child = fork(path.join(__dirname, 'worker.js'), [PROJECT_DIR, distDir], {
    cwd: PROJECT_DIR,
    env: { ...envOf(database), ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'], // Strapi prints a banner to stdout
    execArgv: profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the worker ended with ${code}: see above`);
  });
  ended.catch(() => {}); // also settles after `stop`
  const answer = async () => {
    const [{ error, result }] = await Promise.race([once(child, 'message'), ended]);
    if (error) throw new Error(error);
    return result;
  };
  await answer();
  return {
    run(task, options = {}) {
      child.send({ task, options });
      return answer();
    },
    async stop() {
      child.disconnect();
      await ended.catch(() => {});
    },
  };
}

module.exports = { envOf, startWorker };
