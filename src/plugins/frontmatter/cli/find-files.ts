import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Shape } from '../core';

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
  /** Paths that do not exist, or are no markdown file. */
  missing: string[];
}

const MARKDOWN = '.md';

/** The files of some folders that belong to a shape, and all files that are named. */
export async function findFiles(shape: Shape, paths: readonly string[]): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], leftAlone: 0, missing: [] };
  for (const name of paths) {
    const stats = await stat(name).catch(() => undefined);
    if (stats?.isDirectory()) {
      await addFolder(found, shape, name);
    } else if (stats?.isFile() && name.endsWith(MARKDOWN)) {
      found.files.push({ file: name, slug: path.basename(name, MARKDOWN), isNamed: true });
    } else {
      found.missing.push(name);
    }
  }
  return found;
}

async function addFolder(found: FoundFiles, shape: Shape, folder: string): Promise<void> {
  const patterns = shape.files.map(toPattern);
  for (const relative of await markdownFilesIn(folder)) {
    const slug = patterns.map((pattern) => pattern.exec(relative)?.groups?.['slug']).find(Boolean);
    if (slug === undefined) {
      found.leftAlone += 1;
    } else {
      found.files.push({ file: path.join(folder, relative), slug, isNamed: false });
    }
  }
}

/** Relative paths with forward slashes, sorted. Hidden folders and installed packages hold no content. */
async function markdownFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(MARKDOWN))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((relative) => relative.split(path.sep).join('/'))
    .filter((relative) => !/(^|\/)(\.|node_modules\/)/.test(relative))
    .sort();
}

/** `{slug}/{slug}.md` as an expression in which every `{slug}` stands for the same text. */
function toPattern(declared: string): RegExp {
  const [before = '', ...rest] = declared
    .split('{slug}')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${before}(?<slug>[^/]+)${rest.join('\\k<slug>')}$`);
}
