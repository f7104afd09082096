import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_DIR } from './cms';

const run = promisify(execFile);

/** Reads the commands of a page, in blocks marked as `sh`, by the heading above each block. */
export function readCommands(page: string): Map<string, string> {
  const commands = new Map<string, string>();
  let heading = '';
  const text = readFileSync(path.join(PROJECT_DIR, page), 'utf8');
  for (const [, title, block] of text.matchAll(/^#+ (.+)$|^```sh\n([^]*?)^```$/gm)) {
    if (title) heading = title;
    if (!block) continue;
    if (commands.has(heading)) throw new Error(`'${heading}' has two blocks of commands`);
    commands.set(heading, block);
  }
  return commands;
}

/** Reads the blocks of a page that are marked as another language, such as `yaml`. */
export const readBlocks = (page: string, language: string): string[] =>
  [
    ...readFileSync(path.join(PROJECT_DIR, page), 'utf8').matchAll(
      new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm')
    ),
  ].map(([, block = '']) => block);

/** A shell function that runs the program named like an npm script, without npm's half second. */
const NPM_RUN = `npm() { program=$2; shift 3; "${PROJECT_DIR}/node_modules/.bin/$program" "$@"; }`;

/** Runs commands as if typed, and returns their output. Stops at the first that fails. */
export async function runCommands(
  commands: string,
  { folder, env }: { folder: string; env: Record<string, string> }
): Promise<string> {
  const { PATH = '', HOME = '' } = process.env;
  const { stdout } = await run('sh', ['-e', '-c', `${NPM_RUN}\n${commands}`], {
    cwd: folder,
    env: { PATH, HOME, ENV_PATH: 'no-such-file', ...env },
  });
  return stdout;
}
