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
  /** Only a script of our own takes and sends messages. */
  child: ChildProcess;
  url: string;
  /** What it wrote to standard output so far. */
  output(): string;
  /** The signal that ended it, once it has ended. */
  ended: Promise<NodeJS.Signals | null>;
  /** What it wrote to standard error so far: Node's own words on a crash. */
  errors(): string;
  isRunning(): boolean;
  /** Ends the process and waits for its end. Gives its exit code, none if the signal ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export interface ServerOptions {
  /** Variables besides those of the database and the secrets. */
  env?: Record<string, string>;
  /** Another compiled application than the project's, absolute. */
  distDir?: string;
  /** A free one if left out. */
  port?: number;
  /** A script of our own that starts the server, with its arguments. */
  script?: readonly string[];
}

/** A server in a process of its own, on a port of loopback; answers requests when it is given. */
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
    if (signalCode !== null && env.KILL_AT) break; // it has met its point already
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
    () => false // it does not listen yet
  );

export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
