import { quote } from '../fields/field';
import { issueAt, positionAt, type Issue } from '../issue';

/** A file that begins with frontmatter, or with a conflict on its first line. */
const CANDIDATE = /^\uFEFF?(?:---|<{7})/;
/** The lines that git puts around two versions: `<<<<<<< ours` and `>>>>>>> theirs`. */
const MARKER = /(?<=^\uFEFF?|\n)(?:<{7}|>{7})(?: [^\r\n]*)?(?=\r?(?:\n|$))/g;

/**
 * Finds what git leaves in a file that two branches have changed: both an opening and a closing
 * marker at the beginning of a line. As YAML, nearly every line of it would be an error.
 */
export function mergeMarkerIssue(text: string): Issue | undefined {
  if (!CANDIDATE.test(text)) return undefined;
  const markers = [...text.matchAll(MARKER)];
  const [first] = markers;
  const kinds = new Set(markers.map(([marker]) => marker.charAt(0)));
  if (!first || kinds.size < 2) return undefined;
  const { line } = positionAt(text, first.index);
  return issueAt(
    'merge-markers',
    { line, column: 1 },
    `${quote(first[0])} was left by a merge that was not finished: choose between the two versions and remove the lines of <<<<<<<, ======= and >>>>>>>, or indent them if they are meant as text`
  );
}
