import { isEqual } from 'es-toolkit';
import { MAX_FILE_BYTES } from './read/decode';
import type { FrontmatterData } from './read/parse';
import type { Shape } from './shape';
import { getAt } from './tree';

const KIBIBYTE = 1024;

/**
 * Why a text should not be given out, by attribute: what is given out has to be a file that can be
 * taken in again. What was given out before stays allowed, so that an edit elsewhere is not refused.
 */
export function givingProblems(
  shape: Shape,
  { frontmatter, text }: { frontmatter: FrontmatterData; text: string },
  previous: FrontmatterData | undefined
): { path: string[]; message: string }[] {
  const bytes = new TextEncoder().encode(text).length;
  const tooLarge = {
    path: [shape.body],
    message: `the file would have ${Math.ceil(bytes / KIBIBYTE)} kB, at most ${MAX_FILE_BYTES / KIBIBYTE} can be read again: move long text out of it`,
  };
  const issues = shape.schema.safeParse(frontmatter).error?.issues ?? [];
  const problems = issues.flatMap(({ path, message }) => {
    const leaf = shape.leaves.find((candidate) =>
      candidate.path.every((key, index) => key === path[index])
    );
    if (!leaf) return [];
    const isOld = previous && isEqual(getAt(previous, leaf.path), getAt(frontmatter, leaf.path));
    return isOld ? [] : [{ path: leaf.attribute.map(String), message }];
  });
  return bytes > MAX_FILE_BYTES ? [...problems, tooLarge] : problems;
}
