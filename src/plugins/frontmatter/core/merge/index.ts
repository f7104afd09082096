import { isSameButLineEnds } from '../line-ends';
import { parseOrThrow } from '../patch';
import type { FrontmatterData, ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { possibleBases } from './base';
import { decidePart } from './decide';
import { composed, contentOf, differingParts, partsOf, type Part } from './parts';
import { originOfSource, patchedSource } from './source';

export interface MergeInput {
  shape: Shape;
  /** The file as its author sent it, validated. */
  file: ParsedFile;
  /** What the CMS would give out of the draft, without what is hidden at the moment. */
  now: ParsedFile;
  /**
   * What the document holds, with what is hidden at the moment: all windows open, links to
   * unpublished targets and pending ones included. Where nothing is hidden it says the same as `now`.
   */
  stored: FrontmatterData;
  /** The text that was last taken in; `now` is patched from it. Absent if the CMS made the document. */
  source?: ParsedFile | undefined;
  /** The file that was imported last, if its values were patched into `source`. */
  lastFile?: ParsedFile | undefined;
  /**
   * Texts that the CMS imported or served and still keeps, newest first: the published one too,
   * even if `now` is the same.
   */
  history: readonly ParsedFile[];
  /** What the author of the file began with, where that is known; otherwise it is found out. */
  base?: ParsedFile | undefined;
}

export type MergeResult =
  /** The CMS gives out the same text; what ends its lines may differ. */
  | { kind: 'unchanged' }
  /** The CMS knows the file already, or all that was edited in it: nothing is to be written. */
  | { kind: 'outdated' }
  | {
      kind: 'merged';
      /** What the draft is to say, as given out: what is hidden is not in it. Keys of the shape only. */
      value: FrontmatterData;
      body: string;
      /**
       * Paths of the leaves to write into the draft, in the order of the shape, and the attribute of
       * the body. One that is not in `value` is to be emptied. Nothing if only text outside of
       * values changed.
       */
      changed: readonly (readonly string[])[];
      /** The new source. */
      source: ParsedFile;
    }
  /** Nothing is to be written. */
  | { kind: 'conflict'; conflicts: Conflict[] };

/** What both sides changed, and to what; `undefined` for a key that is absent. */
export interface Conflict {
  /**
   * Dotted path of the leaf, or the attribute of the body. Empty for the text outside of values,
   * such as comments and unknown keys: then the sides are the whole texts.
   */
  path: string;
  base: unknown;
  file: unknown;
  cms: unknown;
}

/**
 * What taking in a file does to a document: a three-way merge of file and CMS, leaf by leaf. Both
 * are compared with the *base*, the text that the author of the file began with. What only the file
 * changed is applied, what only the CMS changed is kept. Where several texts may be the base and
 * give different results for a key, that key is a conflict. A document that was never imported or served
 * has no base: a key that both sides set must have the same value on both.
 */
export function mergeFile(input: MergeInput): MergeResult {
  const { shape, file, now, source, lastFile, history } = input;
  if (isSameText(file, now)) return { kind: 'unchanged' };
  // Who began with a known text may well go back to an older one.
  const known = input.base ? [input.base] : [source, lastFile, ...history];
  if (known.some((text) => text && isSameText(file, text))) return { kind: 'outdated' };

  const isNew = !input.base && !source && history.length === 0;
  const bases = input.base ? [input.base] : isNew ? [EMPTY] : possibleBases(input);
  const [base = now] = bases;
  const parts = partsOf(shape);
  const { changed, conflicts } = mergeParts(input, parts, bases);
  const origin = isNew ? 'file' : originOfSource(shape, { base, file, now, source: source ?? now });
  if (origin === 'both') conflicts.push(textConflict(base, file, now));
  if (conflicts.length > 0) return { kind: 'conflict', conflicts };
  if (origin === 'cms' && changed.length === 0) return { kind: 'outdated' };

  const [ours, theirs] = [contentOf(shape, file), contentOf(shape, now)];
  const content = composed(parts, (part) => (changed.includes(part) ? ours : theirs));
  return {
    kind: 'merged',
    ...content,
    changed: changed.map(({ path }) => path),
    source:
      origin === 'file'
        ? file
        : patchedSource({ ...input, source: source ?? now }, parts, { content, changed }),
  };
}

interface Said {
  data: FrontmatterData;
  body: string;
}

/** Paths of the leaves in which two texts differ by meaning; the attribute of the body if they differ in it. */
export const differingLeaves = (shape: Shape, one: Said, other: Said): (readonly string[])[] =>
  differingParts(partsOf(shape), contentOf(shape, one), contentOf(shape, other)).map(
    ({ path }) => path
  );

const EMPTY = parseOrThrow('---\n---\n');

const isSameText = (one: ParsedFile, other: ParsedFile): boolean =>
  isSameButLineEnds(one.source.text, other.source.text);

function mergeParts(
  { shape, file, now, stored }: MergeInput,
  parts: readonly Part[],
  bases: readonly ParsedFile[]
): { changed: Part[]; conflicts: Conflict[] } {
  const begun = bases.map((base) => contentOf(shape, base));
  const contents = {
    file: contentOf(shape, file),
    now: contentOf(shape, now),
    stored: contentOf(shape, { data: stored, body: now.body }),
  };
  const changed: Part[] = [];
  const conflicts: Conflict[] = [];
  for (const part of parts) {
    const sides = {
      file: part.get(contents.file),
      now: part.get(contents.now),
      stored: part.get(contents.stored),
    };
    const values = begun.map((content) => part.get(content));
    const decision = decidePart(part, values, sides);
    if (decision.kind === 'apply') changed.push(part);
    if (decision.kind === 'conflict') {
      const path = part.path.join('.');
      conflicts.push({ path, base: values[0], file: sides.file, cms: decision.cms });
    }
  }
  return { changed, conflicts };
}

const textConflict = (base: ParsedFile, file: ParsedFile, now: ParsedFile): Conflict => ({
  path: '',
  base: base.source.text,
  file: file.source.text,
  cms: now.source.text,
});
