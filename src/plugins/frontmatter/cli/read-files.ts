import { readFile } from 'node:fs/promises';
import {
  hasErrors,
  isSlug,
  read,
  SLUG_RULE,
  START_OF_FILE,
  type Issue,
  type IssueCode,
  type ReadResult,
  type Shape,
} from '../core';
import type { ImportSource } from '../shared';
import type { FoundFile, FoundFiles } from './find-files';

type Valid = Extract<ReadResult, { kind: 'valid' }>;

export interface ReadFile extends FoundFile {
  /** All issues of the file, notes included, in the order of the file. */
  issues: Issue[];
  /** What can be written; absent if there is an error among the issues. */
  source?: ImportSource;
  positionOf: Valid['positionOf'];
}

export interface ReadFiles {
  files: ReadFile[];
  /** Markdown files that are not meant as documents. */
  leftAlone: number;
}

/** Reads and validates files. One that a folder brought along without frontmatter is no document. */
export async function readFiles(shape: Shape, found: FoundFiles): Promise<ReadFiles> {
  const files: ReadFile[] = found.unreadable.map(({ file, reason }) => ({
    ...refused('unreadable', reason),
    file,
    slug: '',
    isNamed: true,
  }));
  let { leftAlone } = found;
  for (const candidate of found.files) {
    const content = await readOne(shape, candidate);
    if (content === 'no-frontmatter') leftAlone += 1;
    else files.push({ ...candidate, ...content });
  }
  refuseSharedSlugs(files);
  return { files, leftAlone };
}

type Content = Pick<ReadFile, 'issues' | 'source' | 'positionOf'>;

async function readOne(
  shape: Shape,
  { file, slug, isNamed }: FoundFile
): Promise<Content | 'no-frontmatter'> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused('unreadable', `the file cannot be read (${code}): check its permissions`);
  }
  const result = read(shape, bytes);
  const isPlain = result.kind === 'invalid' && result.issues.every(isMissingFrontmatter);
  if (isPlain && !isNamed) return 'no-frontmatter';

  const issues = [...slugIssues(slug), ...result.issues];
  if (result.kind === 'invalid' || hasErrors(issues)) {
    return { issues, positionOf: () => ({ key: START_OF_FILE, value: START_OF_FILE }) };
  }
  const { frontmatter, body, positionOf } = result;
  return { issues, source: { slug, frontmatter, body }, positionOf };
}

const isMissingFrontmatter = (issue: Issue): boolean => issue.code === 'missing-frontmatter';

const slugIssues = (slug: string): Issue[] =>
  isSlug(slug)
    ? []
    : [fileIssue('invalid-slug', `the file's name gives the slug '${slug}': ${SLUG_RULE}`)];

/** A slug names one document: with two files it would be chance which of them stays. */
function refuseSharedSlugs(files: ReadFile[]): void {
  const bySlug = new Map<string, ReadFile[]>();
  for (const file of files) bySlug.set(file.slug, [...(bySlug.get(file.slug) ?? []), file]);
  bySlug.delete(''); // what could not be read
  for (const [slug, sharing] of bySlug) {
    if (sharing.length < 2) continue;
    for (const current of sharing) {
      const others = sharing.filter((file) => file !== current).map(({ file }) => file);
      const message = `the slug '${slug}' is also that of ${others.join(', ')}: rename all but one`;
      current.issues.unshift(fileIssue('duplicate-slug', message));
      delete current.source;
    }
  }
}

const refused = (code: IssueCode, message: string): Content => ({
  issues: [fileIssue(code, message)],
  positionOf: () => ({ key: START_OF_FILE, value: START_OF_FILE }),
});

export const fileIssue = (code: IssueCode, message: string): Issue => ({
  code,
  severity: 'error',
  path: '',
  ...START_OF_FILE,
  message,
});
