import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf } from './file-errors';

/** Hidden, so that no command takes it for a document; short, to fit where the file's name does. */
const TEMPORARY = /^\.frontmatter-(?<pid>\d+)-[0-9a-f-]+\.tmp$/;
const temporaryName = () => `.frontmatter-${process.pid}-${randomUUID()}.tmp`;

/**
 * Writes a file completely or not at all: others see the old bytes or the new ones, even after a
 * crash. A replaced file passes on its mode and, if the user may give files away, its owner.
 *
 * @param file Absolute path, not of a link: a link would be replaced by a file.
 * @param replaced The existing file, as it was read; if absent, no file may exist.
 * @returns `false` if another program has saved the file since: then that version stays.
 * @throws The error of the file system; leaves nothing behind.
 */
export async function writeWhole(
  file: string,
  bytes: Buffer,
  replaced?: { stats: Stats; bytes: Buffer }
): Promise<boolean> {
  const temporary = path.join(path.dirname(file), temporaryName());
  const handle = await open(temporary, 'wx');
  try {
    try {
      if (replaced) await handOn(replaced.stats, handle);
      await handle.writeFile(bytes);
      // If the rename reached the disk before the bytes, a power failure could leave an empty file.
      await handle.sync();
    } finally {
      await handle.close();
    }
    const isSame = await isStill(file, replaced?.bytes);
    if (isSame) await rename(temporary, file);
    else await rm(temporary);
    return isSame;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a file still has these bytes, or does not exist; checked just before it is replaced. */
export async function isStill(file: string, bytes: Buffer | undefined): Promise<boolean> {
  try {
    const present = await readFile(file);
    return bytes !== undefined && present.equals(bytes);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

async function handOn(replaced: Stats, handle: FileHandle): Promise<void> {
  const { uid, gid } = await handle.stat();
  if (uid !== replaced.uid || gid !== replaced.gid) {
    try {
      await handle.chown(replaced.uid, replaced.gid);
    } catch (error) {
      // Only root may give files away. Otherwise the file is right except for its owner.
      if (errorCodeOf(error) !== 'EPERM') throw error;
    }
  }
  await handle.chmod(replaced.mode & 0o7777);
}

/** Removes what killed exports left in a folder. Files of running exports stay. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = TEMPORARY.exec(name)?.groups?.['pid'];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(folder, name), { force: true });
  }
}

/** Whether another process has this id. In a container, a killed export may have had ours. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, for another user.
    return errorCodeOf(error) === 'EPERM';
  }
}
