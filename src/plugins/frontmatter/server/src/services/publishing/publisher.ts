import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import { chunk } from 'es-toolkit';
import { populateOf, type DateDecision, type Shape, type StoredDocument } from '../../../../core';
import { log } from '../foundation/log';
import type { Publication, NewPublication } from '../../models';
import { getDates } from './dates';
import type { DocumentRow } from '../store/document-rows';
import { getPublications } from '../store/publications';
import { getReferences } from '../store/references';
import { getRenderer, type RenderedDocument } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import {
  assertPublishable,
  goneOf,
  isSame,
  liveOf,
  OF_A_REFERENCE,
  reasonToGo,
  type Cause,
} from './publication-rows';
import { serviceOf } from '../foundation/service-of';

/** Documents showing a change that are rendered with the same few queries. */
const CHUNK_SIZE = 100;
/** Documents that are rendered before other work gets a turn. */
const RENDERED_AT_ONCE = 20;

/**
 * Brings the publications of documents up to date with their published rows. Runs within the
 * transaction of the write, under the write lock: content and publication are saved together or not
 * at all. Writes nothing if text and slug are unchanged.
 */
export function createPublisher({ strapi }: { strapi: Core.Strapi }) {
  const findPublished = (shape: Shape, documentIds: readonly string[]) =>
    strapi.db.query(shape.contentType as UID.ContentType).findMany({
      where: { documentId: { $in: [...documentIds] }, publishedAt: { $notNull: true } },
      populate: populateOf(shape),
    }) as Promise<DocumentRow[]>;

  /** Sets the dates of what an author writes; documents changed for another reason keep theirs. */
  async function decideDates(
    shape: Shape,
    rows: readonly DocumentRow[],
    live: readonly Publication[],
    cause: Cause
  ): Promise<Map<string, DateDecision>> {
    const decisions = new Map<string, DateDecision>();
    if (!shape.dates) return decisions;
    if (cause.kind !== 'publish' && cause.kind !== 'write') return decisions;
    for (const row of rows) {
      const { documentId } = row;
      const served = live.find((each) => each.documentId === documentId);
      const previous = served ?? (await getPublications(strapi).findLatestOf(documentId));
      const [isRejectable, given] =
        cause.kind === 'publish' ? [true, cause.imported?.dates] : [false, undefined];
      const decision = await getDates(strapi).apply(shape, row, { previous, given, isRejectable });
      if (decision) decisions.set(documentId, decision);
    }
    return decisions;
  }

  /**
   * Leaves out publications that would take the slug of another published document. The Document
   * Service publishes no slug twice; a write below it can.
   */
  async function withoutTaken(
    shape: Shape,
    appended: readonly NewPublication[],
    live: readonly Publication[]
  ): Promise<readonly NewPublication[]> {
    const isHeld = ({ documentId, slug }: NewPublication) =>
      live.some((row) => row.documentId === documentId && row.slug === slug);
    const slugs = appended.filter((row) => !isHeld(row)).map(({ slug }) => slug);
    if (slugs.length === 0) return appended;
    const current = await getPublications(strapi).findCurrent(shape.collection, slugs);
    const holders = current.filter(({ state }) => state === 'live');
    const rows = (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
      select: ['documentId', shape.slug],
      where: {
        documentId: { $in: holders.map(({ documentId }) => documentId) },
        publishedAt: { $notNull: true },
      },
    })) as StoredDocument[];
    const taken = new Map(
      holders
        .filter(({ documentId, slug }) =>
          rows.some((row) => row['documentId'] === documentId && row[shape.slug] === slug)
        )
        .map(({ documentId, slug }) => [slug, documentId])
    );
    return appended.filter(({ documentId, slug }) => {
      const holder = taken.get(slug) ?? documentId;
      taken.set(slug, holder);
      if (holder === documentId) return true;
      const { collection } = shape;
      log(
        strapi,
        'error',
        `'${slug}' in '${collection}' is published twice, and readers get the document ${holder} and not ${documentId}: give one of them another slug`,
        { collection, slug, documentId }
      );
      return false;
    });
  }

  /**
   * @returns Ids of the documents that appeared, ended or were renamed, which others may link, and
   *   the date decisions by document id.
   */
  async function publishOnly(
    shape: Shape,
    documentIds: readonly string[],
    cause: Cause
  ): Promise<{ moved: string[]; decisions: Map<string, DateDecision> }> {
    const publications = getPublications(strapi);
    const renderer = getRenderer(strapi);
    const rows = await findPublished(shape, documentIds);
    const live = await publications.findLiveOf(documentIds);
    const decisions = await decideDates(shape, rows, live, cause);
    const linkedRows = await renderer.withLinks(shape, rows);
    const rendered: (RenderedDocument | undefined)[] = [];
    for (const some of chunk(linkedRows, RENDERED_AT_ONCE)) {
      if (rendered.length > 0) await setImmediate();
      rendered.push(
        // A publish that fails is rejected; otherwise, one document must not stop all others.
        ...(cause.kind === 'publish'
          ? renderer.renderLinked(shape, some, cause.imported?.source)
          : renderer.renderReadable(shape, some))
      );
    }
    const gone: NewPublication[] = [];
    const appended: NewPublication[] = [];
    const moved: string[] = [];
    for (const documentId of documentIds) {
      const index = rows.findIndex((row) => row['documentId'] === documentId);
      const [row, after] = [rows[index], rendered[index]];
      if (row && !after) continue; // readers keep the version they have
      const given = live.filter((row) => row.documentId === documentId);
      const before = given.find(({ slug }) => slug === after?.slug) ?? given[0];
      // There are no others, unless somebody wrote into the table.
      const others = given.filter((row) => row !== before);
      gone.push(...others.map((other) => goneOf(other, 'reconciled')));
      if (!row || !after) {
        if (!before) continue;
        gone.push(goneOf(before, reasonToGo(cause)));
        moved.push(documentId);
        continue;
      }
      const content = renderer.contentOf(shape, row);
      if (before && isSame(before, after)) {
        if (!isDeepStrictEqual(before.content, content))
          await publications.replaceContent(before, content);
        continue;
      }
      if (cause.kind === 'publish') assertPublishable(shape, before, after);
      if (before?.slug !== after.slug) moved.push(documentId);
      if (before && before.slug !== after.slug) gone.push(goneOf(before, 'renamed'));
      const decision = decisions.get(documentId);
      appended.push(liveOf(shape, { row, before, after, content, cause, decision }));
    }
    // Ended rows come first to make room: one document may take a slug that another leaves.
    const isChecked = cause.kind === 'publish';
    const kept = isChecked ? appended : await withoutTaken(shape, appended, live);
    await publications.record([...gone, ...kept]);
    await getReferences(strapi).rewrite(shape, documentIds, linkedRows);
    return { moved, decisions };
  }

  /**
   * Publishes the documents of all shapes that show one of the given documents, shape by shape, in
   * chunks: a keyword may be in thousands of documents, whose texts need not be in memory at once.
   */
  async function publishOwners(
    targetType: string,
    targetIds: readonly string[],
    cause: Cause
  ): Promise<void> {
    const owners = await getReferences(strapi).ownersOf(targetType, targetIds);
    for (const shape of getShapes(strapi).all()) {
      const ids = owners
        .filter(({ collection }) => collection === shape.collection)
        .map(({ ownerId }) => ownerId);
      for (const some of chunk([...new Set(ids)], CHUNK_SIZE)) {
        await publishOnly(shape, some, cause);
        await setImmediate(); // SQLite queries alone give nobody else a turn
      }
    }
  }

  return {
    /** @returns The date decisions, by document id. */
    async publishChanges(
      shape: Shape,
      documentIds: readonly string[],
      cause: Cause
    ): Promise<ReadonlyMap<string, DateDecision>> {
      if (documentIds.length === 0) return new Map();
      const { moved, decisions } = await publishOnly(shape, documentIds, cause);
      const reason = cause.kind === 'other' ? cause : OF_A_REFERENCE;
      await publishOwners(shape.contentType, moved, reason);
      return decisions;
    },

    publishOwners,
  };
}

export const getPublisher = serviceOf('publisher', createPublisher);
