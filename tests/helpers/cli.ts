import path from 'node:path';
import { PROJECT_DIR } from './cms';

export interface CliRun {
  exitCode: 0 | 1 | 2;
  out: string[];
  err: string[];
}

/** Runs the compiled command line in this process, as `npm run frontmatter` does in its own. */
export async function runCli(...args: string[]): Promise<CliRun> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- compiled by the run's own build, after type checking
  const { run } = require('../../src/plugins/frontmatter/dist/cli/index.js');
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(args, {
    appDir: PROJECT_DIR,
    workingDir: PROJECT_DIR,
    output: { out: (line: string) => out.push(line), err: (line: string) => err.push(line) },
  });
  return { exitCode, out, err };
}

export const EXAMPLES_DIR = path.join(PROJECT_DIR, 'examples', 'roadmaps');
