import fc from 'fast-check';

const MAX_CODE_POINT = 0x10ffff;
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Any character, like `unit: 'binary'` of fast-check without surrogates. For that unit fast-check
 * builds a table of all 1.1 million characters, which costs each test file a second and 100 MB.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: MAX_CODE_POINT - SURROGATES })
  .map(
    (index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
    // The inverse lets fast-check add and shrink texts that break programs, such as `__proto__`.
    (text) => {
      const codePoint = String(text).codePointAt(0) ?? Number.NaN;
      if (String.fromCodePoint(codePoint) !== text) throw new Error('not one character');
      return codePoint < FIRST_SURROGATE ? codePoint : codePoint - SURROGATES;
    }
  );
