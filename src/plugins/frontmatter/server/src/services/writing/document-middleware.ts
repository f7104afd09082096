import type { Core, Modules, UID } from '@strapi/strapi';
import { omit } from 'es-toolkit';
import { toLinkOrder, type Shape, type StoredDocument } from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import { datesOf, getDates, undated } from '../publishing/dates';
import { getImportedFiles } from '../store/imported-files';
import { assertValues } from './checked-values';
import { getFormEdits } from './form-edits';
import { getSharedEntries } from './shared-entries';
import { getLinks } from '../linking/links';
import { getPendingLinks } from '../linking/pending-links';
import { getDrafts } from '../rendering/drafts';
import { getPublisher } from '../publishing/publisher';
import { getReferences } from '../store/references';
import { linksOf, unwrittenAttributes } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { assertDraftSlug, assertPublishableSlug, findVersions } from '../foundation/slug-rules';
import { getWarnings } from '../publishing/warnings';
import { importOf } from '../publishing/import-marker';
import { getWriteLock } from '../store/write-lock';

type Context = Modules.Documents.Middleware.Context;
type Next = () => Promise<unknown>;
type Written = { documentId: string } | null;

/** A write to a document with a shape. */
interface Write {
  shape: Shape;
  context: Context;
  next: Next;
}

const WRITE_ACTIONS: readonly string[] = [
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
];

/**
 * Wraps every write of the Document Service to a shaped type or to a type that one shows: acquires
 * the write lock, sends every publication through `publish`, dates it there, and updates the
 * publications of all affected documents in the same transaction.
 */
