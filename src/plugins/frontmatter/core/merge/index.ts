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
  /** What the CMS would serve of the draft, without what is currently hidden. */
  now: ParsedFile;
  /**
   * What the document holds, including what is currently hidden: all windows open, with links to
   * unpublished targets and pending ones. The same as `now` if nothing is hidden.
   */
  stored: FrontmatterData;
  /** The text imported last, from which `now` is patched. Absent if the CMS made the document. */
  source?: ParsedFile | undefined;
  /** The file imported last, if its values were patched into `source`. */
  lastFile?: ParsedFile | undefined;
  /**
   * Texts that the CMS imported or served and still keeps, newest first, including the published
   * one even if `now` is the same.
   */
  history: readonly ParsedFile[];
  /** The text that the author of the file started from, if known; otherwise it is inferred. */
  base?: ParsedFile | undefined;
}

export type MergeResult =
  /** The CMS serves the same text; line endings may differ. */
  | { kind: 'unchanged' }
  /** The CMS already knows the file, or everything edited in it: nothing is written. */
  | { kind: 'outdated' }
  | {
      kind: 'merged';
      /** The new content of the draft as served, without what is hidden. Only keys of the shape. */
      value: FrontmatterData;
      body: string;
      /**
       * Paths of the leaves to write into the draft, in shape order, and the attribute of the body.
       * A leaf that is not in `value` must be emptied. Empty if only other text changed.
       */
      changed: readonly (readonly string[])[];
      /** The new source. */
      source: ParsedFile;
    }
  /** Nothing is written. */
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
 * Computes what importing a file does to a document: a three-way merge of file and CMS, leaf by
 * leaf. Both are compared with the *base*, the text that the author of the file started from. What
 * only the file changed is applied, what only the CMS changed is kept. If several texts may be the
 * base and lead to different results for a key, that key is a conflict. A document that was never
 * imported or served has no base: a key that both sides set must have the same value on both.
 */
export function mergeFile(input: MergeInput): MergeResult {
  const { shape, file, now, source, lastFile, history } = input;
  if (isSameText(file, now)) return { kind: 'unchanged' };
  // If the base is known, going back to an older text is an edit.
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

/** Paths of the leaves, and the attribute of the body, in which two texts differ in meaning. */
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
