import { mergeFile, type MergeInput, type MergeResult } from '../merge';
import { parseOrThrow } from '../patch';
import type { FrontmatterData } from '../read/parse';
import { articles, fileOf } from './shape';

type Merged = Extract<MergeResult, { kind: 'merged' }>;

/** Result of a merge, with the text of the new source instead of its parsed form. */
export type MergedText =
  Exclude<MergeResult, Merged> | (Omit<Merged, 'source'> & { source: string });

export function mergeText(input: MergeInput): MergedText {
  const result = mergeFile(input);
  return result.kind === 'merged' ? { ...result, source: result.source.source.text } : result;
}

interface Texts {
  file: string;
  now: string;
  source?: string;
  lastFile?: string;
  history?: string[];
  /** Stored values that `now` does not show. */
  hidden?: FrontmatterData;
  base?: string;
}

/** Merges the texts of an article. */
export function merge(texts: Texts): MergedText {
  const { file, now, source, lastFile, history = [], hidden = {}, base } = texts;
  const current = parseOrThrow(now);
  const input: MergeInput = {
    shape: articles,
    file: parseOrThrow(file),
    now: current,
    stored: { ...current.data, ...hidden },
    source: source === undefined ? undefined : parseOrThrow(source),
    lastFile: lastFile === undefined ? undefined : parseOrThrow(lastFile),
    history: history.map(parseOrThrow),
    base: base === undefined ? undefined : parseOrThrow(base),
  };
  return mergeText(input);
}

/** Returns the expected result of a merge with one conflict. */
export const conflict = (path: string, base: unknown, file: unknown, cms: unknown) => ({
  kind: 'conflict',
  conflicts: [{ path, base, file, cms }],
});

/** Returns an article with these lines below its title and order. */
export const article = (...lines: string[]): string => fileOf('title: T', 'order: 1', ...lines);
