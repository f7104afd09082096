import { mergeFile, type MergeInput, type MergeResult } from '../merge';

type Merged = Extract<MergeResult, { kind: 'merged' }>;

/** What a merge gives, with the text of the new source instead of what was parsed of it. */
export type MergedText =
  Exclude<MergeResult, Merged> | (Omit<Merged, 'source'> & { source: string });

export function mergeText(input: MergeInput): MergedText {
  const result = mergeFile(input);
  return result.kind === 'merged' ? { ...result, source: result.source.source.text } : result;
}
