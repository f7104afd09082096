/** What to do about an error of the file system, by its code. */
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: 'check the permissions of the file and its folder',
  EDQUOT: 'the quota of the disk is used up, free some space and run export again',
  EEXIST: 'a file is where its folder belongs: move it away',
  EISDIR: 'a folder is where the file belongs: move it away',
  ELOOP: 'a link leads to itself, remove it',
  ENAMETOOLONG: 'the name is too long for this disk, give the document a shorter slug',
  ENOSPC: 'the disk is full, free some space and run export again',
  ENOTDIR: 'a file is where its folder belongs: move it away',
  EPERM: 'check the permissions of the file and its folder',
  EROFS: 'the disk is read-only',
};

export const errorCodeOf = (error: unknown): string | undefined =>
  (error as NodeJS.ErrnoException | undefined)?.code;

/**
 * Code and advice of an error that the file system reports: `ENOSPC: the disk is full, …`.
 *
 * @throws the error itself if it is none of the file system.
 */
export function adviceFor(error: unknown): string {
  const code = errorCodeOf(error);
  if (code === undefined) throw error;
  return `${code}: ${ADVICE[code] ?? 'look it up and run export again'}`;
}
