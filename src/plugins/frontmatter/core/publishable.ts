import { isEqual, maxBy } from 'es-toolkit';
import { findTooLarge } from './read/limits';
import type { FrontmatterData } from './read/parse';
import type { Shape } from './shape';
import { getAt } from './tree';

/**
 * Returns why a text must not be published, by attribute: readers must get a file that can be
 * imported. What was published before stays allowed, so that edits elsewhere are not rejected.
 */
export function publishingProblems(
  shape: Shape,
  { frontmatter, text }: { frontmatter: FrontmatterData; text: string },
  previous: FrontmatterData | undefined
): { path: string[]; message: string }[] {
  const tooLarge = findTooLarge(text).map(({ part, message }) => ({
    path: part === 'body' ? [shape.body] : largestAttribute(shape, frontmatter),
    message,
  }));
  const issues = shape.schema.safeParse(frontmatter).error?.issues ?? [];
  const problems = issues.flatMap(({ path, message }) => {
    const leaf = shape.leaves.find((candidate) =>
      candidate.path.every((key, index) => key === path[index])
    );
    if (!leaf) return [];
    const isOld = previous && isEqual(getAt(previous, leaf.path), getAt(frontmatter, leaf.path));
    return isOld ? [] : [{ path: leaf.attribute.map(String), message }];
  });
  return [...problems, ...tooLarge];
}

function largestAttribute(shape: Shape, frontmatter: FrontmatterData): string[] {
  const sizeOf = (path: readonly string[]): number =>
    JSON.stringify(getAt(frontmatter, path) ?? '').length;
  return maxBy(shape.leaves, ({ path }) => sizeOf(path))?.attribute.map(String) ?? [shape.body];
}
