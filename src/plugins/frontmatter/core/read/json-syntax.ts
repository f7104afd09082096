/** Where a text stops being JSON, and how JSON could continue there. */
export interface JsonError {
  /** In UTF-16 code units from the beginning. */
  offset: number;
  expected: string;
}

const SPACE = /[ \t\n\r]*/y;
// eslint-disable-next-line no-control-regex -- RFC 8259, section 7: these must be escaped
const STRING = /"[^"\\\u0000-\u001F]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[^"\\\u0000-\u001F]*)*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null/y;

const CLOSING = { '{': '}', '[': ']' } as const;

/** What may come next; a collection that was just opened may also end at once. */
const EXPECTED = {
  value: 'a value',
  item: 'a value or ]',
  key: 'a key in double quotes',
  firstKey: 'a key in double quotes or }',
  colon: ': after the key',
  end: 'the end of the text',
} as const;

/**
 * Finds the first error of a text that `JSON.parse` rejects. The position in its errors differs
 * between engines, and some errors have none. Returns `undefined` for valid JSON (RFC 8259).
 */
export function findJsonError(text: string): JsonError | undefined {
  const open: (keyof typeof CLOSING)[] = [];
  let next: keyof typeof EXPECTED | 'rest' = 'value';
  let offset = 0;
  const take = (token: RegExp): boolean => {
    token.lastIndex = offset;
    const found = token.exec(text)?.[0];
    if (found) offset += found.length;
    return Boolean(found);
  };
  const close = (): void => {
    open.pop();
    offset += 1;
    next = open.length > 0 ? 'rest' : 'end';
  };

  for (;;) {
    take(SPACE);
    const character = text[offset];
    const collection = open.at(-1);
    const closing = collection && CLOSING[collection];
    if (next === 'end') {
      return character === undefined ? undefined : { offset, expected: EXPECTED.end };
    }
    if (next === 'rest') {
      if (character === closing) {
        close();
      } else if (character === ',') {
        offset += 1;
        next = collection === '{' ? 'key' : 'value';
      } else {
        return { offset, expected: `, or ${closing}` };
      }
    } else if ((next === 'item' || next === 'firstKey') && character === closing) {
      close();
    } else if (next === 'key' || next === 'firstKey') {
      if (!take(STRING)) return { offset, expected: EXPECTED[next] };
      next = 'colon';
    } else if (next === 'colon') {
      if (character !== ':') return { offset, expected: EXPECTED.colon };
      offset += 1;
      next = 'value';
    } else if (character === '{' || character === '[') {
      open.push(character);
      offset += 1;
      next = character === '{' ? 'firstKey' : 'item';
    } else {
      if (!take(STRING) && !take(PLAIN)) return { offset, expected: EXPECTED[next] };
      next = open.length > 0 ? 'rest' : 'end';
    }
  }
}
