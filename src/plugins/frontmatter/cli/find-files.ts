import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Shape } from '../core';

/** A shape, as far as it takes to find its files. */
export type FileShape = Pick<Shape, 'collection' | 'files'>;

/** A file that may hold a document. */
export interface FoundFile {
  /** As it is shown to the user: below the folder or as it was named. */
  file: string;
  slug: string;
  /** Named by the user, as opposed to found in a folder: then it must have frontmatter. */
  isNamed: boolean;
}

export interface FoundFiles {
  files: FoundFile[];
  /** Markdown files in the folders that no file pattern of the shape takes. */
  leftAlone: number;
  /** Paths that are no markdown file and no folder, or that cannot be read. */
  unreadable: { file: string; reason: string }[];
}

const MARKDOWN = '.md';

/** The files of some folders that belong to a shape, and all files that are named, each once. */
export async function findFiles(shape: FileShape, paths: readonly string[]): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], leftAlone: 0, unreadable: [] };
  for (const name of paths) {
    const stats = await stat(name).catch(() => undefined);
    if (stats?.isDirectory()) {
      await addFolder(found, shape, name);
    } else if (stats?.isFile() && name.endsWith(MARKDOWN)) {
      found.files.push({ file: name, slug: path.basename(name, MARKDOWN), isNamed: true });
    } else {
      const reason = 'no markdown file and no folder of this name: check the path';
      found.unreadable.push({ file: name, reason });
    }
  }
  const byPath = new Map(found.files.map((file) => [path.resolve(file.file), file]));
  return { ...found, files: [...byPath.values()] };
}

async function addFolder(found: FoundFiles, shape: FileShape, folder: string): Promise<void> {
  const patterns = shape.files.map(toPattern);
  for (const relative of await markdownFilesIn(found, folder, '')) {
    const slug = patterns.map((pattern) => pattern.exec(relative)?.groups?.['slug']).find(Boolean);
    if (slug === undefined) {
      found.leftAlone += 1;
    } else {
      found.files.push({ file: path.join(folder, relative), slug, isNamed: false });
    }
  }
}

/**
 * Paths below the folder, with forward slashes, sorted. Hidden folders and installed packages hold
 * no content; links are not followed. A folder that cannot be read is a finding, the others go on.
 */
async function markdownFilesIn(
  found: FoundFiles,
  folder: string,
  below: string
): Promise<string[]> {
  const here = path.join(folder, below);
  let entries: Dirent[];
  try {
    entries = await readdir(here, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = `the folder cannot be read (${code}): check its permissions`;
    found.unreadable.push({ file: here, reason });
    return [];
  }
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = path.posix.join(below, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    if (entry.isDirectory()) files.push(...(await markdownFilesIn(found, folder, relative)));
    else if (entry.isFile() && entry.name.endsWith(MARKDOWN)) files.push(relative);
  }
  return files;
}

/** `{slug}/{slug}.md` as an expression in which every `{slug}` stands for the same text. */
function toPattern(declared: string): RegExp {
  const [before = '', ...rest] = declared
    .split('{slug}')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${before}(?<slug>[^/]+)${rest.join('\\k<slug>')}$`);
}
