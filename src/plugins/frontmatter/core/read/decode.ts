import { issueAt, positionAt, START_OF_FILE, type Issue, type Position } from '../issue';
import { MAX_FILE_BYTES } from './limits';

export type Decoded = { kind: 'text'; text: string } | { kind: 'refused'; issues: Issue[] };

/**
 * Decodes the bytes of a file without losing or replacing any: a byte order mark stays in the text,
 * and bytes that are not UTF-8 are rejected rather than replaced by U+FFFD.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse(
      'too-large',
      START_OF_FILE,
      `the file has ${bytes.length} bytes, the limit is ${MAX_FILE_BYTES}: move long text out of it`
    );
  }
  try {
    return { kind: 'text', text: strictDecoder().decode(bytes) };
  } catch {
    // TextDecoder throws for one reason only: a sequence that is not UTF-8.
    return refuse(
      'not-utf8',
      positionOfFirstInvalidByte(bytes),
      'a byte that is not UTF-8: save the file with the encoding UTF-8'
    );
  }
}

const strictDecoder = () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function refuse(code: 'too-large' | 'not-utf8', position: Position, message: string): Decoded {
  return { kind: 'refused', issues: [issueAt(code, position, message)] };
}

function positionOfFirstInvalidByte(bytes: Uint8Array): Position {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decodePrefix(bytes, middle) === undefined) invalid = middle;
    else valid = middle;
  }
  const before = decodePrefix(bytes, valid) ?? '';
  return positionAt(before, before.length);
}

/** `stream` lets the prefix end within a character; only an impossible sequence throws. */
function decodePrefix(bytes: Uint8Array, length: number): string | undefined {
  try {
    return strictDecoder().decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}
