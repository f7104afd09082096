import type { Core, UID } from '@strapi/strapi';
import { populateOf, type Shape, type StoredDocument } from '../../../../core';
import type { UnreadableDraft } from '../../../../shared';
import type { ServedDocument } from '../store/publications';
import { getRenderer, type RenderedDocument } from './renderer';
import { serviceOf } from '../foundation/service-of';

/** A populated row of a draft. */
export type DraftRow = StoredDocument & { id: number; documentId: string };

/** Drafts, which are rendered on each request. */
export function createDrafts({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  /**
   * Finds the draft of the document that is published under a slug, or else of the first one that
   * has it. Strapi allows two drafts with the same slug, of which at most one is published.
   */
  async function findRow(shape: Shape, slug: string): Promise<DraftRow | null> {
    const versions = await rows(shape).findMany({
      select: ['documentId', 'publishedAt'],
      where: { [shape.slug]: slug },
      orderBy: { id: 'asc' },
    });
    const known = versions.find(({ publishedAt }) => publishedAt !== null) ?? versions[0];
    return known ? findRowOf(shape, String(known.documentId)) : null;
  }

  const findRowOf = (shape: Shape, documentId: string): Promise<DraftRow | null> =>
    rows(shape).findOne({
      where: { documentId, publishedAt: { $null: true } },
      // Permissions may depend on who created a document.
      populate: { ...populateOf(shape), createdBy: { populate: ['roles'] } },
    }) as Promise<DraftRow | null>;

  async function renderRow(
    shape: Shape,
    row: DraftRow | null
  ): Promise<ServedDocument | undefined> {
    const [rendered] = row ? await getRenderer(strapi).render(shape, [row]) : [];
    return rendered && toDraft(rendered);
  }

  return {
    findRow,
    findRowOf,

    async find(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const rendered = await renderRow(shape, await findRow(shape, slug));
      return rendered && { ...rendered, slug };
    },

    findOf: async (shape: Shape, documentId: string): Promise<ServedDocument | undefined> =>
      renderRow(shape, await findRowOf(shape, documentId)),

    /** Renders drafts for a list. One that cannot be rendered does not keep others out. */
    async list(
      shape: Shape,
      rows: readonly StoredDocument[]
    ): Promise<{ documents: ServedDocument[]; unreadable: UnreadableDraft[] }> {
      const rendered = await getRenderer(strapi).renderEach(shape, rows);
      return {
        documents: rendered.flatMap((each) => (each.kind === 'rendered' ? [toDraft(each)] : [])),
        unreadable: rendered.flatMap((each) =>
          each.kind === 'unreadable' ? [{ slug: each.slug, message: each.message }] : []
        ),
      };
    },
  };
}

const toDraft = ({ slug, text, frontmatter, hash }: RenderedDocument): ServedDocument => ({
  slug,
  text,
  json: JSON.stringify(frontmatter),
  hash,
});

export const getDrafts = serviceOf('drafts', createDrafts);
