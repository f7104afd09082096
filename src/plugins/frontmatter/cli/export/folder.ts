import { realpath, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../errors';
import { errorCodeOf } from './file-errors';

/** A checkout to write into. */
export interface Folder {
  /** As the user named it: paths are shown below it. */
  name: string;
  /** Absolute and without links: nothing is written outside of it. */
  realPath: string;
}

/** @throws UsageError if there is no such folder. */
export async function openFolder(name: string): Promise<Folder> {
  const stats = await stat(name).catch(() => undefined);
  if (!stats) {
    throw new UsageError(`There is no folder '${name}': check the path, or create it first`);
  }
  if (!stats.isDirectory()) {
    throw new UsageError(`'${name}' is not a folder: name the one that holds the files`);
  }
  return { name, realPath: await realpath(name) };
}

export function isInside(folder: Folder, realPath: string): boolean {
  const relative = path.relative(folder.realPath, realPath);
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative);
}

/** Removes a folder, and those above it up to the checkout, while they are empty. */
export async function removeEmptyFolders(folder: Folder, realPath: string): Promise<void> {
  for (let current = realPath; isInside(folder, current); current = path.dirname(current)) {
    try {
      await rmdir(current);
    } catch (error) {
      // It is not empty, or may not be removed: git ignores empty folders.
      if (errorCodeOf(error) === undefined) throw error;
      return;
    }
  }
}
