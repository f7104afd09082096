import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type CST,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** Prefix of the path of a list or group, for a line that is removed only with all of it. */
export const WITHIN = '=';

/** A line of frontmatter with its line ending, and the dotted path of the key it belongs to. */
export interface OwnedLine {
  text: string;
  /** Empty for blank lines and for comments that belong to no key. */
  path: string;
}

export interface Owners {
  lines: OwnedLine[];
  /** Paths of all keys in block mappings, and of flow collections as a whole. */
  paths: ReadonlySet<string>;
  /** Path of each alias, and of what it refers to. */
  aliases: { path: string; target: string }[];
}

/** An entry with the comments that belong to it. */
interface Attached {
  from: number;
  to: number;
  column: number;
  path: string;
  /** Owner of the comments that are directly below it and indented further. */
  below: string;
}

/**
 * Determines which key each line belongs to: the lines of its value, comments directly above that
 * are not indented further, and comments directly below that are.
 */
export function ownersOf(yaml: string): Owners {
  const lineCounter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter, keepSourceTokens: true, uniqueKeys: false });
  const texts = yaml.match(/[^\n]*\n/g) ?? [];
  const lines: OwnedLine[] = texts.map((text) => ({ text, path: '' }));
  const content = new Set<number>();
  const paths = new Set<string>();
  const lineOf = (offset: number): number => lineCounter.linePos(offset).line - 1;
  const columnOf = (index: number): number => texts[index]?.search(/\S/) ?? -1;
  const isComment = (index: number): boolean =>
    !content.has(index) && /^\s*#/.test(texts[index] ?? '');

  const mark = (from: number, to: number, path: string): void => {
    for (let index = from; index <= to; index += 1) {
      (lines[index] as OwnedLine).path = path;
      content.add(index);
    }
  };
  const attached: Attached[] = [];

  function walk(map: YAMLMap, parents: string): void {
    for (const pair of map.items as Pair[]) {
      const path = `${parents}${String(isScalar(pair.key) ? pair.key.value : '')}`;
      paths.add(path);
      const from = lineOf((pair.key as Node).range?.[0] ?? 0);
      const to = lastLine(pair);
      const isBlock = isCollection(pair.value) && !pair.value.flow;
      const below = isBlock ? `${WITHIN}${path}` : path;
      attached.push({ from, to, column: columnOf(from), path, below });
      mark(from, isBlock ? from : to, path);
      if (!isBlock) continue;
      if (isMap(pair.value)) walk(pair.value as YAMLMap, `${path}.`);
      else markItems(pair.value as YAMLSeq, path);
    }
  }

  function markItems(list: YAMLSeq, path: string): void {
    for (const [index, item] of list.items.entries()) {
      const tokens = (list.srcToken as CST.BlockSequence).items[index]?.start ?? [];
      const hyphen = tokens.find((token) => token.type === 'seq-item-ind');
      const start = hyphen?.offset ?? 0;
      const [from, to] = [lineOf(start), lineOf(Math.max(start, (endOf(item) ?? 0) - 1))];
      mark(from, to, path);
      attached.push({ from, to, column: columnOf(from), path, below: path });
    }
  }

  function lastLine(pair: Pair): number {
    const end = endOf(pair.value) ?? (pair.key as Node).range?.[1] ?? 0;
    return lineOf(Math.max(end - 1, (pair.key as Node).range?.[0] ?? 0));
  }

  function endOf(node: unknown): number | undefined {
    if (isCollection(node) && !node.flow) {
      const last = node.items.at(-1);
      if (isMap(node)) {
        const pair = last as Pair | undefined;
        return endOf(pair?.value) ?? (pair?.key as Node | undefined)?.range?.[1];
      }
      return endOf(last);
    }
    if (!isScalar(node) && !isCollection(node) && !isAlias(node)) return undefined;
    const [start, end] = node.range ?? [0, 0];
    return start === end ? undefined : end;
  }

  if (isMap(document.contents)) {
    if (document.contents.flow) mark(0, texts.length - 1, '(all)');
    else walk(document.contents as unknown as YAMLMap, '');
  }
  // Last ones first: a comment directly below a group that is indented further than its last key
  // belongs to that key.
  for (const { from, to, column, path, below } of attached.toReversed()) {
    for (let index = from - 1; isComment(index) && columnOf(index) <= column; index -= 1) {
      (lines[index] as OwnedLine).path ||= path;
    }
    for (let index = to + 1; isComment(index) && columnOf(index) > column; index += 1) {
      (lines[index] as OwnedLine).path ||= below;
    }
  }
  for (const { from, to, path } of attached.toReversed()) {
    for (let index = from; index <= to; index += 1) {
      (lines[index] as OwnedLine).path ||= `${WITHIN}${path}`;
    }
  }
  return { lines, paths, aliases: aliasesOf() };

  function aliasesOf(): Owners['aliases'] {
    const found: Owners['aliases'] = [];
    const anchored = new Map<unknown, string>();
    visit(document, (_, node, ancestors) => {
      if (!isNode(node) || isAlias(node) || !node.anchor) return;
      const pairs = ancestors.filter(isPair);
      const path = pairs.map(({ key }) => (isScalar(key) ? String(key.value) : '')).join('.');
      anchored.set(node, path);
    });
    visit(document, {
      Alias(_, alias) {
        const target = alias.resolve(document);
        if (!target) return;
        found.push({
          path: lines[lineOf(alias.range?.[0] ?? 0)]?.path ?? '',
          target: anchored.get(target) ?? '',
        });
      },
    });
    return found;
  }
}
