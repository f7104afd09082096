import type { Core, UID } from '@strapi/strapi';
import { stateLeafOf, type Shape } from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import type { Departure, Exporter } from '../../../../shared';
import type { ImportedFile } from '../../models';
import { getImportedFiles } from '../store/imported-files';
import { getPublications } from '../store/publications';
import { getWriteLock } from '../store/write-lock';
import { getShapes } from '../foundation/shapes';
import { getDrafts } from '../rendering/drafts';
import { serviceOf } from '../foundation/service-of';

export interface ServerExporter extends Exporter {
  /** @param options.withDrafts Whether the caller may read drafts. @default true */
  departures(
    collection: string,
    slugs: readonly string[],
    options?: { withDrafts?: boolean }
  ): Promise<Departure[]>;
  /** Like `isKnownText`, for callers that do not send the text. */
  isKnownHash(collection: string, slug: string, hash: string): Promise<boolean>;
}

/** What the CMS publishes, for callers that write it to files. */
export function createExporter({ strapi }: { strapi: Core.Strapi }): ServerExporter {
  const publications = () => getPublications(strapi);
  const rowsOf = (shape: Shape) => strapi.db.query(shape.contentType as UID.ContentType);

  /**
   * Whether the draft contains content of the file that readers do not get yet, as after an import
   * into a draft with other changes: overwriting the file would lose it until it is published.
   */
  async function isWaiting(shape: Shape, slug: string, hash: string): Promise<boolean> {
    const [current] = await publications().findCurrent(shape.collection, [slug]);
    if (!current) return false;
    const { documentId } = current;
    const versions = await rowsOf(shape).findMany({
      select: [shape.source, 'publishedAt'],
      where: { documentId },
    });
    const sources = new Map(
      versions.map((row) => [row['publishedAt'] === null, String(row[shape.source] ?? '')])
    );
    const source = sources.get(true);
    if (source === undefined || source === sources.get(false)) return false;
    const imported = await getImportedFiles(strapi).findOf(documentId);
    const isFrom =
      hashOf(source) === hash ||
      imported.some(({ etag, sourceEtag }) => etag === hash && sourceEtag === hashOf(source));
    if (!isFrom) return false;
    const [live] = await publications().findLiveOf([documentId]);
    if (live) return (await getDrafts(strapi).findOf(shape, documentId))?.hash !== live.etag;
    // A draft with its own file has no changes that wait for a publication.
    return !stateLeafOf(shape) && !(await publications().isKnownText(shape.collection, slug, hash));
  }

  async function isKnownHash(collection: string, slug: string, hash: string): Promise<boolean> {
    const shape = getShapes(strapi).getByCollection(collection);
    if (await isWaiting(shape, slug, hash)) return false;
    if (await publications().isKnownText(collection, slug, hash)) return true;
    if (await getImportedFiles(strapi).isKnownText(collection, slug, hash)) return true;
    // A draft may have a slug other than the one readers knew.
    const known = await publications().findCurrent(collection, [slug]);
    const ids = known.map(({ documentId }) => documentId);
    const versions = await rowsOf(shape).findMany({
      select: [shape.source],
      where: { $or: [{ [shape.slug]: slug }, { documentId: { $in: ids } }] },
    });
    return versions.some((version) => {
      const source: unknown = version[shape.source];
      return typeof source === 'string' && hashOf(source) === hash;
    });
  }

  /**
   * Stores a draft that is written to a file: the file must be known when it is imported, although
   * it was never published.
   */
  async function remember(draft: Omit<ImportedFile, 'etag' | 'sourceEtag'>): Promise<void> {
    const etag = hashOf(draft.text);
    if (await isKnownHash(draft.collection, draft.slug, etag)) return;
    const file = { ...draft, etag, sourceEtag: null };
    await getWriteLock(strapi).run(() => getImportedFiles(strapi).keep(file));
  }

  return {
    async *texts(collection) {
      for await (const page of publications().snapshotOf(collection)) {
        for (const { slug, text } of page) {
          if (text !== null) yield { slug, text };
        }
      }
    },

    async departures(collection, slugs, { withDrafts = true } = {}): Promise<Departure[]> {
      const shape = getShapes(strapi).getByCollection(collection);
      const current = await publications().findCurrent(collection, slugs);
      const gone = current.filter(({ state }) => state === 'gone');
      const live = await publications().findLiveOf(gone.map(({ documentId }) => documentId));
      const kept = await rowsOf(shape).findMany({
        select: ['documentId'],
        where: { documentId: { $in: gone.map(({ documentId }) => documentId) } },
      });
      const holders = await rowsOf(shape).findMany({
        select: ['documentId', shape.slug],
        where: { [shape.slug]: { $in: gone.map(({ slug }) => slug) } },
      });
      const showsDrafts = withDrafts && stateLeafOf(shape) !== undefined;
      const departureOf = async ({
        slug,
        documentId,
      }: (typeof gone)[number]): Promise<Departure> => {
        const isSame = (row: { documentId?: unknown }) => row.documentId === documentId;
        const renamedTo = live.find(isSame)?.slug;
        if (renamedTo !== undefined) return { slug, reason: 'renamed', renamedTo };
        if (!kept.some(isSame)) return { slug, reason: 'deleted' };
        const draft = showsDrafts ? await getDrafts(strapi).find(shape, slug) : undefined;
        if (!draft) return { slug, reason: 'unpublished' };
        const { text } = draft;
        await remember({ collection, documentId, slug, text });
        return { slug, reason: 'unpublished', draft: text };
      };
      const departures: Departure[] = [];
      for (const each of gone) {
        const isTaken = holders.some(
          (row) => row[shape.slug] === each.slug && row['documentId'] !== each.documentId
        );
        // The file of a taken slug belongs to the draft that has the slug now.
        if (!isTaken) departures.push(await departureOf(each));
      }
      return departures;
    },

    isKnownHash,
    isKnownText: (collection, slug, text) => isKnownHash(collection, slug, hashOf(text)),
  };
}

export const getExporter = serviceOf('exporter', createExporter);
