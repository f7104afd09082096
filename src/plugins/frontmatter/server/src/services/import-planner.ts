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
  /** By attribute, the entries that the document has now. */
  currentEntries: Record<string, string>;
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
  const findVersion = (filters: Record<string, string>, status: 'draft' | 'published') =>
    strapi.documents(shape.contentType as UID.ContentType).findFirst({
      filters,
      populate: populateOf(shape),
      status,
    }) as Promise<StoredDocument | null>;

  /** A slug may stand in the draft alone or, while a rename waits to be published, not there at all. */
  async function findVersions(slug: string) {
    const bySlug = { [shape.slug]: slug };
    const found = (await findVersion(bySlug, 'draft')) ?? (await findVersion(bySlug, 'published'));
    if (!found) return undefined;
    const documentId = String(found['documentId']);
    return {
      documentId,
      draft: await findVersion({ documentId }, 'draft'),
      published: await findVersion({ documentId }, 'published'),
    };
  }

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
    // Dates that a file leaves out are the CMS's own to keep; what was meant for the next edit is over.
    const { published, modified, override, minorEdit } = shape.dates;
    for (const attribute of [published, modified]) {
      if (content.attributes[attribute] === null) delete content.attributes[attribute];
    }
    Object.assign(content.attributes, { [override]: null, [minorEdit]: null });

    const unknownLinks = await dropUnknownLinks(content.references);
    const versions = await findVersions(slug);
    if (!versions) return { slug, action: 'created', content, unknownLinks, currentEntries: {} };
    const compared = isForDraft ? [versions.draft] : [versions.draft, versions.published];
    const isUnchanged = compared.every(
      (version) => version?.[shape.slug] === slug && holds(shape, version, content)
    );
    return {
      slug,
      action: isUnchanged ? 'unchanged' : 'updated',
      content,
      documentId: versions.documentId,
      unknownLinks,
      currentEntries: entriesOf(content.references, versions.draft),
    };
  };
}

function entriesOf(references: Reference[], draft: StoredDocument | null): Record<string, string> {
  const entries = references.flatMap(({ kind, attribute }) => {
    const entry = draft?.[attribute] as StoredDocument | null | undefined;
    return kind === 'entry' && entry ? [[attribute, String(entry['documentId'])] as const] : [];
  });
  return Object.fromEntries(entries);
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
