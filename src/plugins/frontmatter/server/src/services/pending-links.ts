import type { Core } from '@strapi/strapi';
import { linkPending, pendingSlugs, toLinkOrder, type LinkOrder, type Shape } from '../../../core';
import { getService } from '../plugin-id';
import { linksOf } from './renderer';

type Links = ReturnType<typeof linksOf>[number];

/** How a stored order looks that has a pending slug; ids are objects with another key. */
const HAS_PENDING = '%"slug"%';

/** Makes slugs that the CMS did not know links, once there are such documents. */
export function createPendingLinks({ strapi }: { strapi: Core.Strapi }) {
  /** Rows of both versions whose order has pending slugs, with the columns it takes to link them. */
  async function findPending(shape: Shape, { field }: Links) {
    const { tableName, attributes } = strapi.db.metadata.get(shape.contentType);
    const { columnName } = attributes[field.orderAttribute] as { columnName: string };
    const found: Record<string, unknown>[] = await strapi.db.transaction(({ trx }) =>
      strapi.db
        .getConnection(tableName)
        .transacting(trx)
        .select('id', 'document_id', 'published_at', columnName)
        .whereRaw('cast(?? as text) like ?', [columnName, HAS_PENDING])
    );
    return found.map((row) => {
      const stored = row[columnName];
      return {
        id: Number(row['id']),
        documentId: String(row['document_id']),
        publishedAt: row['published_at'] as string | null,
        order: toLinkOrder(typeof stored === 'string' ? JSON.parse(stored) : stored) ?? [],
      };
    });
  }

  /**
   * What a document said that is not published at the moment: a slug that becomes a link is no
   * change of its author's, so publishing it again must not move its date.
   */
  async function notePastLinks(
    shape: Shape,
    documentId: string,
    { path, field }: Links,
    { before, after }: { before: LinkOrder; after: LinkOrder }
  ): Promise<void> {
    const publications = getService(strapi, 'publications');
    const latest = await publications.findLatestOf(documentId);
    if (latest?.state !== 'gone') return;
    const hashOfOrder = (order: LinkOrder) =>
      getService(strapi, 'renderer').contentOf(shape, { [field.orderAttribute]: order })[path];
    if (latest.content[path] !== hashOfOrder(before)) return;
    const hash = hashOfOrder(after);
    if (hash) await publications.replaceContent(latest, { ...latest.content, [path]: hash });
  }

  return {
    /**
     * Links the pending slugs that have a document by now, in drafts and published rows.
     *
     * @param slugs Only these; without them, all.
     */
    async link(target: string, slugs?: readonly string[]): Promise<void> {
      for (const shape of getService(strapi, 'shapes').all()) {
        const owners = new Set<string>();
        const { idsBySlug, saveOrder, alignRelation } = getService(strapi, 'links');
        for (const links of linksOf(shape).filter(({ field }) => field.target === target)) {
          const pending = await findPending(shape, links);
          const wanted = pending
            .flatMap(({ order }) => pendingSlugs(order))
            .filter((slug) => !slugs || slugs.includes(slug));
          const ids = await idsBySlug(links.field, [...new Set(wanted)]);
          for (const row of pending) {
            const order = linkPending(row.order, (slug) => ids.get(slug));
            if (order === row.order) continue;
            await notePastLinks(shape, row.documentId, links, { before: row.order, after: order });
            await saveOrder(shape, row.id, links.field, order);
            await alignRelation(shape, row, links, order);
            if (row.publishedAt) owners.add(row.documentId);
          }
        }
        const cause = { kind: 'other', reason: 'reference' } as const;
        await getService(strapi, 'publisher').settle(shape, [...owners], cause);
      }
    },
  };
}
