import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { findJsonError } from './json-syntax';

test.each([
  ['', 0, 'a value'],
  ['a: 1', 0, 'a value'],
  ['{a: 1}', 1, 'a key in double quotes or }'],
  ['{"a" 1}', 5, ': after the key'],
  ['{"a": 1,}', 8, 'a key in double quotes'],
  ['{"a": 1', 7, ', or }'],
  ['[1 2]', 3, ', or ]'],
  ['[1,]', 3, 'a value'],
  ['[', 1, 'a value or ]'],
  ['{"a": \'b\'}', 6, 'a value'],
  ['{"a": "b', 6, 'a value'],
  ['{"a": "\\x"}', 6, 'a value'],
  ['{"a": "\t"}', 6, 'a value'],
  ['{"a": 01}', 7, ', or }'],
  ['{"a": .5}', 6, 'a value'],
  ['{"a": yes}', 6, 'a value'],
  ['{} # comment', 3, 'the end of the text'],
  ['{"a": 1}\n{"b": 2}', 9, 'the end of the text'],
])('%j stops being JSON at %i: expected %s', (text, offset, expected) => {
  expect(findJsonError(text)).toEqual({ offset, expected });
});

test('a text is refused if JSON.parse refuses it, and only then', () => {
  const json = fc.tuple(fc.json(), fc.constantFrom(0, 1, 2, '\t')).map(([text, indent]) => {
    return JSON.stringify(JSON.parse(text), null, indent);
  });
  const cut = fc.tuple(json, fc.nat(), fc.nat(2), fc.constantFrom(...'{}[]",:\\ -0e.\n', 'null'));
  fc.assert(
    fc.property(cut, ([text, at, removed, added]) => {
      const start = at % (text.length + 1);
      const changed = text.slice(0, start) + added + text.slice(start + removed);
      expect(findJsonError(changed) === undefined).toBe(isJson(changed));
      expect(findJsonError(text)).toBeUndefined();
    }),
    { numRuns: runs(2000) }
  );
});

test('deep nesting and long text need no stack', () => {
  expect(findJsonError('['.repeat(500_000))).toEqual({ offset: 500_000, expected: 'a value or ]' });
  expect(findJsonError(`["${'x'.repeat(1_000_000)}"`)?.offset).toBe(1_000_003);
  expect(findJsonError(`["${'\\n'.repeat(500_000)}"`)?.offset).toBe(1_000_003);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
