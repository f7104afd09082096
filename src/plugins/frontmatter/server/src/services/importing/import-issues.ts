import { isDeepStrictEqual } from 'node:util';
import {
  fileIssue,
  fileNameOf,
  getAt,
  issueAt,
  type Issue,
  type ParsedFile,
  type Shape,
} from '../../../../core';
import type { Departure, ImportConflict } from '../../../../shared';

const MAX_VALUE_LENGTH = 80;

/** Returns conflicts as anyone may see them: omits values that are hidden or only in the draft. */
export function publicConflicts(
  shape: Shape,
  conflicts: readonly ImportConflict[],
  { published, live }: { published: readonly ParsedFile[]; live: string | null | undefined }
): ImportConflict[] {
  const isIn = (texts: readonly ParsedFile[], path: string, value: unknown): boolean =>
    texts.some((text) => isDeepStrictEqual(valueAt(shape, text, path), value));
  const now = published.filter(({ source }) => source.text === live);
  return conflicts.map((conflict) => {
    const { path, base, cms } = conflict;
    return isIn(now, path, cms) && isIn(published, path, base) ? conflict : { path };
  });
}

function valueAt(shape: Shape, { data, body, source }: ParsedFile, path: string): unknown {
  if (path === '') return source.text;
  return path === shape.body ? body : getAt(data, path.split('.'));
}

export function conflictIssues(conflicts: readonly ImportConflict[], file: ParsedFile): Issue[] {
  return conflicts.map((conflict) => {
    const { path, cms, file: own } = conflict;
    if (path === '') {
      const message =
        'comments, layout or keys that the shape does not know were changed here and in the CMS since this file was exported: export it again and make the change there, or force the file (--force, ?force=true)';
      return fileIssue('conflict', message);
    }
    const isShown = 'cms' in conflict;
    const sides = isShown ? `: the file says ${show(own)}, the CMS ${show(cms)}` : '';
    const message = `changed on both sides${sides}: make one like the other, or force the file (--force, ?force=true)`;
    const keys = path.split('.');
    return issueAt('conflict', file.positionOf(keys).value, message, { path: keys });
  });
}

/** @param isKnown Whether the CMS once exported or imported this file. */
export function removedDocumentIssue({
  isKnown,
  departure,
}: {
  isKnown: boolean;
  departure: Departure | undefined;
}): Issue {
  const renamedTo = departure?.reason === 'renamed' ? departure.renamedTo : undefined;
  const what = renamedTo
    ? `was renamed to '${renamedTo}'`
    : departure?.reason === 'unpublished'
      ? 'was renamed, and unpublished,'
      : 'was deleted';
  const advice = isKnown
    ? 'nothing is written; remove the file, run export with --prune, or force the file (--force, ?force=true) to create it again'
    : `the file contains changes that cannot be applied: ${renamedTo ? `make them in ${renamedTo}.md` : 'remove it'}, or force the file (--force, ?force=true) to create it again`;
  return fileIssue(
    'departed',
    `the document ${what} in the CMS: ${advice}`,
    isKnown ? 'note' : 'error'
  );
}

export const draftOnlyIssue = (why: 'edited' | 'unpublished'): Issue =>
  fileIssue(
    'draft-only',
    why === 'edited'
      ? 'the draft in the CMS holds changes that are not published yet: the file goes into the draft, publish it there'
      : 'the document is not published in the CMS: the file goes into the draft, publish it there',
    'note'
  );

export const outdatedIssue = (): Issue =>
  fileIssue(
    'outdated',
    'the CMS already knows this text and has a newer one: export that, or force the file (--force, ?force=true) to go back to this one',
    'note'
  );

/** Returning to an earlier text does not publish it: an outdated checkout may contain it too. */
export const stillDraftIssue = (): Issue =>
  fileIssue(
    'draft-only',
    'the document is a draft in the CMS, which already knows this text: publish it there',
    'note'
  );

export const unknownFileIssue = (
  path: readonly string[],
  name: string,
  { positionOf }: ParsedFile
): Issue =>
  issueAt(
    'unknown-file',
    positionOf(path).value,
    `the media library has no file '${fileNameOf(name)}': upload it there, then import again`,
    { path }
  );

/** Keys that other tools use to keep a file unpublished, unless the shape defines them itself. */
const DRAFT_MARKS = [
  ['draft', true],
  ['published', false],
] as const;

export const markedDraftIssues = (shape: Shape, { data, positionOf }: ParsedFile): Issue[] =>
  DRAFT_MARKS.flatMap(([key, value]) =>
    Object.hasOwn(shape.keys, key) || data[key] !== value
      ? []
      : issueAt(
          'draft-only',
          positionOf([key]).value,
          `the file says that it is not to be published: it is imported as a draft, publish it in the CMS or remove this key`,
          { path: [key], severity: 'note' }
        )
  );

/** Reports that the file changes text that readers see, but not its date. */
export function unmovedDateIssues(
  shape: Shape,
  changed: readonly (readonly string[])[],
  file: ParsedFile
): Issue[] {
  const { dates } = shape;
  const paths = changed.map((path) => path.join('.'));
  const dateLeaf = shape.leaves.find(({ attribute }) => attribute.join('.') === dates?.modified);
  const isRelevant = paths.some((path) => dates?.relevant.includes(path));
  const hasDate = dateLeaf && getAt(file.data, dateLeaf.path) !== undefined;
  if (!hasDate || !isRelevant || paths.includes(dateLeaf.path.join('.'))) return [];
  const { path } = dateLeaf;
  const message = `the text was changed and this date was not: it is kept as it is; set it if readers should know`;
  const position = file.positionOf(path).value;
  return [issueAt('unmoved-date', position, message, { path, severity: 'note' })];
}

export const pendingSlugIssue = (
  path: readonly string[],
  slug: string,
  file: ParsedFile
): Issue => {
  const items = getAt(file.data, path) as string[];
  const itemPath = [...path, items.indexOf(slug)];
  const message = `the CMS knows no '${slug}': it is kept as it is, and becomes a link once there is such a document`;
  const position = file.positionOf(itemPath).value;
  return issueAt('unknown-slug', position, message, { path: itemPath, severity: 'note' });
};

export const refusedIssue = (reason: string): Issue =>
  fileIssue('not-saved', `the CMS rejected it: ${reason}`);

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}
