import type { Core, UID } from '@strapi/strapi';
import { populateOf, type Shape, type StoredDocument } from '../../../../core';
import type { UnreadableDraft } from '../../../../shared';
import { PLUGIN_ID } from '../../plugin-id';
import { getPublications } from '../store/publications';
import type { ServedRow } from '../store/publications';
import { getRenderer } from '../rendering/renderer';
import type { RenderedDocument } from '../rendering/renderer';

/** A document as readers get it, made before they ask. */
export interface ServedDocument {
  slug: string;
  /** Hash of `text`, 32 hexadecimal digits. */
  hash: string;
  /** The markdown file. */
  text: string;
  /** The frontmatter as JSON text. */
  json: string;
  /** When it became what it is; absent for a draft. */
  publishedAt?: Date;
}

export function createDocuments({ strapi }: { strapi: Core.Strapi }) {
  const rows = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  /**
   * The draft of the document that readers know by a slug; else the one that has it. Of two drafts
   * with one slug, which Strapi allows, at most one is published.
   */
  async function findDraftRow(shape: Shape, slug: string): Promise<StoredDocument | null> {
    const published = await rows(shape).findOne({
      select: ['documentId'],
      where: { [shape.slug]: slug, publishedAt: { $notNull: true } },
    });
    const where = published ? { documentId: published.documentId } : { [shape.slug]: slug };
    return rows(shape).findOne({
      where: { ...where, publishedAt: { $null: true } },
      orderBy: { id: 'asc' },
      populate: populateOf(shape),
    }) as Promise<StoredDocument | null>;
  }

  /** Those that cannot be rendered keep no other from being listed. */
  async function listDrafts(
    shape: Shape,
    rows: readonly StoredDocument[]
  ): Promise<{ documents: ServedDocument[]; unreadable: UnreadableDraft[] }> {
    const rendered = await getRenderer(strapi).renderEach(shape, rows);
    return {
      documents: rendered.flatMap((each) => (each.kind === 'rendered' ? [draftOf(each)] : [])),
      unreadable: rendered.flatMap((each) =>
        each.kind === 'unreadable' ? [{ slug: each.slug, message: each.message }] : []
      ),
    };
  }

  return {
    findDraftRow,

    /** What was published; nothing is rendered. */
    async findPublished(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const row = await getPublications(strapi).findServed(shape.collection, slug);
      return row && toServed({ slug, ...row });
    },

    /** The draft as it would be given out, rendered on request. */
    async findDraft(shape: Shape, slug: string): Promise<ServedDocument | undefined> {
      const draft = await findDraftRow(shape, slug);
      if (!draft) return undefined;
      const [rendered] = await getRenderer(strapi).render(shape, [draft]);
      return rendered && { ...draftOf(rendered), slug };
    },

    listDrafts,
  };
}

const draftOf = ({ slug, text, frontmatter, hash }: RenderedDocument): ServedDocument => ({
  slug,
  text,
  json: JSON.stringify(frontmatter),
  hash,
});

export const toServed = ({
  slug,
  text,
  data,
  etag,
  at,
}: ServedRow & { slug: string }): ServedDocument => ({
  slug,
  text,
  json: data,
  hash: etag,
  publishedAt: new Date(at),
});

export type Documents = ReturnType<typeof createDocuments>;

export const getDocuments = (strapi: Core.Strapi): Documents =>
  strapi.plugin(PLUGIN_ID).service('documents') as Documents;
