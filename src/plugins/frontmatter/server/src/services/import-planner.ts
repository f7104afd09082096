import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import {
  bodyOf,
  fromFrontmatter,
  populateOf,
  storedFormOf,
  toFrontmatter,
  type DocumentContent,
  type Reference,
  type Shape,
  type StoredDocument,
} from '../../../core';
import type { ImportAction, ImportSource, UnknownLink } from '../../../shared';
import type { ReferenceResolver } from './reference-resolver';

/** What an import will do with one file. */
export interface ImportPlan {
  slug: string;
  action: ImportAction;
  content: DocumentContent;
  /** Of the document that is there, or that the import created. */
  documentId?: string;
  unknownLinks: UnknownLink[];
  error?: string;
}

interface PlannerOptions {
  shape: Shape;
  /** Slugs that this import brings along, which may not be there yet. */
  batch: ReadonlySet<string>;
  /** Only the drafts are meant. */
  draft: boolean;
}

/** Compares files with what the CMS holds. Reads only. */
export function createImportPlanner(
  strapi: Core.Strapi,
  resolver: ReferenceResolver,
  { shape, batch, draft: isForDraft }: PlannerOptions
) {
  const findVersion = (slug: string, status: 'draft' | 'published') =>
    strapi.documents(shape.contentType as UID.ContentType).findFirst({
      filters: { [shape.slug]: { $eq: slug } },
      populate: populateOf(shape),
      status,
    }) as Promise<StoredDocument | null>;

  /** Links to what neither the CMS nor this import knows are left out, and reported. */
  async function dropUnknownLinks(references: Reference[]): Promise<UnknownLink[]> {
    const unknownLinks: UnknownLink[] = [];
    for (const reference of references) {
      if (reference.kind !== 'links') continue;
      const known = await resolver.findSlugs(reference);
      const isInBatch = (slug: string) => reference.target === shape.contentType && batch.has(slug);
      const isKnown = (slug: string) => known.has(slug) || isInBatch(slug);
      for (const slug of reference.slugs) {
        if (!isKnown(slug)) unknownLinks.push({ path: reference.path, slug });
      }
      reference.slugs = reference.slugs.filter(isKnown);
    }
    return unknownLinks;
  }

  return async function plan({ slug, frontmatter, body }: ImportSource): Promise<ImportPlan> {
    const content = fromFrontmatter(shape, frontmatter, body);
    content.attributes[shape.slug] = slug;
    // Dates that a file leaves out are the CMS's own to keep.
    for (const attribute of [shape.dates.published, shape.dates.modified]) {
      if (content.attributes[attribute] === null) delete content.attributes[attribute];
    }
    const unknownLinks = await dropUnknownLinks(content.references);
    const draft = await findVersion(slug, 'draft');
    if (!draft) return { slug, action: 'created', content, unknownLinks };

    const versions = isForDraft ? [draft] : [draft, await findVersion(slug, 'published')];
    const isUnchanged = versions.every((version) => version && holds(shape, version, content));
    const action = isUnchanged ? 'unchanged' : 'updated';
    return { slug, action, content, documentId: String(draft['documentId']), unknownLinks };
  };
}

/** Whether a version of a document holds all that a file says. */
function holds(shape: Shape, version: StoredDocument, content: DocumentContent): boolean {
  const { published, modified } = shape.dates;
  const dates = { [published]: version[published], [modified]: version[modified] };
  const stored = { ...dates, ...storedFormOf(content) };
  return (
    isDeepStrictEqual(toFrontmatter(shape, version), toFrontmatter(shape, stored)) &&
    bodyOf(shape, version) === bodyOf(shape, stored)
  );
}
