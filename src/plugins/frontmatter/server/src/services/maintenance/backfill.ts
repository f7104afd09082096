import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import {
  fromFrontmatter,
  gainedEntryValues,
  gainedRejections,
  gainedValues,
  keyPaths,
  MEDIA_TYPE,
  parse,
  populateOf,
  setAt,
  withLeaves,
  type FrontmatterData,
  type GainedValue,
  type Reference,
  type Shape,
} from '../../../../core';
import { log, type LogFields } from '../foundation/log';
import { PLUGIN_ID } from '../../plugin-id';
import { createEntryBackfill, type EntryBackfill } from './backfill-entries';
import { getLinks } from '../linking/links';
import { getPublisher } from '../publishing/publisher';
import { createReferenceResolver } from '../importing/reference-resolver';
import { linksOf } from '../rendering/renderer';
import { createRowBackfill, type Row } from './backfill-rows';
import { getShapes } from '../foundation/shapes';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** By collection, the keys of its shape at the last start of the application. */
const KNOWN = { type: 'plugin', name: PLUGIN_ID, key: 'known-keys' };
type KnownKeys = Record<string, string[]>;
type Warning = [line: string, fields: LogFields];

/** Rows that are filled in one transaction. */
const PAGE_SIZE = 20;

/**
 * Fills keys that a shape gains. Until then, the value of such a key in a file was only in the
 * source. From then on the attribute decides, and an empty one would remove the line. So when the
 * application starts with shapes that have more keys than at the previous start, the new attributes
 * are filled from the sources, before anything is rendered:
 *
 * - *first start*: the keys are remembered, and nothing else happens.
 * - *gained*: drafts and published rows are filled, page by page, only if they have no value. An
 *   interrupted run begins again at the next start, because the keys are remembered last.
 * - *remembered*: a value that an editor removes from then on stays removed. A key that is removed
 *   from the shape is forgotten, as its column is removed with it.
 */
