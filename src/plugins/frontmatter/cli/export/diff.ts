import { createTwoFilesPatch } from 'diff';
import { decode, escapeControls } from '../../core';

/** Comparing texts takes quadratic time in the lines that differ: half a second for this many. */
const MAX_CHANGED_LINES = 2000;

/**
 * Returns the lines of a unified diff. Shows characters that a terminal hides or acts on, such as a
 * carriage return or a byte order mark, as escapes.
 */
export function diffOf(file: string, before: Buffer, after: string): string[] {
  const names = [`a/${file}`, `b/${file}`].map((name) => escapeControls(name)) as [string, string];
  const instead = (reason: string) => [`--- ${names[0]}`, `+++ ${names[1]}`, `(${reason})`];

  const decoded = decode(before);
  if (decoded.kind === 'refused') return instead(decoded.issues[0]?.message ?? '');
  const patch = createTwoFilesPatch(...names, decoded.text, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_CHANGED_LINES,
  });
  if (patch === undefined) return instead(`more than ${MAX_CHANGED_LINES} lines differ`);
  const [, ...lines] = patch.trimEnd().split('\n'); // the first is a separator
  return lines.map(makeVisible);
}

const makeVisible = (line: string): string =>
  line.split('\t').map(escapeControls).join('\t').replaceAll('\uFEFF', '\\ufeff');
