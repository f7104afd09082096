import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface Answer {
  status: number;
  /** When the request was sent, as a timestamp in milliseconds. */
  at: number;
  /** How long the answer took, in milliseconds. */
  ms: number;
}

/** Reads a URL repeatedly, from its own process. */
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
    /** Stops, waits for the pending answer, and returns all answers. */
    async stop(): Promise<Answer[]> {
      child.stdin.end();
      await ended;
      return JSON.parse(output.slice(output.indexOf('\n')));
    },
  };
}
