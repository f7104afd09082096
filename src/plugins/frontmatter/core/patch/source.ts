import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type CST,
  type Document,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ParsedSource } from '../read/parse';
import { remove, type Splice } from './splice';

const STRING_TAG = 'tag:yaml.org,2002:str';

/** Tokens before a node that belong to it. */
const PROPERTIES = ['anchor', 'tag'];

/** The text between the fences with its tree and its author's layout. */
export interface Source {
  /** All offsets count from its beginning. It ends with a line end unless it is empty. */
  yaml: string;
  document: Document.Parsed;
  /** Line end of the opening fence, which is the line before `yaml`. */
  fenceEnd: string;
  /** Indentation of one level, in columns. */
  indent: number;
  /** Whether the items of a list are indented below their key. */
  indentSeq: boolean;
}

export interface Range {
  start: number;
  end: number;
}

export function createSource({ text, yaml, yamlStart, document }: ParsedSource): Source {
  const fenceEnd = text.slice(0, yamlStart).endsWith('\r\n') ? '\r\n' : '\n';
  return { yaml, document, fenceEnd, ...layoutOf(document.contents) };
}

/** Reads the layout from the first nested block collections of a file. */
function layoutOf(contents: unknown): Pick<Source, 'indent' | 'indentSeq'> {
  const pairs = isMap(contents) && !contents.flow ? contents.items : [];
  const depthOf = ({ value }: Pair): number => {
    const isBlock = isCollection(value) && !value.flow;
    return isBlock ? indentOf(value) - indentOf(contents as YAMLMap) : -1;
  };
  const map = pairs.find((pair) => isMap(pair.value) && depthOf(pair) > 0);
  const list = pairs.find((pair) => isSeq(pair.value) && depthOf(pair) >= 0);
  const listDepth = list ? depthOf(list) : undefined;
  return {
    indent: map ? depthOf(map) : listDepth || 2,
    indentSeq: listDepth !== 0,
  };
}

/** Column of the keys or hyphens of a block collection. */
export const indentOf = (node: YAMLMap | YAMLSeq): number =>
  (node.srcToken as CST.BlockMap | CST.BlockSequence).indent;

export const tokensOf = (pair: Pair): CST.CollectionItem =>
  pair.srcToken as unknown as CST.CollectionItem; // kept because `parse` asks for it

export const isExplicit = (pair: Pair): boolean =>
  tokensOf(pair).start.some((token) => token.type === 'explicit-key-ind');

/** Where a node begins, including its anchor, tag or `?`. */
export function startOf(tokens: CST.CollectionItem, node: unknown): number {
  const first = tokens.start.find(
    (token) => PROPERTIES.includes(token.type) || token.type === 'explicit-key-ind'
  );
  return first?.offset ?? rangeOf(node).start;
}

export const pairStart = (pair: Pair): number => startOf(tokensOf(pair), pair.key);

/** Range of a node's own text, without anchor and tag. */
export function rangeOf(node: unknown): Range {
  const range = isScalar(node) || isAlias(node) || isCollection(node) ? node.range : undefined;
  if (!range) throw new Error('a node of a parsed document has no range');
  return { start: range[0], end: range[1] };
}

/** Whether a node has any text: the value of `key:` has none. */
export const hasText = (node: unknown): boolean => {
  if (node === null || node === undefined) return false;
  const { start, end } = rangeOf(node);
  return start < end;
};

/** Where the value of a pair is, or has to be written. */
export function valueRange(pair: Pair): Range {
  if (hasText(pair.value)) return rangeOf(pair.value);
  const at = valueStart(pair);
  return { start: at, end: at };
}

/** The end of a pair's colon, or of the anchor and tag of its value. */
export function valueStart(pair: Pair): number {
  const last = (tokensOf(pair).sep ?? []).findLast(
    (token) => PROPERTIES.includes(token.type) || token.type === 'map-value-ind'
  );
  return last ? last.offset + last.source.length : rangeOf(pair.key).end;
}

/** Removes the tag of a node, unless the new value has that type. */
export function tagRemoval(
  yaml: string,
  tokens: readonly CST.SourceToken[] | undefined,
  { node, value }: { node: unknown; value: unknown }
): Splice[] {
  const tag = tokens?.find(({ type }) => type === 'tag');
  if (!tag || (isScalar(node) && node.tag === STRING_TAG && typeof value === 'string')) return [];
  const before = yaml.slice(lineStart(yaml, tag.offset), tag.offset);
  const spaces = before.length - before.trimEnd().length;
  const end = tag.offset + tag.source.length;
  // The spaces after it replace those before it, unless these are the indentation.
  if (spaces > 0 && spaces < before.length) return [remove(tag.offset - spaces, end)];
  return [remove(tag.offset, end + (/^[ \t]*/.exec(yaml.slice(end))?.[0].length ?? 0))];
}

export const hasColon = (pair: Pair): boolean =>
  (tokensOf(pair).sep ?? []).some((token) => token.type === 'map-value-ind');

/** End of a pair's value, without comments after it. */
export function pairEnd(pair: Pair): number {
  return hasText(pair.value) ? nodeEnd(pair.value) : valueRange(pair).end;
}

export function nodeEnd(node: unknown): number {
  if (!isCollection(node) || node.flow) return rangeOf(node).end;
  const last = node.items.at(-1);
  if (isMap(node) && last) return pairEnd(last as Pair);
  if (last && hasText(last)) return nodeEnd(last);
  return rangeOf(node).end;
}

export const lineStart = (yaml: string, offset: number): number =>
  offset === 0 ? 0 : yaml.lastIndexOf('\n', offset - 1) + 1;

/** Start of the line below `offset`; `offset` itself if it begins a line other than the first. */
export function nextLine(yaml: string, offset: number): number {
  if (offset === lineStart(yaml, offset) && offset > 0) return offset;
  const end = yaml.indexOf('\n', offset);
  return end === -1 ? yaml.length : end + 1;
}

/** The line end of the line before an offset. */
export function lineEndBefore({ yaml, fenceEnd }: Source, offset: number): string {
  const start = lineStart(yaml, offset);
  if (start === 0) return fenceEnd;
  return yaml[start - 2] === '\r' ? '\r\n' : '\n';
}
