import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const PROJECT_DIR = path.resolve(import.meta.dirname, '..', '..');
const CREATE_TEMPLATE = path.join(import.meta.dirname, 'create-template.js');
const CACHE_DIR = path.join(PROJECT_DIR, '.tmp', 'test-templates');

const KEPT_MS = 24 * 3_600_000;

/** What determines the tables of a template: Strapi, the compiled application and its plugins. */
const SOURCES = [
  'package-lock.json',
  'dist',
  'src/plugins/frontmatter/dist',
  'src/plugins/deploy-hooks/dist',
];

/** Secrets of a CMS that lives for one test file. */
export const TEST_SECRETS = JSON.parse(
  await readFile(path.join(import.meta.dirname, 'test-secrets.json'), 'utf8')
);

/**
 * Fills a database by starting the application once.
 *
 * @param {Record<string, string>} database variables that name an empty database
 */
export async function fillTemplate(database) {
  const { PATH } = process.env;
  const env = { PATH, ENV_PATH: 'no-such-file', LOG_LEVEL: 'error', ...TEST_SECRETS, ...database };
  await promisify(execFile)(process.execPath, [CREATE_TEMPLATE], { cwd: PROJECT_DIR, env });
}

/**
 * Finds a folder that is created once for each state of the compiled application, so that runs of
 * single test files do not wait for it.
 *
 * @param {string} name
 * @param {(folder: string) => Promise<void>} create fills an empty folder
 */
export async function findOrCreate(name, create) {
  const found = path.join(CACHE_DIR, `${name}-${await hashSources()}`);
  if (existsSync(found)) return found;
  await removeOld();
  const folder = await mkdtemp(path.join(CACHE_DIR, 'new-'));
  await chmod(folder, 0o755); // mkdtemp locks out other users, even the one that runs PostgreSQL
  await create(folder);
  await rename(folder, found);
  return found;
}

/** Removes old folders; another run may still use newer ones. */
async function removeOld() {
  await mkdir(CACHE_DIR, { recursive: true });
  for (const entry of await readdir(CACHE_DIR)) {
    const folder = path.join(CACHE_DIR, entry);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > KEPT_MS) await rm(folder, { recursive: true });
  }
}

async function hashSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of await listFiles(path.join(PROJECT_DIR, source))) {
      hash.update(file).update(await readFile(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} source a file or a folder */
async function listFiles(source) {
  const stats = await stat(source).catch(() => {
    throw new Error(`${source} is missing: run npm run build:server first`);
  });
  if (stats.isFile()) return [source];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(map|d\.ts|tsbuildinfo)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
