const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { readFile } = require('node:fs/promises');
const { createServer } = require('node:net');
const path = require('node:path');
const { setTimeout: wait } = require('node:timers/promises');
const { DIST_DIR, PROJECT_DIR } = require('./plain-app');
const { envOf } = require('./start-worker');

const START_APPLICATION = path.join(__dirname, '..', 'helpers', 'start-application.js');
const POLL_MS = 100;
const SECOND_MS = 1_000;
/** Unit of times in `/proc/<pid>/stat`: USER_HZ is 100 on Linux. */
const MS_PER_TICK = 10;
const IDLE_SHARE = 0.1;
const IDLE_IN_A_ROW = 3;

/** Starts a production CMS as a process on a free loopback port, and waits until it answers. */
async function startServer(database, { distDir = DIST_DIR, env = {} } = {}) {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [START_APPLICATION, distDir], {
    cwd: PROJECT_DIR,
    env: {
      ...envOf(database),
      NODE_ENV: 'production',
      LOG_LEVEL: 'http', // the default of an installation
      HOST: '127.0.0.1',
      PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const answers = () =>
    fetch(`${url}/_health`).then(
      ({ ok }) => ok,
      () => false
    );
  while (!(await answers())) {
    if (child.exitCode !== null)
      throw new Error(`the server ended with ${child.exitCode}: see above`);
    await wait(POLL_MS);
  }
  return {
    url,
    /** Returns the resident memory in bytes. */
    async memory() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1024;
    },
    /** Waits until the server is idle, which compares all documents after a start. */
    async settled() {
      const used = async () => {
        const fields = (await readFile(`/proc/${child.pid}/stat`, 'utf8'))
          .split(') ')[1]
          .split(' ');
        return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
      };
      for (let before = await used(), idle = 0; idle < IDLE_IN_A_ROW;) {
        await wait(SECOND_MS);
        const now = await used();
        idle = now - before < IDLE_SHARE * SECOND_MS ? idle + 1 : 0;
        before = now;
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function findFreePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

module.exports = { startServer };
