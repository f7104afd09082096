import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Scalar,
  visit,
  type Document,
  type Pair,
} from 'yaml';
import { forbiddenCharacter } from '../fields/values';
import { issueAt, type Issue } from '../issue';
import { keysOf } from '../meaning';
import type { Shape } from '../shape';
import type { KeyTree } from '../tree';
import { MAX_MISTAKES, type ParsedFile, type ParsedSource } from './parse';
import { keyName } from './positions';
import { keyOf } from './structure';

const MERGE_KEY = '<<';
const RAW_CHARACTER =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]|\r(?!\n)/g;

/**
 * Adds issues for what other YAML readers reject or read differently, and what databases cannot
 * store. `parse` accepts it, so that what was imported before can still be rendered.
 *
 * @param found Issues from `validate`. What they cover is not reported again, and those that only
 * follow from an added issue are dropped.
 */
export function withOtherReaders(shape: Shape, file: ParsedFile, found: Issue[]): Issue[] {
  const { source } = file;
  const { document, place } = source;
  const issues: Issue[] = [];
  /** Paths of keys without a name, of merge keys, and of the keys that these merge. */
  const explained = new Set<string>();
  const refused = new Set(
    found
      .filter(({ severity }) => severity === 'error')
      .map(({ line, column }) => `${line} ${column}`)
  );

  visit(document, (key, node, ancestors) => {
    if (isPair(node) && isMergeKey(node.key)) checkMerge(node as Pair, ancestors);
    if (!isScalar(node)) return;
    const position = place(node.range?.[0] ?? 0);
    if (key === 'key' && node.value === null) {
      const message = 'a key has no name: write one before the colon, or put it in quotes';
      explained.add(ancestors.flatMap(keyOf).join('.'));
      issues.push(issueAt('invalid-type', position, message));
    }
    const forbidden = typeof node.value === 'string' && forbiddenCharacter(node.value);
    if (!forbidden || refused.has(`${position.line} ${position.column}`)) return;
    const path = [...ancestors, node].flatMap(keyOf);
    issues.push(issueAt('forbidden-character', position, forbidden, { path }));
  });
  const others = found.filter(({ path }) => !explained.has(path));
  return [...others, ...issues, ...rawCharacterIssues(source)];

  function checkMerge(pair: Pair, ancestors: readonly unknown[]): void {
    const parents = ancestors.flatMap(keyOf);
    const known = keysAt(shape.keys, parents) ?? {};
    const merged = mergedKeys(document, pair.value);
    // An anchored group can be used elsewhere, where the shape knows its keys.
    const isShared = ancestors.some((node) => isCollection(node) && node.anchor);
    const isKnown = merged?.some((name) => Object.hasOwn(known, name)) ?? true;
    const isError = isKnown || isShared;
    for (const name of [MERGE_KEY, ...(isError ? (merged ?? []) : [])]) {
      explained.add([...parents, name].join('.'));
    }
    const start = isNode(pair.key) ? pair.key.range?.[0] : undefined;
    const message = isError
      ? "'<<' is read in two ways, as a key or as the keys of another group: write the merged keys out"
      : "unknown key '<<': kept as it is; other readers treat it as the keys of another group: write the merged keys out";
    issues.push(
      issueAt(isError ? 'forbidden-key' : 'unknown-key', place(start ?? 0), message, {
        path: [...parents, MERGE_KEY],
        severity: isError ? 'error' : 'note',
      })
    );
  }
}

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.value === MERGE_KEY && key.type === Scalar.PLAIN && !key.tag;

/** The keys that the shape knows at a path; `undefined` in a value or below an unknown key. */
function keysAt(keys: KeyTree, path: readonly string[]): KeyTree | undefined {
  return path.reduce<KeyTree | undefined>((known, name) => {
    const node = known && Object.hasOwn(known, name) ? known[name] : undefined;
    return node && keysOf(node);
  }, keys);
}

/** Keys that a merge adds; `undefined` if it is not a group or a list of groups: an error. */
function mergedKeys(
  document: Document,
  value: unknown,
  seen = new Set<unknown>()
): string[] | undefined {
  const node = isAlias(value) ? value.resolve(document) : value;
  if (isSeq(node)) {
    const names = node.items.map((item) => mergedKeys(document, item, seen));
    return names.includes(undefined) ? undefined : (names.flat() as string[]);
  }
  if (!isMap(node)) return undefined;
  if (seen.has(node)) return [];
  seen.add(node);
  return node.items.flatMap(({ key, value: nested }) =>
    isMergeKey(key) ? (mergedKeys(document, nested, seen) ?? []) : [keyName(key)]
  );
}

/** Reports forbidden characters outside of keys and values, mostly in comments. */
function rawCharacterIssues({ document, yaml, place }: ParsedSource): Issue[] {
  if (yaml.search(RAW_CHARACTER) === -1) return [];
  let outside = '';
  visit(document, {
    Scalar(_, { range, type }) {
      const [start = 0, end = 0] = range ?? [];
      const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
      // A comment may follow the indicator that begins a block.
      const from = isBlock ? yaml.indexOf('\n', start) : start;
      outside += yaml.slice(outside.length, from).padEnd(end - outside.length);
    },
  });
  outside += yaml.slice(outside.length);
  return [...outside.matchAll(RAW_CHARACTER)]
    .slice(0, MAX_MISTAKES)
    .map(({ 0: character, index }) => {
      const name = `U+${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
      const message =
        character === '\r'
          ? `a line ends in ${name} alone, which other readers treat as a line break: end it with LF or CRLF`
          : `holds the character ${name}, which cannot be stored: remove it`;
      return issueAt('forbidden-character', place(index), message);
    });
}
