import { parsedOf } from './testing/patching';
import { articles, validLines } from './testing/shape';
import { restorablePaths, restoredText } from './restore';

const file = (...lines: string[]) =>
  parsedOf(['---', ...validLines, ...lines, '---', 'Body', ''].join('\n'));

const NOW = file('# ours', "summary: 'New' # short", 'mine: 1');
const OLD = parsedOf(
  ['---', ...validLines, 'summary: Old', 'rating: 0.5', 'mine: 2', '---', 'Old body', ''].join('\n')
);

test('returns the keys that differ in an older text', () => {
  expect(restorablePaths(articles, NOW, OLD)).toEqual(['rating', 'summary', 'body'].sort(byShape));
  expect(restorablePaths(articles, NOW, NOW)).toEqual([]);
});

test('restores some keys and leaves the rest as it is', () => {
  const text = restoredText(articles, { now: NOW, old: OLD }, ['summary']);

  expect(text).toBe(NOW.source.text.replace("'New'", "'Old'"));
});

test('restores keys that were removed, and the body', () => {
  const text = restoredText(articles, { now: NOW, old: OLD }, ['rating', 'body']);

  expect(text).toContain("summary: 'New' # short");
  expect(text).toContain('rating: 0.5');
  expect(text).toMatch(/---\nOld body\n$/);
});

/** Sorts paths in the order of the shape, the body last. */
function byShape(one: string, other: string): number {
  const place = (path: string) =>
    path === 'body' ? Infinity : articles.leaves.findIndex((leaf) => leaf.path.join('.') === path);
  return place(one) - place(other);
}
