import { createHash } from 'node:crypto';

const HASH_LENGTH = 32;

/** Hash of the text of a file, 32 hexadecimal digits: the one that its entity tags begin with. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
