import fc from 'fast-check';

const MAX_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * A character as `unit: 'binary'` of fast-check gives it, surrogates left out. Of that one fast-check makes
 * a table of all 1.1 million characters, which costs each test file a second and 100 MB.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: MAX_CODE_POINT - SURROGATES })
  .map(
    (index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
    // The way back lets fast-check put in texts that break programs, such as `__proto__`, and shrink them.
    (text) => {
      const codePoint = String(text).codePointAt(0) ?? Number.NaN;
      if (String.fromCodePoint(codePoint) !== text) throw new Error('not one character');
      return codePoint < FIRST_SURROGATE ? codePoint : codePoint - SURROGATES;
    }
  );
