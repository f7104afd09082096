import fc from 'fast-check';
import { runs } from '../../../../tests/helpers/property-runs';
import { isSameMeaning, meaningOf, unknownKeys } from './meaning';
import { patch } from './patch';
import { parse, type FrontmatterData } from './read/parse';
import { someFile, someValue } from './testing/files';
import { articles } from './testing/shape';
import { getAt, group } from './tree';

const all = group(articles.keys);

const dataOf = (text: string): FrontmatterData => {
  const result = parse(text);
  if (result.kind === 'parsed') return result.file.data;
  throw new Error(JSON.stringify(result.issues));
};

test.each([
  ['empty values are absent', { summary: '', related: [], meta: { width: null } }, {}],
  ['an entry of empty values is absent', { author: { url: '', contact: {} } }, {}],
  ['unknown keys do not count', { unknown: 1, author: { x: 1 } }, { author: null }],
  ['a repeated link counts once', { related: ['a', 'b', 'a'] }, { related: ['a', 'b'] }],
  ['zero has no sign', { rating: -0 }, { rating: 0 }],
])('%s', (_, one, other) => {
  expect(isSameMeaning(all, one, other)).toBe(true);
});

test.each([
  ['other texts', { title: 'a' }, { title: 'b' }],
  ['a number and its text', { title: '1' }, { title: 1 }],
  ['a repeated question', { questions: ['a', 'a'] }, { questions: ['a'] }],
  ['another order of links', { related: ['a', 'b'] }, { related: ['b', 'a'] }],
  ['a list and a text', { questions: ['a'] }, { questions: 'a' }],
  ['false and nothing', { isPinned: false }, {}],
])('%s differ', (_, one, other) => {
  expect(isSameMeaning(all, one, other)).toBe(false);
});

test('the meaning contains only keys with a value, in the order of the shape', () => {
  const value = { order: 1, x: 2, title: 'T', meta: { y: 1, width: null }, related: [] };

  expect(JSON.stringify(meaningOf(all, value))).toBe('{"title":"T","order":1}');
});

test('unknown keys are found at every level, but not within values of known keys', () => {
  const value = {
    x: [1],
    meta: { y: { z: 1 } },
    author: { contact: { w: null } },
    title: { v: 1 },
  };

  expect(unknownKeys(articles.keys, value)).toEqual([
    [['x'], [1]],
    [['meta', 'y'], { z: 1 }],
    [['author', 'contact', 'w'], null],
  ]);
});

test('values mean the same if and only if `patch` has nothing to change', () => {
  const changedValue = fc.tuple(someFile, someValue, fc.nat(9)).map(([text, other, pick]) => {
    const key = Object.keys(articles.keys)[pick] as string;
    return [text, { ...dataOf(text), [key]: other[key] }] as const;
  });
  fc.assert(
    fc.property(changedValue, ([text, other]) => {
      const data = dataOf(text);
      const [before, after] = [patch(articles, text, data, ''), patch(articles, text, other, '')];

      expect(isSameMeaning(all, data, other)).toBe(before === after);
      expect(isSameMeaning(all, other, data)).toBe(before === after);
      const leaves = articles.leaves.filter(
        ({ path, field }) => !isSameMeaning(field, getAt(data, path), getAt(other, path))
      );
      expect(leaves.length === 0).toBe(before === after);
    }),
    { numRuns: runs(300) }
  );
});
