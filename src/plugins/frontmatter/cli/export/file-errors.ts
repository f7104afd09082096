/** What to do about a file system error, by its code. */
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
 * Returns the code of a file system error with advice: `ENOSPC: the disk is full, …`.
 *
 * @throws The error itself if it is not a file system error.
 */
export function adviceFor(error: unknown): string {
  const code = errorCodeOf(error);
  if (code === undefined) throw error;
  return `${code}: ${ADVICE[code] ?? 'look it up and run export again'}`;
}
