import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { PROJECT_DIR } from './cms';

const PACKAGES = [
  'astro',
  'astro-loader-frontmatter',
  'standardwebhooks',
  '@astrojs/node',
  '@astrojs/markdown-remark',
];

export interface SiteCopy {
  folder: string;
  /** Builds it and returns the output of Astro, without times. Throws the output if it fails. */
  build(): Promise<string[]>;
  /** Reads a file of the last build. */
  read(file: string): Promise<string>;
  remove(): Promise<void>;
}

/** Copies the example site, with its own folder for what Astro caches. */
export async function copySite(env: Record<string, string>): Promise<SiteCopy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-site-'));
  await cp(path.join(PROJECT_DIR, 'examples', 'site'), folder, {
    recursive: true,
    filter: (source) => !/\/(node_modules|dist|\.astro|\.builds)$/.test(source),
  });
  await mkdir(path.join(folder, 'node_modules', '@astrojs'), { recursive: true });
  for (const name of PACKAGES) {
    const installed = path.join(PROJECT_DIR, 'node_modules', name);
    await symlink(installed, path.join(folder, 'node_modules', name));
  }
  let builder: ReturnType<typeof startBuilder> | undefined;
  return {
    folder,
    async build() {
      builder ??= startBuilder(folder, env);
      builder.child.stdin.write(`${folder}\n`);
      const said: string[] = [];
      for (;;) {
        const { value, done } = await builder.lines.next();
        const line = stripVTControlCharacters(String(value)).replace(/^\d\d:\d\d:\d\d /, '');
        if (done || line.startsWith('failed: ')) throw new Error([...said, line].join('\n'));
        if (line === 'end of build') return said;
        said.push(line);
      }
    },
    read: (file) => readFile(path.join(folder, 'dist', 'client', file), 'utf8'),
    async remove() {
      builder?.child.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** Starts a process that builds the site on request. */
function startBuilder(folder: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(__dirname, 'build-astro.mjs')], {
    cwd: folder,
    env: { PATH: process.env.PATH, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}
