import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import type { EntryField } from '../fields/entry';
import type { FrontmatterData } from '../read/parse';
import { read } from '../read/read';
import type { Shape } from '../shape';
import { someFile, someValue } from '../testing/files';
import { ownersOf, WITHIN } from '../testing/line-owners';
import { parsedOf, patched } from '../testing/patching';
import { articles } from '../testing/shape';
import type { KeyTree } from '../tree';
import { patch } from '.';

const RUNS = { numRuns: runs(300) };

type Leaf = [path: string, value: string];

/** The meaning of a value: known keys with a value, lists of names without repeats. */
function meaningOf(keys: KeyTree, value: unknown, parents = ''): Leaf[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(keys).flatMap(([key, node]): Leaf[] => {
    const part = (value as Record<string, unknown>)[key];
    const path = parents + key;
    if (node.kind === 'group' || node.kind === 'entry') {
      return meaningOf((node as EntryField).keys, part, `${path}.`);
    }
    if (part === undefined || part === null || part === '') return [];
    if (!Array.isArray(part)) return [[path, JSON.stringify(part === 0 ? 0 : part)]];
    const items = node.kind === 'value' ? part : [...new Set(part)];
    return items.length > 0 ? [[path, JSON.stringify(items)]] : [];
  });
}

/** Paths of the keys that differ between two values, or that only one of them has. */
function changedPaths(shape: Shape, before: FrontmatterData, after: FrontmatterData): Set<string> {
  const old = new Map(meaningOf(shape.keys, before));
  const wanted = new Map(meaningOf(shape.keys, after));
  const all = new Set([...old.keys(), ...wanted.keys()]);
  return new Set([...all].filter((path) => old.get(path) !== wanted.get(path)));
}

const isWithin = (path: string, parent: string): boolean =>
  path === parent || path.startsWith(`${parent}.`);

/** The lines of both texts that belong to no changed path. */
function unchangedLines(shape: Shape, beforeText: string, afterText: string) {
  const [before, after] = [parsedOf(beforeText), parsedOf(afterText)];
  const [old, now] = [ownersOf(before.source.yaml), ownersOf(after.source.yaml)];
  const changed = changedPaths(shape, before.data, after.data);
  const cameOrWent = [...old.paths].filter((path) => !now.paths.has(path));
  cameOrWent.push(...[...now.paths].filter((path) => !old.paths.has(path)));
  for (const path of cameOrWent) changed.add(path);
  const isIn = (path: string, other: string) => isWithin(path, other) || isWithin(other, path);
  const direct = [...changed];
  for (const { path, target } of old.aliases) {
    if (direct.some((other) => isIn(target, other))) changed.add(path);
  }
  const isChanged = (path: string) => {
    if (path.startsWith(WITHIN)) return cameOrWent.some((other) => isWithin(path.slice(1), other));
    if (path === '(all)') return true;
    return [...changed].some((other) => isWithin(path, other) || isFlowOf(path, other));
  };
  /** A change within braces affects the line of the whole group. */
  const isFlowOf = (path: string, other: string) =>
    path !== '' && other.startsWith(`${path}.`) && !hasBlock(path);
  const hasBlock = (path: string) => [...old.paths].some((other) => other.startsWith(`${path}.`));
  const hasKept = /[|>]\d?\+/.test(before.source.yaml);
  const keep = ({ lines }: typeof old) =>
    lines
      .filter(({ path, text }) => !isChanged(path) && !(hasKept && text.trim() === ''))
      // Below a block, a blank line with spaces would become part of it.
      .map(({ text }) => text.replace(/^[ \t]+(?=\r?\n)/, ''));
  return { before: keep(old), after: keep(now) };
}

const valueOf = (text: string): FrontmatterData => parsedOf(text).data;

/** A file, and its data with some keys taken from another value, or removed. */
const edited = fc
  .tuple(someFile, someValue, fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }))
  .map(([text, other, picks]) => {
    const wanted = structuredClone(valueOf(text));
    const keys = Object.keys(articles.keys);
    for (const pick of picks) {
      const key = keys[pick % keys.length] as string;
      if (
        pick > keys.length &&
        typeof wanted[key] === 'object' &&
        wanted[key] &&
        !Array.isArray(wanted[key])
      ) {
        Object.assign(wanted[key] as object, other[key]);
      } else wanted[key] = other[key];
    }
    return { text, wanted };
  });

/** A file and a completely different value. */
const replaced = fc.tuple(someFile, someValue).map(([text, wanted]) => ({ text, wanted }));

const anyEdit = fc.oneof(edited, replaced);

test('a file without changes stays the same string', () => {
  fc.assert(
    fc.property(someFile, (text) => {
      const { data, body } = parsedOf(text);

      expect(patch(articles, text, data, body)).toBe(text);
    }),
    RUNS
  );
});

test('a patched file has the wanted content, and patching it again changes nothing', () => {
  fc.assert(
    fc.property(anyEdit, ({ text, wanted }) => {
      const result = patched(articles, text, wanted);

      expect(meaningOf(articles.keys, valueOf(result))).toEqual(meaningOf(articles.keys, wanted));
      expect(patched(articles, result, wanted)).toBe(result);
      expect(parsedOf(result).body).toBe(parsedOf(text).body);
    }),
    RUNS
  );
});

test('lines that belong to no changed path are the same, in the same order', () => {
  fc.assert(
    fc.property(anyEdit, ({ text, wanted }) => {
      const lines = unchangedLines(articles, text, patched(articles, text, wanted));

      expect(lines.after).toEqual(lines.before);
    }),
    RUNS
  );
});

test('a changed body leaves the bytes before it alone', () => {
  fc.assert(
    fc.property(someFile, fc.constantFrom('', 'x', '\n', '---\n', 'a\nb\n'), (text, body) => {
      const { data, source } = parsedOf(text);
      const result = patched(articles, text, data, body);

      expect(result.startsWith(text.slice(0, source.bodyStart))).toBe(true);
      expect(parsedOf(result).body).toBe(body);
    }),
    RUNS
  );
});

test('`read` accepts enough of the generated files', () => {
  const kinds = fc.sample(someFile, 200).map((text) => read(articles, text).kind);

  expect(kinds.filter((kind) => kind === 'valid').length).toBeGreaterThan(20);
});
