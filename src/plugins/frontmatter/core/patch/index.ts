import { isMap, isNode, YAMLMap } from 'yaml';
import type { Values } from '../meaning';
import { parse, type FrontmatterData, type ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { writeOutAliases } from './aliases';
import { mapLines } from './canonical';
import { compareMap, type MapChange } from './compare';
import type { EditContext } from './context';
import { editMap } from './map-edits';
import { rewritten, unknownData } from './rewrite';
import { createSource, hasText, lineEndBefore, rangeOf, type Source } from './source';
import { applySplices, insert, type Splice } from './splice';
import { blankLineRemovals } from './trivia';

export interface Wanted {
  /** Keys of the shape; one that is missing will be absent from the file. */
  value: FrontmatterData;
  /** With LF line endings. */
  body: string;
}

/**
 * Changes a markdown file to the wanted content. Replaces only what differs, in the style of the
 * existing text, and keeps keys that the shape does not know.
 *
 * @returns The same string if nothing differs in meaning.
 * @throws Error if `parse` rejects the text.
 */
export const patch = (
  shape: Shape,
  sourceText: string,
  value: FrontmatterData,
  body: string
): string => patchParsed(shape, parseOrThrow(sourceText), { value, body });

/** The same as `patch`, for a file that is already parsed. */
export const patchParsed = (
  shape: Shape,
  file: ParsedFile,
  wanted: Wanted,
  onFallback?: (failed: string) => void
): string => patchFile(shape, file, wanted, onFallback).text;

/** A patched file; `file` is absent if only the body changed. */
export interface Patched {
  text: string;
  data: FrontmatterData;
  file?: ParsedFile;
}

/** @param onFallback Called if an edit failed and its keys were rewritten, which is a bug. */
export function patchFile(
  shape: Shape,
  file: ParsedFile,
  wanted: Wanted,
  onFallback: (failed: string) => void = () => {}
): Patched {
  const body = { ...wanted, body: wanted.body.replace(/\r\n?/g, '\n') };
  const change = compare(shape, createSource(file.source), wanted.value);
  if (!change) {
    const text = withBody(file.source.text, file, body.body);
    return { text, data: file.data, ...(text === file.source.text && { file }) };
  }

  const edited = withBody(withFrontmatter(shape, file, wanted.value), file, body.body);
  const found = check(shape, file, body, edited);
  if ('file' in found) return patched(found.file);

  onFallback(edited);
  const anew = withBody(
    withFrontmatter(shape, file, wanted.value, { isRewritten: true }),
    file,
    body.body
  );
  const again = check(shape, file, body, anew);
  if ('file' in again) return patched(again.file);
  throw new Error(
    `The frontmatter could not be changed at '${again.differsAt}': write this key again`
  );
}

const patched = (file: ParsedFile): Patched => ({ text: file.source.text, data: file.data, file });

/** @throws Error if `parse` rejects the text. */
export function parseOrThrow(text: string): ParsedFile {
  const result = parse(text);
  if (result.kind === 'parsed') return result.file;
  const [issue] = result.issues;
  throw new Error(`The source cannot be read at line ${issue?.line}: ${issue?.message}`);
}

/** Returns the file with its frontmatter changed and its body unchanged. */
function withFrontmatter(
  shape: Shape,
  file: ParsedFile,
  value: Values,
  { isRewritten = false } = {}
): string {
  const source = createSource(file.source);
  const change = compare(shape, source, value);
  if (!change) return file.source.text;
  const aliases = writeOutAliases(source, change);
  if (aliases) {
    const text = splice(file, aliases);
    return withFrontmatter(shape, parseOrThrow(text), value, { isRewritten });
  }
  return splice(
    file,
    edits(source, isRewritten ? rewritten(shape, source, change, value) : change)
  );
}

function compare(shape: Shape, { document }: Source, value: Values): MapChange | undefined {
  const contents = isMap(document.contents) ? document.contents : new YAMLMap();
  return compareMap(document, shape.keys, contents as YAMLMap, value);
}

function edits(source: Source, change: MapChange): Splice[] {
  if (change.map.items.length === 0) return [fillFrontmatter(source, change)];
  const context: EditContext = { source, splices: [], removed: new Set() };
  editMap(context, change, 0);
  return [...context.splices, ...blankLineRemovals(source, context.splices)];
}

/** Writes the first keys, below comments if there are any. */
function fillFrontmatter(source: Source, { changes }: MapChange): Splice {
  const { yaml, document } = source;
  const added = changes.flatMap((each) => (each.kind === 'add' ? [[each.key, each.value]] : []));
  const { contents } = document;
  const isDocumentEnded = /^\.\.\.\s*$/m.test(yaml);
  const at = isDocumentEnded ? 0 : yaml.length;
  const lineEnd = lineEndBefore(source, at);
  const lines = mapLines(source, Object.fromEntries(added), { at, indent: 0, lineEnd });
  if (!isNode(contents) || !hasText(contents)) return insert(at, lines);
  const hasProperties = contents.anchor !== undefined || contents.tag !== undefined;
  return {
    ...rangeOf(contents),
    text: (hasProperties ? lineEnd : '') + lines.slice(0, -lineEnd.length),
  };
}

function splice({ source: { text, yaml, yamlStart } }: ParsedFile, splices: Splice[]): string {
  const before = text.slice(0, yamlStart);
  return before + applySplices(yaml, splices) + text.slice(yamlStart + yaml.length);
}

/** Replaces the body at the end of `text` with the wanted one, unless it is the same. */
function withBody(text: string, file: ParsedFile, body: string): string {
  if (file.body === body) return text;
  const { source } = file;
  const bodyLength = source.text.length - source.bodyStart;
  const head = text.slice(0, text.length - bodyLength);
  const lineEnd = dominantLineEnd(source.text);
  const isFenceOpen = !head.endsWith('\n') && body !== '';
  return head + (isFenceOpen ? lineEnd : '') + body.replaceAll('\n', lineEnd);
}

function dominantLineEnd(text: string): string {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > all - windows ? '\r\n' : '\n';
}

/** Parses a changed text, or returns where it differs from what is wanted. */
function check(
  shape: Shape,
  before: ParsedFile,
  wanted: Wanted,
  text: string
): { file: ParsedFile } | { differsAt: string } {
  const result = parse(text);
  if (result.kind === 'refused') return { differsAt: result.issues[0]?.path || 'the frontmatter' };
  const { body, data, source } = result.file;
  const change = compare(shape, createSource(source), wanted.value);
  if (change) return { differsAt: change.changes[0]?.key ?? '' };
  if (unknownData(shape, before.data) !== unknownData(shape, data)) {
    return { differsAt: 'an unknown key' };
  }
  return body === wanted.body ? { file: result.file } : { differsAt: shape.body };
}
