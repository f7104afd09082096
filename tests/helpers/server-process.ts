import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_DIR, TEST_SECRETS } from './cms';
import type { TestDatabase } from './database';

const STRAPI = path.join(PROJECT_DIR, 'node_modules/@strapi/strapi/bin/strapi.js');
const POLL_MS = 50;

export interface ServerProcess {
  pid: number;
  url: string;
  /** Ends the process and waits for its end. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** `npm start` in a process of its own, on a free port of loopback; answers requests when it is given. */
export async function startServer(database: TestDatabase): Promise<ServerProcess> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [STRAPI, 'start'], {
    cwd: PROJECT_DIR,
    env: {
      PATH: process.env.PATH,
      ENV_PATH: 'no-such-file',
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...TEST_SECRETS,
      ...database.env,
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    await wait(POLL_MS);
  }
  return {
    pid: child.pid ?? 0,
    url,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

const answers = async (url: string): Promise<boolean> =>
  fetch(`${url}/api/frontmatter`).then(
    ({ ok }) => ok,
    () => false // it does not listen yet
  );

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
