import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_DIR } from './cms';

const SCRIPT = path.join(PROJECT_DIR, 'examples', 'deploy-hooks', 'receiver.mjs');

export interface ExampleReceiver {
  url: string;
  /** Lines that it has printed so far. */
  lines: readonly string[];
  /** Resolves with the first matching line after the given number of lines. */
  waitFor(fits: RegExp, options?: { after: number }): Promise<string>;
  /** Reads a file that it wrote, as JSON. */
  read(file: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the receiver of the documentation in its own process, on a free loopback port. */
export async function startExampleReceiver(
  folder: string,
  { cmsUrl, secret }: { cmsUrl: string; secret: string }
): Promise<ExampleReceiver> {
  const child = spawn(process.execPath, [SCRIPT, folder], {
    env: { PATH: process.env.PATH, CMS_URL: cmsUrl, PORT: '0', DEPLOY_HOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  const lines: string[] = [];
  const printed = createInterface({ input: child.stdout });
  printed.on('line', (line) => lines.push(line));

  async function waitFor(fits: RegExp, { after } = { after: 0 }): Promise<string> {
    for (;;) {
      const found = lines.slice(after).find((line) => fits.test(line));
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the receiver ended with ${child.exitCode}`);
      await Promise.race([once(printed, 'line'), ended]);
    }
  }

  const port = (await waitFor(/^listens on /)).split(' ').at(-1);
  return {
    url: `http://127.0.0.1:${port}/`,
    lines,
    waitFor,
    read: async (file) => JSON.parse(await readFile(path.join(folder, file), 'utf8')),
    async stop() {
      child.kill();
      await ended;
    },
  };
}
