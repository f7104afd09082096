import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, readdir, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf } from './file-errors';

/** Hidden, so that no command takes it for a document; short, so that it fits where the file's name does. */
const TEMPORARY = /^\.frontmatter-(?<pid>\d+)-[0-9a-f-]+\.tmp$/;
const temporaryName = () => `.frontmatter-${process.pid}-${randomUUID()}.tmp`;

/**
 * Writes a file as a whole or not at all: others see the old bytes or the new ones, also after a
 * crash. A file that is replaced hands on its mode and, where the user may give files away, its owner.
 *
 * @param file Absolute, and no link: a link would be replaced by a file.
 * @param replaced What is there, as it was read; without it, no file may be there.
 * @returns False if another program has saved the file since: then that stays.
 * @throws the error of the file system; nothing is left behind then.
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
      // Renamed before its bytes are on the disk, the file could be empty after a power failure.
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

/** Whether a file holds these bytes, or is not there; looked at last of all before it goes. */
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
      // Only root may give files away. Without, the file is right but for its owner.
      if (errorCodeOf(error) !== 'EPERM') throw error;
    }
  }
  await handle.chmod(replaced.mode & 0o7777);
}

/** Removes what killed exports left in a folder. Files of exports that are running stay. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = TEMPORARY.exec(name)?.groups?.['pid'];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(folder, name), { force: true });
  }
}

/** Whether another process has that id. Where there are few, as in a container, it is ours again. */
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
