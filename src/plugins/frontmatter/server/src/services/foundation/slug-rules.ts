import type { Core, UID } from '@strapi/strapi';
import { isSlug, SLUG_RULE, type Shape, type StoredDocument } from '../../../../core';
import { fieldError } from '../../../../kit/field-error';

interface Wanted {
  /** The document that should get the slug; absent for a new one. */
  documentId?: string | undefined;
  slug: string;
  isPublished: boolean;
}

/** @throws ValidationError at the slug. */
export function assertSlug(shape: Shape, slug: unknown): void {
  // A draft need not have one yet.
  if (typeof slug !== 'string' || slug === '' || isSlug(slug)) return;
  throw slugError(shape, `'${slug}' is not a valid slug: ${SLUG_RULE}`);
}

/**
 * Checks that no other document has a slug. It belongs to the document whose draft has it,
 * published or not: under another document, its history would be hidden. Published slugs must also
 * differ in more than case, since many disks and servers treat such files and pages as the same.
 *
 * @throws ValidationError at the slug that names the other document.
 */
export async function assertFreeSlug(
  strapi: Core.Strapi,
  shape: Shape,
  { documentId, slug, isPublished }: Wanted
): Promise<void> {
  const found = (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
    select: ['documentId', 'publishedAt', shape.slug],
    where: {
      [shape.slug]: { $eqi: slug },
      ...(documentId && { documentId: { $ne: documentId } }),
    },
  })) as StoredDocument[];
  const slugOf = (row: StoredDocument) => String(row[shape.slug]);
  const isDraft = (row: StoredDocument) => row['publishedAt'] === null;
  const holder =
    found.find((row) => slugOf(row) === slug && (isPublished || isDraft(row))) ??
    found.find((row) => isPublished && !isDraft(row));
  if (!holder) return;
  const taken = `another document (${String(holder['documentId'])}) has the slug '${slugOf(holder)}'`;
  throw slugError(
    shape,
    slugOf(holder) === slug
      ? `${taken}: choose another one, or change that one first`
      : `${taken}, which differs only by case: choose another one`
  );
}

/** Checks the slug in data for a draft; a slug that the draft already has is not checked again. */
export async function assertDraftSlug(
  strapi: Core.Strapi,
  shape: Shape,
  { documentId, slug }: { documentId: string | undefined; slug: unknown }
): Promise<void> {
  if (typeof slug !== 'string' || slug === '') return;
  const [draft] = documentId ? await findVersions(strapi, shape, documentId) : [];
  if (draft?.[shape.slug] === slug) return;
  assertSlug(shape, slug);
  await assertFreeSlug(strapi, shape, { documentId, slug, isPublished: false });
}

/**
 * Checks the slug of a draft before it is published, unless its published version already has it.
 *
 * @param versions As `findVersions` returns them.
 */
export async function assertPublishableSlug(
  strapi: Core.Strapi,
  shape: Shape,
  documentId: string,
  [draft, published]: readonly (StoredDocument | undefined)[]
): Promise<void> {
  const slug = draft?.[shape.slug];
  if (typeof slug !== 'string' || slug === published?.[shape.slug]) return;
  await assertFreeSlug(strapi, shape, { documentId, slug, isPublished: true });
}

/** Finds the slugs, and other attributes, of a draft and its published row, if they exist. */
export async function findVersions(
  strapi: Core.Strapi,
  shape: Shape,
  documentId: string,
  attributes: readonly string[] = []
): Promise<[draft: StoredDocument | undefined, published: StoredDocument | undefined]> {
  const rows = (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
    select: ['publishedAt', shape.slug, ...attributes],
    where: { documentId },
  })) as StoredDocument[];
  const version = (isPublished: boolean) =>
    rows.find(({ publishedAt }) => (publishedAt !== null) === isPublished);
  return [version(false), version(true)];
}

const slugError = (shape: Shape, message: string): Error =>
  fieldError([{ path: [shape.slug], message }]);
