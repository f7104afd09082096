import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Answer {
  status: number;
  /** When it was asked for, in milliseconds of the clock. */
  at: number;
  /** How long the answer took. */
  ms: number;
}

/** Reads a URL over and over, from a process of its own. */
export async function startReader(url: string, pauseMs: number) {
  const child = spawn(
    process.execPath,
    [path.join(__dirname, 'read-repeatedly.mjs'), url, `${pauseMs}`],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    }
  );
  const ended = once(child, 'close');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
  await once(child.stdout, 'data');

  return {
    /** Waits for the answers that are still to come. */
    async stop(): Promise<Answer[]> {
      child.stdin.end();
      await ended;
      return JSON.parse(output.slice(output.indexOf('\n')));
    },
  };
}
