import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCheckout } from './checkout';

/** A way to make the disk reject writes. Which ones work depends on the user and the system. */
export interface Refusal {
  apply(folder: string): void;
  undo(folder: string): void;
}

/** A user and a group that need not exist. */
export const STRANGER: [uid: number, gid: number] = [1234, 4321];

const run = (command: string, ...args: string[]) =>
  void execFileSync(command, args, { stdio: 'pipe' });

/** Root may write despite the mode; not even root may if the folder is immutable. */
const WAYS_TO_LOCK: Refusal[] = [
  {
    apply: (folder) => chmodSync(folder, 0o555),
    undo: (folder) => chmodSync(folder, 0o755),
  },
  {
    apply: (folder) => run('chattr', '+i', folder),
    undo: (folder) => run('chattr', '-i', folder),
  },
];

/** Makes a folder reject new, changed and removed names; `undefined` if this machine cannot. */
export const lockFolder: Refusal | undefined = WAYS_TO_LOCK.find(works);

function works(way: Refusal): boolean {
  const checkout = createCheckout();
  const folder = checkout.path('locked');
  mkdirSync(folder);
  try {
    way.apply(folder);
  } catch {
    checkout.drop(); // not on this system, or not for this user
    return false;
  }
  try {
    writeFileSync(path.join(folder, 'probe'), '');
    return false;
  } catch {
    return true;
  } finally {
    way.undo(folder);
    checkout.drop();
  }
}

const SMALL_DISK: Refusal = {
  apply: (folder) => run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder),
  undo: (folder) => run('umount', folder),
};

/** Mounts a disk of 64 kB on a folder; `undefined` if the user may not mount. */
export const mountSmallDisk: Refusal | undefined = canMount() ? SMALL_DISK : undefined;

function canMount(): boolean {
  const checkout = createCheckout();
  try {
    SMALL_DISK.apply(checkout.dir);
    SMALL_DISK.undo(checkout.dir);
    return true;
  } catch {
    return false;
  } finally {
    checkout.drop();
  }
}

/** Gives a file to another user; `undefined` if the user may not, as only root may. */
export const giveAway: ((file: string) => void) | undefined = canGiveAway()
  ? (file) => chownSync(file, ...STRANGER)
  : undefined;

function canGiveAway(): boolean {
  const checkout = createCheckout();
  try {
    chownSync(checkout.dir, ...STRANGER);
    return true;
  } catch {
    return false;
  } finally {
    checkout.drop();
  }
}

/** Runs a test if the machine has the means, and otherwise says why not. */
export function testIf<Means>(
  means: Means | undefined,
  { title, needs }: { title: string; needs: string },
  body: (means: Means) => Promise<void>
): void {
  if (means !== undefined) test(title, () => body(means));
  else test.skip(`${title} (not on this machine: needs ${needs})`, () => undefined);
}
