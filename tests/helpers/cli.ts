import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PROJECT_DIR, TEST_SECRETS } from './cms';
import type { TestDatabase } from './database';
import { nativeRequire } from './native';

export interface CliRun {
  exitCode: 0 | 1 | 2;
  out: string[];
  err: string[];
}

interface CliModule {
  run(
    args: string[],
    context: {
      appDir: string;
      workingDir: string;
      output: { out(...line: unknown[]): void; err(...line: unknown[]): void };
    }
  ): Promise<CliRun['exitCode']>;
}

/** Runs the compiled command line in this process, as `npm run frontmatter` does in its own. */
export const runCli = (...args: string[]): Promise<CliRun> => runPlugin('frontmatter', args);

/** Like `runCli`, but for `npm run deploy-hooks`. */
export const runDeployHooks = (...args: string[]): Promise<CliRun> =>
  runPlugin('deploy-hooks', args);

async function runPlugin(plugin: string, args: string[]): Promise<CliRun> {
  const { run } = nativeRequire(
    path.join(PROJECT_DIR, 'src/plugins', plugin, 'dist/cli/index.js')
  ) as CliModule;
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await run(args, {
    appDir: PROJECT_DIR,
    workingDir: PROJECT_DIR,
    // Joins all arguments, as console.log prints them.
    output: {
      out: (...line) => out.push(line.join(' ')),
      err: (...line) => err.push(line.join(' ')),
    },
  });
  return { exitCode, out, err };
}

/** Starts the compiled command line in its own process. */
export function startCli({ env }: Pick<TestDatabase, 'env'>, ...args: string[]): CliProcess {
  const bin = path.join(PROJECT_DIR, 'src/plugins/frontmatter/bin/frontmatter.js');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: PROJECT_DIR,
    env: {
      PATH: process.env.PATH,
      ENV_PATH: 'no-such-file',
      NODE_ENV: 'test', // uses the settings of the test
      ...TEST_SECRETS,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk) => output.push(String(chunk)));
  child.stderr.on('data', (chunk) => output.push(String(chunk)));
  const ended = once(child, 'close').then(([exitCode, signal]) => ({
    exitCode,
    signal,
    output: output.join(''),
  }));
  return { child, ended };
}

export interface CliProcess {
  child: ChildProcess;
  /** How it ended, and all that it printed. */
  ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null; output: string }>;
}

export const EXAMPLES_DIR = path.join(PROJECT_DIR, 'examples', 'roadmaps');
