import { createHash } from 'node:crypto';

const HASH_LENGTH = 32;

/** Returns the hash of a file's text, 32 hexadecimal digits. Its entity tags begin with it. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
