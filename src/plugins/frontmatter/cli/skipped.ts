import { decode, escapeControls } from '../core';

/** Why a file that may hold markdown is not read as a document. */
const REASONS = {
  name: 'not named like a document of the collection',
  plain: 'no frontmatter',
  blank: 'blank line before the ---',
  fence: '--- is not alone on the first line',
  toml: 'TOML frontmatter, which begins with +++',
  extension: 'an extension other than .md',
  hidden: 'a name that cannot be a slug',
  link: 'symbolic link, which is not followed',
} as const;

/** Reasons that are usual in a folder of documents, and counted together. */
const USUAL: readonly SkipReason[] = ['name', 'plain'];

export type SkipReason = keyof typeof REASONS;

export interface SkippedFile {
  file: string;
  reason: SkipReason;
}

/** Classifies a file without frontmatter; it may have some that only other tools read. */
export function skippedPlain({ file, bytes }: { file: string; bytes: Uint8Array }): SkippedFile {
  const decoded = decode(bytes);
  const text = decoded.kind === 'text' ? decoded.text.replace(/^\uFEFF/, '') : '';
  if (/^\s+---[ \t]*\r?\n/.test(text)) return { file, reason: 'blank' };
  if (/^---[ \t]*[^\s-]/.test(text)) return { file, reason: 'fence' };
  return { file, reason: /^\+\+\+[ \t]*\r?\n/.test(text) ? 'toml' : 'plain' };
}

/** `2 other .md files left alone`, `1 skipped (symbolic link, which is not followed)` */
export function skippedCounts(skipped: readonly SkippedFile[]): string[] {
  const count = (reasons: readonly SkipReason[]): number =>
    skipped.filter(({ reason }) => reasons.includes(reason)).length;
  const format = (value: number): string => value.toLocaleString('en');
  const usual = count(USUAL);
  const others = (Object.keys(REASONS) as SkipReason[]).filter((each) => !USUAL.includes(each));
  return [
    ...(usual > 0 ? [`${format(usual)} other .md files left alone`] : []),
    ...others.flatMap((each) =>
      count([each]) > 0 ? [`${format(count([each]))} skipped (${REASONS[each]})`] : []
    ),
  ];
}

export const skippedLines = (skipped: readonly SkippedFile[]): string[] =>
  skipped.map(({ file, reason }) => escapeControls(`${file}: skipped (${REASONS[reason]})`));
