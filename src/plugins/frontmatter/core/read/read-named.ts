import { fileIssue, type Issue } from '../issue';
import type { Shape } from '../shape';
import { isSlug, SLUG_RULE } from '../slug';
import { read, type ReadResult } from './read';

/** Reads a file whose name contains the slug of its document, and checks the slug too. */
export function readNamed(
  shape: Shape,
  { slug, bytes }: { slug: string; bytes: Uint8Array }
): ReadResult {
  const result = read(shape, bytes);
  if (isSlug(slug) || isPlainMarkdown(result.issues)) return result;
  const message = `the file's name gives the slug '${slug}': ${SLUG_RULE}`;
  return { kind: 'invalid', issues: [fileIssue('invalid-slug', message), ...result.issues] };
}

/** Whether the only problem of a file is that it is not meant as a document. */
export const isPlainMarkdown = (issues: readonly Issue[]): boolean =>
  issues.length > 0 && issues.every(({ code }) => code === 'missing-frontmatter');
