import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileNames, isSlug, SLUG_RULE } from '../../core';
import type { FileShape } from '../find-files';
import { adviceFor, errorCodeOf } from './file-errors';
import { isInside, type Folder } from './folder';

interface Existing {
  kind: 'existing';
  /** The path to write to: for a link, its target. */
  realPath: string;
  stats: Stats;
}
interface Refused {
  kind: 'refused';
  reason: string;
}
interface New {
  kind: 'new';
  realPath: string;
}

/** Where the file of a document is or will be. `file` is the path that is shown to the user. */
export type Location = { file: string } & (
  | (Existing & {
      /** Other files whose name fits the same document. */
      duplicates: string[];
    })
  | New
  | Refused
);

/** Finds the file of a slug: the first pattern that exists, or a new file by the first pattern. */
export async function locate(folder: Folder, shape: FileShape, slug: string): Promise<Location> {
  const names = fileNames(shape, slug);
  const newName = names[0] ?? '';
  const newFile = path.join(folder.name, newName);
  if (!isSlug(slug)) {
    return {
      file: newFile,
      kind: 'refused',
      reason: `'${slug}' is not a valid file name: ${SLUG_RULE}`,
    };
  }
  const probes = [];
  for (const name of names) {
    const found = await probe(folder, path.join(folder.realPath, name));
    probes.push({ file: path.join(folder.name, name), ...found });
  }
  const [first, ...others] = probes.filter((found) => found.kind !== 'absent');
  if (!first) {
    return { file: newFile, ...(await probeNew(folder, path.join(folder.realPath, newName))) };
  }
  if (first.kind === 'refused') return first;
  const duplicates = others.filter(
    (other) => other.kind === 'existing' && other.realPath !== first.realPath
  );
  return { ...first, duplicates: duplicates.map(({ file }) => file) };
}

/** Returns what is at a path. Follows links that stay in the folder. */
async function probe(
  folder: Folder,
  absolute: string
): Promise<Existing | Refused | { kind: 'absent' }> {
  try {
    const isLink = (await lstat(absolute)).isSymbolicLink();
    const target = await realPathOfLink(absolute);
    if (target === undefined) {
      return { kind: 'refused', reason: 'the link leads nowhere: remove it' };
    }
    if (!isInside(folder, target)) return { kind: 'refused', reason: outside(target) };
    const stats = await stat(target);
    if (stats.isFile()) return { kind: 'existing', realPath: target, stats };
    const what = stats.isDirectory() ? 'a folder' : 'something that is not a file';
    const where = isLink ? 'where the link leads' : 'where the file belongs';
    return { kind: 'refused', reason: `${what} is ${where}: move it away` };
  } catch (error) {
    if (isAbsence(error)) return { kind: 'absent' };
    return { kind: 'refused', reason: `the file cannot be reached (${adviceFor(error)})` };
  }
}

async function realPathOfLink(absolute: string): Promise<string | undefined> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Resolves where a file that does not exist yet would really be. */
export async function probeNew(folder: Folder, absolute: string): Promise<New | Refused> {
  try {
    const target = await realPathOfNew(absolute);
    if (isInside(folder, target)) return { kind: 'new', realPath: target };
    return { kind: 'refused', reason: outside(target) };
  } catch (error) {
    return { kind: 'refused', reason: `the file cannot be created (${adviceFor(error)})` };
  }
}

/** Returns the real path of a new file: that of its nearest existing folder, and the rest. */
async function realPathOfNew(absolute: string): Promise<string> {
  try {
    return await realpath(absolute);
  } catch (error) {
    if (!isAbsence(error)) throw error;
    const above = await realPathOfNew(path.dirname(absolute));
    return path.join(above, path.basename(absolute));
  }
}

/** `ENOTDIR`: a file is where a folder of the path would be. */
const isAbsence = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error) ?? '');

const outside = (target: string): string =>
  `a link leads out of the folder, to ${target}: nothing is written there, remove the link`;