export function createDocumentMiddleware({ strapi }: { strapi: Core.Strapi }) {
  function writeShaped(write: Write): Promise<unknown> {
    const { context, next } = write;
    switch (context.action) {
      case 'publish':
        return publish(write, context.params);
      case 'unpublish':
        return end(write, { documentId: context.params.documentId, kind: 'write' });
      case 'delete':
        return end(write, { documentId: context.params.documentId, kind: 'delete' });
      case 'discardDraft':
        return discard(write, context.params.documentId);
      case 'clone':
        return clone(write);
      case 'create':
      case 'update':
        return 'status' in context.params && context.params.status === 'published'
          ? writeThenPublish(write)
          : writeDraft(write);
      default:
        return next();
    }
  }

  async function publish({ shape, next }: Write, params: { documentId: string }): Promise<unknown> {
    const { documentId } = params;
    const orders = linksOf(shape).map(({ field }) => field.orderAttribute);
    const versions = await findVersions(strapi, shape, documentId, orders);
    await assertPublishableSlug(strapi, shape, documentId, versions);
    const [draft] = versions;
    if (draft && orders.some((order) => !toLinkOrder(draft[order])))
      await getLinks(strapi).noteOrder(shape, documentId);
    const result = (await next()) as { entries: StoredDocument[] };
    const cause = { kind: 'publish', imported: importOf(params)?.published } as const;
    const decision = (await getPublisher(strapi).publishChanges(shape, [documentId], cause)).get(
      documentId
    );
    if (!decision) return result;
    // Strapi read the entries before they were dated.
    const dates = Object.entries(datesOf(shape, decision));
    for (const entry of result.entries) {
      for (const [attribute, date] of dates) if (attribute in entry) entry[attribute] = date;
    }
    return result;
  }

  async function end(
    { shape, next }: Write,
    { documentId, kind }: { documentId: string; kind: 'write' | 'delete' }
  ): Promise<unknown> {
    const warnings = getWarnings(strapi);
    const linking = warnings.areWanted()
      ? await getReferences(strapi).publishedLinking(shape, documentId)
      : [];
    const result = await next();
    await getPublisher(strapi).publishChanges(shape, [documentId], { kind });
    if (linking.length > 0) {
      const slugs = linking.map(({ slug }) => slug);
      warnings.add({
        code: 'linked',
        message: `Readers no longer get this document, and these published documents linked it: ${slugs.join(', ')}`,
        slugs,
      });
    }
    return result;
  }

  async function discard({ shape, next }: Write, documentId: string): Promise<unknown> {
    const result = await next();
    const [draft] = await findVersions(strapi, shape, documentId, [shape.source]);
    const source = draft?.[shape.source];
    const etag = typeof source === 'string' ? hashOf(source) : null;
    await getImportedFiles(strapi).forgetDiscarded(documentId, etag);
    const links = getLinks(strapi);
    await links.restoreDraft(shape, documentId);
    await links.restoreOwners(shape.contentType, documentId);
    return result;
  }

  async function clone({ shape, context, next }: Write): Promise<unknown> {
    const data = { ...editedData(shape, context), ...undated(shape) };
    const { documentId } = context.params as { documentId: string };
    const draft = await getDrafts(strapi).findRowOf(shape, documentId);
    const slug = data[shape.slug] ?? draft?.[shape.slug];
    await assertDraftSlug(strapi, shape, { documentId: undefined, slug });
    replaceData(context, data);
    const links = getLinks(strapi);
    const result = await links.keepOrder(
      shape,
      documentId,
      data,
      async () => (await next()) as { documentId: string; entries: Record<string, unknown>[] }
    );
    const slugs = result.entries.flatMap((entry) => entry[shape.slug] ?? []);
    await getPendingLinks(strapi).link(shape.contentType, slugs.map(String));
    return result;
  }

  /** Writes a draft without attributes that nobody edits, and updates the order of its links. */
  async function writeDraft({ shape, context, next }: Write): Promise<Written> {
    const links = getLinks(strapi);
    if (importOf(context.params)) return (await next()) as Written;

    const { documentId } = context.params as { documentId?: string };
    const edited = await getFormEdits(strapi).merge(shape, documentId, editedData(shape, context));
    await assertDraftSlug(strapi, shape, { documentId, slug: edited[shape.slug] });
    assertValues(strapi, shape.leaves, edited);
    const data = await getDates(strapi).withoutIgnored(shape, documentId, edited);
    replaceData(context, data);
    const written = await links.keepOrder(
      shape,
      documentId,
      data,
      async () => (await next()) as Written
    );
    const slug = data[shape.slug] ?? (written as Record<string, unknown> | null)?.[shape.slug];
    if (written && slug && (!documentId || shape.slug in data))
      await getPendingLinks(strapi).link(shape.contentType, [String(slug)]);
    return written;
  }

  /**
   * `create` and `update` with `status: 'published'` publish by a call that no middleware sees.
   * So this writes the draft alone and publishes it by its own call, with the same selection: all
   * publications take the same path.
   */
  async function writeThenPublish(write: Write): Promise<unknown> {
    const { context } = write;
    const {
      data: _data,
      status: _status,
      ...selection
    } = context.params as Record<string, unknown>;
    // A new object: this one is the caller's, who may use it again.
    Object.assign(context, { params: { ...context.params, status: 'draft' } });
    const draft = await writeDraft(write);
    if (!draft) return draft;
    const published = await strapi
      .documents(context.uid)
      .publish?.({ ...selection, documentId: draft.documentId });
    return published?.entries[0];
  }

  /** Checks a shared entry before it is written: it is live at once, so it must be valid. */
  async function assertEntry({ action, uid, params }: Context): Promise<void> {
    if (action !== 'create' && action !== 'update' && action !== 'clone') return;
    const { documentId, data = {} } = params as { documentId?: string; data?: object };
    await getSharedEntries(strapi).assertValid(uid, documentId, data as Record<string, unknown>);
  }

  /** Renders documents again that show what was written, such as a keyword. */
  async function publishOwners({ uid, params }: Context, written: Written): Promise<void> {
    const { documentId = written?.documentId } = params as { documentId?: string };
    if (!documentId) return;
    const cause = { kind: 'other', reason: 'reference' } as const;
    await getPublisher(strapi).publishOwners(uid, [documentId], cause);
    for (const shape of getShapes(strapi).all()) {
      const owners = await findTwoWayOwners(strapi, shape, { uid, documentId });
      await getPublisher(strapi).publishChanges(shape, owners, cause);
    }
  }

  return (context: Context, next: Next): Promise<unknown> => {
    const shapes = getShapes(strapi);
    if (!WRITE_ACTIONS.includes(context.action) || !shapes.isShown(context.uid)) return next();

    return getWriteLock(strapi).run(async () => {
      const shape = shapes.findByContentType(context.uid);
      if (shape) return writeShaped({ shape, context, next });
      await assertEntry(context);
      const result = await next();
      await publishOwners(context, result as Written);
      return result;
    });
  };
}

/** Finds published documents that a write to the other side of a two-way relation may affect. */
async function findTwoWayOwners(
  strapi: Core.Strapi,
  shape: Shape,
  { uid, documentId }: { uid: string; documentId: string }
): Promise<string[]> {
  const { attributes } = strapi.contentType(shape.contentType as UID.ContentType);
  const relations = shape.leaves.flatMap(({ attribute: [name = ''], field }) => {
    const schema = attributes[name] as { inversedBy?: string; mappedBy?: string } | undefined;
    const isTwoWay = schema?.inversedBy !== undefined || schema?.mappedBy !== undefined;
    return isTwoWay && 'target' in field && field.target === uid ? [name] : [];
  });
  if (relations.length === 0) return [];
  const rows = await strapi.db.query(shape.contentType as UID.ContentType).findMany({
    select: ['documentId'],
    where: {
      publishedAt: { $notNull: true },
      $or: relations.map((name) => ({ [name]: { documentId } })),
    },
  });
  return rows.map((row) => String(row.documentId));
}

/** Returns the data of a write without the attributes that nobody edits. */
function editedData(shape: Shape, { params }: Context): Record<string, unknown> {
  const { data = {} } = params as { data?: Record<string, unknown> };
  return omit(data, unwrittenAttributes(shape));
}

function replaceData(context: Context, data: Record<string, unknown>): void {
  Object.assign(context, { params: { ...context.params, data } });
}
