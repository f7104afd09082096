import type { Core, UID } from '@strapi/strapi';
import { getConfig } from '../../config';
import { IMPORTED_FILE, type ImportedFile } from '../../models';
import { serviceOf } from '../foundation/service-of';

/**
 * The table of files that were merged into newer texts, such as files of old checkouts, and of
 * drafts that were written to files.
 */
export function createImportedFiles({ strapi }: { strapi: Core.Strapi }) {
  const query = () => strapi.db.query(IMPORTED_FILE.uid as UID.Schema);

  /** Finds the files of a document, newest first. */
  const findOf = (documentId: string): Promise<(ImportedFile & { id: number })[]> =>
    query().findMany({ where: { documentId }, orderBy: { id: 'desc' } });

  return {
    findOf,

    async isKnownText(collection: string, slug: string, etag: string): Promise<boolean> {
      return (await query().count({ where: { collection, slug, etag } })) > 0;
    },

    /**
     * Forgets the files that were merged into a draft, after that draft was discarded. Older files
     * are deleted as well; if they are imported again, they are merged again.
     *
     * @param sourceEtag Hash of the source that the draft has now.
     */
    async forgetDiscarded(documentId: string, sourceEtag: string | null): Promise<void> {
      await query().deleteMany({
        where: {
          documentId,
          sourceEtag: { $notNull: true, ...(sourceEtag && { $ne: sourceEtag }) },
        },
      });
    },

    /**
     * Stores a file, and keeps as many files of a document as texts of its publications. The caller
     * holds the write lock.
     */
    async keep(file: ImportedFile): Promise<void> {
      await query().create({ data: file });
      const old = (await findOf(file.documentId)).slice(getConfig(strapi).retention);
      await query().deleteMany({ where: { id: { $in: old.map(({ id }) => id) } } });
    },
  };
}

export const getImportedFiles = serviceOf('imported-files', createImportedFiles);
