import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { PROJECT_DIR, TEST_SECRETS } from './cms';
import type { TestDatabase } from './database';

const run = promisify(execFile);
const STRAPI = path.join(PROJECT_DIR, 'node_modules/@strapi/strapi/bin/strapi.js');
const PLUGINS = 'src/plugins';

export interface CompiledApplication {
  /** Runs a command of Strapi in its own process. Returns its output. */
  runStrapi(database: TestDatabase, ...args: string[]): Promise<string>;
  /** Folder for files that commands write and read. */
  folder: string;
  remove(): Promise<void>;
}

/**
 * Copies the compiled application without its TypeScript: in the project itself, a command would
 * recompile what other tests are running, and replace `public/uploads`.
 */
export async function copyCompiledApplication(): Promise<CompiledApplication> {
  const parent = path.join(PROJECT_DIR, '.tmp'); // within the project, so that packages resolve
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(path.join(parent, 'compiled-'));
  await cp(path.join(PROJECT_DIR, 'dist'), folder, { recursive: true });
  for (const name of ['package.json', 'public']) {
    await cp(path.join(PROJECT_DIR, name), path.join(folder, name), { recursive: true });
  }
  await mkdir(path.join(folder, path.dirname(PLUGINS)), { recursive: true });
  await symlink(path.join(PROJECT_DIR, PLUGINS), path.join(folder, PLUGINS));

  return {
    folder,
    async runStrapi({ env }, ...args) {
      const { stdout, stderr } = await run(process.execPath, [STRAPI, ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH, ENV_PATH: 'no-such-file', ...TEST_SECRETS, ...env },
      });
      return `${stdout}${stderr}`;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
