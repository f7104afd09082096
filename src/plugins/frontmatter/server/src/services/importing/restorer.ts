import type { Core, UID } from '@strapi/strapi';
import { groupBy } from 'es-toolkit';
import {
  parseOrThrow,
  restorablePaths,
  restoredText,
  type ParsedFile,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import { errors } from '../../../../kit/strapi-utils';
import type { DeletedDocument, ImportOptions } from '../../../../shared';
import { PUBLICATION, type Publication } from '../../models';
import { serviceOf } from '../foundation/service-of';
import { getDrafts, type DraftRow } from '../rendering/drafts';
import { getRenderer } from '../rendering/renderer';
import { getImporter } from './importer';

/** Documents that were deleted earlier can be restored by importing their files. */
const MAX_DELETED = 100;

/** Restores what readers once got: into drafts, never directly to readers. */
export function createRestorer({ strapi }: { strapi: Core.Strapi }) {
  const rows = () => strapi.db.query(PUBLICATION.uid as UID.Schema);

  /** @throws NotFoundError if the document has no such publication or its text is not kept. */
  async function findText(documentId: string, seq: number): Promise<string> {
    const row = (await rows().findOne({ where: { documentId, seq } })) as Publication | null;
    if (typeof row?.text === 'string') return row.text;
    throw new errors.NotFoundError(
      row
        ? 'The text of this publication is no longer kept'
        : 'The document has no such publication'
    );
  }

  /** Returns a publication and the current draft. */
  async function versionsOf(
    shape: Shape,
    draft: DraftRow,
    seq: number
  ): Promise<{ now: ParsedFile; old: ParsedFile; slug: string; hash: string }> {
    const old = parseOrThrow(await findText(draft.documentId, seq));
    const { file: now, slug, hash } = await getRenderer(strapi).renderParsed(shape, draft);
    return { now, old, slug, hash };
  }

  /** @throws ValidationError if the file is rejected. */
  async function take(
    shape: Shape,
    { slug, text, ...options }: { slug: string; text: string } & Partial<ImportOptions>
  ): Promise<void> {
    const file = { slug, bytes: Buffer.from(text) };
    const { issues } = await getImporter(strapi).importFile(file, {
      ...{ collection: shape.collection, draft: true, dryRun: false, force: false, isAlone: true },
      ...options,
    });
    const problem = issues.find(({ severity }) => severity === 'error');
    if (problem) throw new errors.ValidationError(`Not restored: ${problem.message}`);
  }

  return {
    /** Returns the text of a publication, and the paths whose values differ in the draft. */
    async compare(
      shape: Shape,
      draft: DraftRow,
      seq: number
    ): Promise<{ text: string; draft: string; paths: string[] }> {
      const { now, old } = await versionsOf(shape, draft, seq);
      const paths = restorablePaths(shape, now, old);
      return { text: old.source.text, draft: now.source.text, paths };
    },

    /** Copies values of a publication into the draft, by the merge of an import. */
    async restore(
      shape: Shape,
      draft: DraftRow,
      { seq, paths }: { seq: number; paths: readonly string[] }
    ): Promise<void> {
      const { now, old, slug, hash } = await versionsOf(shape, draft, seq);
      const known = await getDrafts(strapi).findRow(shape, slug);
      if (known?.documentId !== draft.documentId) {
        throw new errors.ValidationError(`Not restored: another document has the slug '${slug}'`);
      }
      const text = restoredText(shape, { now, old }, paths);
      await take(shape, { slug, text, precondition: { ifMatch: [hash] } });
    },

    /** Finds the most recently deleted documents that readers once got, newest first. */
    async findDeleted({
      collection,
      contentType,
      slug: slugAttribute,
    }: Shape): Promise<DeletedDocument[]> {
      const deleted = (await rows().findMany({
        select: ['slug', 'at', 'documentId', 'publishedBy'],
        where: { collection, state: 'gone', reason: 'deleted', isCurrent: true },
        orderBy: { seq: 'desc' },
        limit: MAX_DELETED,
      })) as Publication[];
      const drafts = (await strapi.db.query(contentType as UID.ContentType).findMany({
        select: [slugAttribute],
        where: { [slugAttribute]: { $in: deleted.map(({ slug }) => slug) } },
      })) as StoredDocument[];
      const taken = new Set(drafts.map((draft) => draft[slugAttribute]));
      const gone = deleted.filter(({ slug }) => !taken.has(slug));
      const kept = (await rows().findMany({
        select: ['documentId'],
        where: {
          documentId: { $in: gone.map(({ documentId }) => documentId) },
          text: { $notNull: true },
        },
      })) as Publication[];
      const withText = groupBy(kept, ({ documentId }) => documentId);
      return gone.map(({ slug, at, documentId, publishedBy }) => ({
        slug,
        at,
        by: publishedBy ?? null,
        hasText: documentId in withText,
      }));
    },

    /** Creates a draft from the last text that readers got of a deleted document. */
    async restoreDeleted(shape: Shape, slug: string): Promise<void> {
      const { collection } = shape;
      const gone = (await rows().findOne({
        where: { collection, slug, state: 'gone', reason: 'deleted', isCurrent: true },
      })) as Publication | null;
      const last =
        gone &&
        ((await rows().findOne({
          where: { documentId: gone.documentId, slug, text: { $notNull: true } },
          orderBy: { seq: 'desc' },
        })) as Publication | null);
      if (!last?.text) throw new errors.NotFoundError(`No text of a deleted '${slug}' is kept`);
      // Another document may have got the slug since.
      await take(shape, { slug, text: last.text, precondition: { ifNoneMatch: '*' } });
    },
  };
}

export const getRestorer = serviceOf('restorer', createRestorer);