export function createBackfill({ strapi }: { strapi: Core.Strapi }) {
  const resolver = createReferenceResolver({ strapi });
  const filler = createRowBackfill({ strapi });

  /** The keys that were known before this start. */
  let knownBefore: KnownKeys | undefined;
  /** Rows that got values at this start, and how many of them are committed. */
  const rows = { filled: 0, committed: 0 };

  const readKnown = async () => ((await strapi.store.get(KNOWN)) ?? {}) as KnownKeys;

  async function gainedBy(shape: Shape): Promise<Set<string>> {
    const known = (await readKnown())[shape.collection];
    return new Set(known && keyPaths(shape).filter((path) => !known.includes(path)));
  }

  async function fillReference(shape: Shape, row: Row, reference: Reference, document: object) {
    const { contentType } = shape;
    const { attribute } = reference;
    switch (reference.kind) {
      case 'names': {
        const ids = await resolver.resolveNames(reference);
        return filler.fillRelation(contentType, row, reference, ids);
      }
      case 'entry': {
        const { target } = reference.field;
        const id = await resolver.resolveEntry(reference, { ...row, ...document }, undefined);
        return filler.fillRelation(contentType, row, { attribute, target }, id ? [id] : []);
      }
      case 'media': {
        const file = await resolver.findFile(reference.path);
        const found = file ? [file.documentId] : [];
        return filler.fillRelation(contentType, row, { attribute, target: MEDIA_TYPE }, found);
      }
      case 'links': {
        const links = linksOf(shape).find((each) => each.attribute === attribute);
        if (!links) throw new Error(`no field links '${attribute}'`);
        return getLinks(strapi).fillOrder(shape, row, links, reference.slugs);
      }
    }
  }

  async function fillRow(shape: Shape, row: Row, gained: readonly GainedValue[]): Promise<void> {
    const data: FrontmatterData = {};
    for (const { leaf, value } of gained) setAt(data, leaf.path, value);
    const part = withLeaves(
      shape,
      gained.map(({ leaf }) => leaf)
    );
    const { attributes, references } = fromFrontmatter(part, data, '');
    delete attributes[shape.body];
    await filler.fillAttributes(shape.contentType, row, attributes);
    for (const reference of references) await fillReference(shape, row, reference, attributes);
  }

  /** @returns Warnings to log about values that the shape rejects. */
  async function fillFromSource(
    shape: Shape,
    row: Row,
    gained: ReadonlySet<string>,
    entries: EntryBackfill
  ): Promise<Warning[]> {
    const source = row[shape.source];
    const result = typeof source === 'string' ? parse(source) : undefined;
    if (result?.kind !== 'parsed') return [];
    const { data } = result.file;
    const values = gainedValues(shape, gained, data, row);
    const found = gainedEntryValues(shape, gained, data, row);
    if (values.length + found.length > 0) rows.filled += 1;
    if (values.length > 0) await fillRow(shape, row, values);
    for (const each of found) await entries.fill(shape, row, each);
    const [slug, { collection }] = [String(row[shape.slug]), shape];
    return gainedRejections(shape, gained, data).map(({ path, message }) => [
      `the new key '${path.join('.')}' cannot take what '${slug}' in '${collection}' holds: ${message}. The line stays in the file and the field stays empty: fill the field, or correct the file and import it`,
      { collection, slug },
    ]);
  }

  async function findPage(shape: Shape, after: number): Promise<Row[]> {
    return (await strapi.db.query(shape.contentType as UID.ContentType).findMany({
      where: { id: { $gt: after } },
      orderBy: { id: 'asc' },
      limit: PAGE_SIZE,
      populate: populateOf(shape),
    })) as Row[];
  }

  /** @returns The last id of the page, or `undefined` if there is nothing left to fill. */
  async function fillPage(
    shape: Shape,
    after: number,
    { entries, warnings }: { entries: EntryBackfill; warnings: Map<string, LogFields> }
  ) {
    // Meanwhile another process may have finished, and an editor may have removed a value again.
    const gained = await gainedBy(shape);
    const page = gained.size > 0 ? await findPage(shape, after) : [];
    for (const row of page) {
      for (const [line, fields] of await fillFromSource(shape, row, gained, entries)) {
        warnings.set(line, fields);
      }
    }
    // The texts stay the same. What documents show, and what moves their dates, is recorded again.
    const published = page.flatMap((row) => (row.publishedAt ? row.documentId : []));
    const cause = { kind: 'other', reason: 'reconciled' } as const;
    await getPublisher(strapi).publishChanges(shape, published, cause);
    return page.at(-1)?.id;
  }

  return {
    /** Whether no filled value is committed: the next start would mistake it for an older value. */
    canUndo: (): boolean => rows.committed === 0,

    /** Lets the next start fill what this one did not. */
    async undo(): Promise<void> {
      if (knownBefore) await strapi.store.set({ ...KNOWN, value: knownBefore });
    },

    /** Runs before anything is rendered, and before the document middleware is installed. */
    async fill(): Promise<void> {
      const shapes = getShapes(strapi).all();
      const lock = getWriteLock(strapi);
      const warnings = new Map<string, LogFields>();
      // For this run only: a rollback, or an import that replaces the database, removes copies.
      const entries = createEntryBackfill({ strapi });
      knownBefore = await readKnown();
      for (const shape of shapes) {
        if ((await gainedBy(shape)).size === 0) continue;
        let after: number | undefined = 0;
        while (after !== undefined) {
          const from: number = after;
          after = await lock.run(() => fillPage(shape, from, { entries, warnings }));
          rows.committed = rows.filled;
          await setImmediate();
        }
      }
      for (const [line, fields] of warnings) log(strapi, 'warn', line, fields);

      const known = await readKnown();
      const current = Object.fromEntries(
        shapes.map((shape) => [shape.collection, keyPaths(shape)])
      );
      if (isDeepStrictEqual(known, { ...known, ...current })) return;
      await lock.run(() => strapi.store.set({ ...KNOWN, value: { ...known, ...current } }));
    },
  };
}

export const getBackfill = serviceOf('backfill', createBackfill);
