import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Shape } from '../core';
import type { SkippedFile, SkipReason } from './skipped';

/** The part of a shape that is needed to find its files. */
export type FileShape = Pick<Shape, 'collection' | 'files' | 'topKeys'>;

/** A file that may hold a document. */
export interface FoundFile {
  /** The path that is shown to the user: below the folder, or as it was named. */
  file: string;
  slug: string;
  /** Whether the user named it, instead of a folder: then it must have frontmatter. */
  isNamed: boolean;
}

export interface FoundFiles {
  files: FoundFile[];
  /** Files in the folders that may hold markdown but are not read, with the reason. */
  skipped: SkippedFile[];
  /** Paths that are neither a markdown file nor a folder, or that cannot be read. */
  unreadable: { file: string; reason: string }[];
}

const MARKDOWN = '.md';
/** Includes what other tools read as markdown. */
const LIKE_MARKDOWN = /\.(md|mdx|markdown)$/i;

/** Finds the files of a shape in folders, and all files that are named, each once. */
export async function findFiles(shape: FileShape, paths: readonly string[]): Promise<FoundFiles> {
  const found: FoundFiles = { files: [], skipped: [], unreadable: [] };
  for (const name of paths) {
    const stats = await stat(name).catch(() => undefined);
    if (stats?.isDirectory()) {
      await addFolder(found, shape, name);
    } else if (stats?.isFile() && name.endsWith(MARKDOWN)) {
      found.files.push({ file: name, slug: path.basename(name, MARKDOWN), isNamed: true });
    } else {
      const reason = stats
        ? `only files that end in ${MARKDOWN} are read: rename it`
        : 'no such file or folder: check the path';
      found.unreadable.push({ file: name, reason });
    }
  }
  const byPath = new Map<string, FoundFile>();
  for (const file of found.files) {
    const absolute = path.resolve(file.file);
    // A named file stays named if it is also found in a folder.
    if (!byPath.get(absolute)?.isNamed) byPath.set(absolute, file);
  }
  return { ...found, files: [...byPath.values()] };
}

async function addFolder(found: FoundFiles, shape: FileShape, folder: string): Promise<void> {
  const patterns = shape.files.map(toPattern);
  for (const relative of await markdownFilesIn(found, folder, '')) {
    const slug = patterns.map((pattern) => pattern.exec(relative)?.groups?.['slug']).find(Boolean);
    if (slug === undefined) {
      found.skipped.push({ file: path.join(folder, relative), reason: 'name' });
    } else {
      found.files.push({ file: path.join(folder, relative), slug, isNamed: false });
    }
  }
}

/**
 * Lists paths below the folder, with forward slashes, sorted. Ignores hidden folders and installed
 * packages, which hold no content. Counts links and does not follow them. Reports a folder that
 * cannot be read, and continues with the others.
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
    if (entry.isDirectory()) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      files.push(...(await markdownFilesIn(found, folder, relative)));
      continue;
    }
    const file = path.join(folder, relative);
    const reason = await reasonToSkip(file, entry);
    if (reason) found.skipped.push({ file, reason });
    else if (entry.name.endsWith(MARKDOWN)) files.push(relative);
  }
  return files;
}

/** Returns why an entry that may hold markdown is skipped; `undefined` for any other entry. */
async function reasonToSkip(file: string, entry: Dirent): Promise<SkipReason | undefined> {
  const isLike = LIKE_MARKDOWN.test(entry.name);
  if (entry.isSymbolicLink()) {
    const target = await stat(file).catch(() => undefined);
    return isLike || target?.isDirectory() ? 'link' : undefined;
  }
  if (!isLike || !entry.isFile()) return undefined;
  if (entry.name.startsWith('.')) return 'hidden';
  return entry.name.endsWith(MARKDOWN) ? undefined : 'extension';
}

/** Converts `{slug}/{slug}.md` to an expression in which every `{slug}` matches the same text. */
function toPattern(declared: string): RegExp {
  const [before = '', ...rest] = declared
    .split('{slug}')
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${before}(?<slug>[^/]+)${rest.join('\\k<slug>')}$`);
}
