import { omit } from 'es-toolkit';
import {
  bodyOfText,
  changedPaths,
  publishingProblems,
  isSlug,
  SLUG_RULE,
  type DateDecision,
  type FrontmatterData,
  type ParsedFile,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import type { GivenDates } from './dates';
import { fieldError } from '../../../../kit/field-error';
import type { Publication, PublicationReason, NewPublication } from '../../models';
import type { RenderedDocument } from '../rendering/renderer';

/** Why publications are updated. For an author's write, the reason follows from what changed. */
export type Cause =
  /** A publication by the Document Service: it is dated, and can still be rejected. */
  | { kind: 'publish'; imported?: ImportedPublication | undefined }
  /** Any other write; one below the Document Service has already happened. */
  | { kind: 'write' }
  | { kind: 'delete' }
  | { kind: 'other'; reason: Extract<PublicationReason, 'reference' | 'window' | 'reconciled'> };

/** What an import knows about the document that it publishes. */
export interface ImportedPublication {
  dates: GivenDates;
  /** The source of the document, parsed. */
  source: ParsedFile;
}

export const OF_A_REFERENCE: Cause = { kind: 'other', reason: 'reference' };

/** Whether readers get what they should. Compares texts too: somebody may have edited the table. */
export const isSame = (given: Publication, { slug, hash, text }: RenderedDocument): boolean =>
  given.slug === slug && given.etag === hash && given.text === text;

export function reasonToGo(cause: Cause): PublicationReason {
  if (cause.kind === 'other') return cause.reason;
  return cause.kind === 'delete' ? 'deleted' : 'unpublished';
}

/** @throws ValidationError for each field that cannot be requested or that no import accepts. */
export function assertPublishable(
  shape: Shape,
  before: Publication | undefined,
  after: RenderedDocument
): void {
  const previous = before?.data ? (JSON.parse(before.data) as FrontmatterData) : undefined;
  const problems = publishingProblems(shape, after, previous);
  const isNewSlug = before?.slug !== after.slug;
  if (isNewSlug && !isSlug(after.slug)) problems.push({ path: [shape.slug], message: SLUG_RULE });
  if (problems.length > 0) throw fieldError(problems);
}

export const goneOf = (before: Publication, reason: PublicationReason): NewPublication => ({
  ...omit(before, ['id', 'seq', 'token', 'isCurrent', 'at', 'publishedBy']),
  state: 'gone',
  reason,
  text: null,
  data: null,
  etag: null,
  changed: [],
  dateReason: null,
  dateChanged: [],
});

export function liveOf(
  shape: Shape,
  {
    row,
    before,
    after,
    content,
    cause,
    decision,
  }: {
    row: StoredDocument;
    before: Publication | undefined;
    after: RenderedDocument;
    content: Record<string, string>;
    cause: Cause;
    decision: DateDecision | undefined;
  }
): NewPublication {
  const { published, modified } = shape.dates ?? {};
  const dateOf = (attribute: string | undefined) =>
    attribute === undefined ? null : ((row[attribute] as string | null) ?? null);
  return {
    collection: shape.collection,
    documentId: String(row['documentId']),
    slug: after.slug,
    state: 'live',
    reason: reasonOf(before, after, cause),
    text: after.text,
    data: JSON.stringify(after.frontmatter),
    etag: after.hash,
    content,
    datePublished: dateOf(published),
    dateModified: dateOf(modified),
    changed: before ? changed(shape, before, after) : [],
    dateReason: decision?.reason ?? null,
    dateChanged: decision?.changed ?? [],
  };
}

function reasonOf(
  before: Publication | undefined,
  after: RenderedDocument,
  cause: Cause
): PublicationReason {
  if (cause.kind === 'other') return cause.reason;
  if (!before) return 'published';
  return before.slug === after.slug ? 'updated' : 'renamed';
}

function changed(shape: Shape, before: Publication, after: RenderedDocument): string[] {
  if (before.data === null || before.text === null) return [];
  try {
    const old = JSON.parse(before.data) as FrontmatterData;
    const paths = changedPaths(old, after.frontmatter);
    return bodyOfText(before.text) === after.body ? paths : [...paths, shape.body];
  } catch {
    return []; // somebody wrote something into the table that is not a document
  }
}
