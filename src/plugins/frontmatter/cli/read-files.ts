import { readFile } from 'node:fs/promises';
import { decode, fileIssue, isPlainMarkdown, parse, type Issue, type IssueCode } from '../core';
import type { FoundFile, FoundFiles } from './find-files';

/** A file with its bytes, or the reason why there are none. */
export type ReadFile = FoundFile &
  ({ kind: 'read'; bytes: Uint8Array } | { kind: 'refused'; issues: Issue[] });

/**
 * Reads files one after the other, so that memory does not grow with their number. Rejects all
 * files that share a slug: chance would decide which of them stays.
 */
export async function* readFiles({ files, unreadable }: FoundFiles): AsyncGenerator<ReadFile> {
  for (const { file, reason } of unreadable) {
    yield { file, slug: '', isNamed: true, ...refused('unreadable', reason) };
  }
  const shared = await findSharedSlugs(files);
  for (const found of files) {
    const others = (shared.get(found.slug) ?? []).filter((file) => file !== found.file);
    const isShared = shared.get(found.slug)?.includes(found.file) && others.length > 0;
    if (isShared) {
      const message = `the slug '${found.slug}' is also that of ${others.join(', ')}: rename all but one`;
      yield { ...found, ...refused('duplicate-slug', message) };
    } else {
      yield { ...found, ...(await readOne(found.file)) };
    }
  }
}

type Content = { kind: 'read'; bytes: Uint8Array } | { kind: 'refused'; issues: Issue[] };

async function readOne(file: string): Promise<Content> {
  try {
    return { kind: 'read', bytes: await readFile(file) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused('unreadable', `the file cannot be read (${code}): check its permissions`);
  }
}

/** Groups the files that share a slug. One found in a folder counts only if it has frontmatter. */
async function findSharedSlugs(files: readonly FoundFile[]): Promise<Map<string, string[]>> {
  const bySlug = new Map<string, FoundFile[]>();
  for (const file of files) bySlug.set(file.slug, [...(bySlug.get(file.slug) ?? []), file]);
  const shared = new Map<string, string[]>();
  for (const [slug, sharing] of bySlug) {
    if (sharing.length < 2) continue;
    const documents: string[] = [];
    for (const found of sharing) {
      const content = await readOne(found.file);
      const isPlain = content.kind === 'read' && hasNoFrontmatter(content.bytes);
      if (found.isNamed || !isPlain) documents.push(found.file);
    }
    shared.set(slug, documents);
  }
  return shared;
}

function hasNoFrontmatter(bytes: Uint8Array): boolean {
  const decoded = decode(bytes);
  if (decoded.kind === 'refused') return false;
  const parsed = parse(decoded.text);
  return parsed.kind === 'refused' && isPlainMarkdown(parsed.issues);
}

const refused = (code: IssueCode, message: string): { kind: 'refused'; issues: Issue[] } => ({
  kind: 'refused',
  issues: [fileIssue(code, message)],
});
