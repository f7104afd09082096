import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { PROJECT_DIR, TEST_SECRETS } from './cms';
import type { TestDatabase } from './database';

const START_APPLICATION = path.join(__dirname, 'start-application.js');
const POLL_MS = 50;

export interface ServerProcess {
  pid: number;
  /** The process; only our own scripts receive and send messages. */
  child: ChildProcess;
  url: string;
  /** Returns what it has written to standard output so far. */
  output(): string;
  /** Resolves to the signal that ended it, or to `null` if it exited. */
  ended: Promise<NodeJS.Signals | null>;
  /** Returns what it has written to standard error so far: Node's own messages on a crash. */
  errors(): string;
  isRunning(): boolean;
  /** Ends the process and waits. Resolves to its exit code, or `null` if the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface ServerOptions {
  /** Variables in addition to those of the database and the secrets. */
  env?: Record<string, string>;
  /** Absolute path of a compiled application other than the project's. */
  distDir?: string;
  /** Defaults to a free port. */
  port?: number;
  /** Our own script that starts the server, with its arguments. */
  script?: readonly string[];
}

/** Starts a server in its own process on a loopback port, and waits until it answers. */
export async function startServer(
  database: TestDatabase,
  { env = {}, distDir, script, port: given }: ServerOptions = {}
): Promise<ServerProcess> {
  const port = given ?? (await findFreePort());
  const url = `http://127.0.0.1:${port}`;
  const command = script ?? [START_APPLICATION, distDir ?? path.join(PROJECT_DIR, 'dist')];
  const child = spawn(process.execPath, command, {
    cwd: PROJECT_DIR,
    env: {
      PATH: process.env.PATH,
      ENV_PATH: 'no-such-file',
      LOG_LEVEL: 'error',
      NODE_ENV: 'test', // in development Strapi opens the panel in a browser
      HOST: '127.0.0.1',
      PORT: String(port),
      ...TEST_SECRETS,
      ...database.env,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', script ? 'ipc' : 'ignore'],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
  while (!(await answers(url))) {
    const { exitCode, signalCode } = child;
    if (signalCode !== null && env.KILL_AT) break; // it has already reached its point
    if (exitCode !== null || signalCode !== null) {
      throw new Error(`the server ended with ${exitCode ?? signalCode}: ${output}${errors}`);
    }
    await wait(POLL_MS);
  }
  return {
    pid: child.pid ?? 0,
    child,
    url,
    output: () => output,
    ended,
    errors: () => errors,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async end(signal) {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

const answers = async (url: string): Promise<boolean> =>
  fetch(`${url}/api/frontmatter`).then(
    ({ ok }) => ok,
    () => false // not listening yet
  );

export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
