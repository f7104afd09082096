import type { Core, UID } from '@strapi/strapi';
import { isSlug, SLUG_RULE, type Shape, type StoredDocument } from '../../../../core';
import { fieldError } from './field-error';

interface Wanted {
  /** Of the document that is to have the slug; absent for a new one. */
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
 * A slug belongs to the document whose draft has it, published or not: under another one, its
 * history would be hidden. Published slugs must also differ by more than case, or their files and
 * pages are the same for many disks and servers.
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
  const other = `the document ${String(holder['documentId'])}`;
  throw slugError(
    shape,
    slugOf(holder) === slug
      ? `'${slug}' is the slug of ${other}: choose another one, or change that one first`
      : `'${slug}' differs only by case from '${slugOf(holder)}', the slug of ${other}: choose another one`
  );
}

/** Before a draft is written with some data; what it has already is not checked again. */
export async function assertDraftSlug(
  strapi: Core.Strapi,
  shape: Shape,
  { documentId, slug }: { documentId: string | undefined; slug: unknown }
): Promise<void> {
  if (typeof slug !== 'string' || slug === '') return;
  const [draft] = await slugsOf(strapi, shape, documentId);
  if (draft === slug) return;
  assertSlug(shape, slug);
  await assertFreeSlug(strapi, shape, { documentId, slug, isPublished: false });
}

/** Before a draft is published; the slug that readers know it by is not checked again. */
export async function assertPublishableSlug(
  strapi: Core.Strapi,
  shape: Shape,
  documentId: string
): Promise<void> {
  const [slug, published] = await slugsOf(strapi, shape, documentId);
  if (!slug || slug === published) return;
  await assertFreeSlug(strapi, shape, { documentId, slug, isPublished: true });
}

/** Of the draft and of the published row, as far as they are there. */
async function slugsOf(
  strapi: Core.Strapi,
  shape: Shape,
  documentId: string | undefined
): Promise<[draft: string | undefined, published: string | undefined]> {
  if (documentId === undefined) return [undefined, undefined];
  const rows = (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
    select: ['publishedAt', shape.slug],
    where: { documentId },
  })) as StoredDocument[];
  const slugOf = (isPublished: boolean): string | undefined => {
    const row = rows.find(({ publishedAt }) => (publishedAt !== null) === isPublished);
    return row && String(row[shape.slug] ?? '');
  };
  return [slugOf(false), slugOf(true)];
}

const slugError = (shape: Shape, message: string): Error =>
  fieldError([{ path: [shape.slug], message }]);
