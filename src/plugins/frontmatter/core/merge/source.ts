import { parseOrThrow, patchFile } from '../patch';
import type { FrontmatterData, ParsedFile } from '../read/parse';
import type { Shape } from '../shape';
import { differOnlyInValues, isPatched } from './outside';
import { composed, contentOf, isSamePart, type Content, type Part } from './parts';

interface Texts {
  base: ParsedFile;
  file: ParsedFile;
  now: ParsedFile;
  /** The text that `now` is patched from, or `now` itself. */
  source: ParsedFile;
}

/**
 * Decides whose comments, unknown keys and layout are kept: the file's, if none of these changed in
 * the CMS since the base; otherwise those of the CMS, if the author left them alone.
 */
export function originOfSource(
  shape: Shape,
  { base, file, now, source }: Texts
): 'file' | 'cms' | 'both' {
  if (base === source || base === now || isPatched(shape, base, now)) return 'file';
  if (differOnlyInValues(shape, base, file)) return 'cms';
  // The base may lack a part of `now`, such as an advertisement: at most its layout is lost.
  if (isPatched(shape, source, base) || differOnlyInValues(shape, base, now)) return 'file';
  return 'both';
}

/** Returns the source of the CMS with the merged content; what is hidden stays unchanged in it. */
export function patchedSource(
  {
    shape,
    source,
    now,
    stored,
  }: Omit<Texts, 'base' | 'file'> & {
    shape: Shape;
    stored: FrontmatterData;
  },
  parts: readonly Part[],
  merged: { content: Content; changed: readonly Part[] }
): ParsedFile {
  const shown = contentOf(shape, now);
  const all = contentOf(shape, { data: stored, body: now.body });
  const present = contentOf(shape, source);
  const isKept = (part: Part): boolean =>
    !isSamePart(part, shown, all) && !merged.changed.includes(part);
  const wanted = composed(parts, (part) => (isKept(part) ? present : merged.content));
  const { text, file = parseOrThrow(text) } = patchFile(shape, source, wanted);
  return file;
}
