import type { Core, UID } from '@strapi/strapi';
import { errors } from '../../../../kit/strapi-utils';
import { isPlainObject } from 'es-toolkit';
import {
  fromFrontmatter,
  getAt,
  linkedIds,
  toLinkOrder,
  withSlugs,
  type DocumentContent,
  type EntryField,
  type Reference,
  type Shape,
  type StoredDocument,
} from '../../../../core';
import type { ImportContent, ImportPlan } from './import-planner';
import { hashOf } from '../../../../node/text-hash';
import { getImportedFiles } from '../store/imported-files';
import { getLinks } from '../linking/links';
import { createReferenceResolver } from './reference-resolver';
import { getRenderer, linksOf } from '../rendering/renderer';
import type { GivenDates } from '../publishing/dates';
import { asImport } from '../publishing/import-marker';

type Attributes = Record<string, unknown>;
type WritePlan = Extract<ImportPlan, { kind: 'create' | 'update' }>;

/** Carries out a plan. The caller holds the write lock. */
export function createImportWriter({ strapi }: { strapi: Core.Strapi }) {
  const resolver = createReferenceResolver({ strapi });
  const repository = (shape: Shape) => strapi.documents(shape.contentType as UID.ContentType);

  /** Returns the stored form of a reference, and creates missing names and entries. */
  async function resolve(
    shape: Shape,
    reference: Reference,
    { attributes }: DocumentContent,
    draft: StoredDocument | undefined
  ): Promise<Attributes> {
    const { attribute } = reference;
    switch (reference.kind) {
      case 'names': {
        const ids = await resolver.resolveNames(reference);
        return { [attribute]: reference.isSingle ? (ids[0] ?? null) : ids };
      }
      case 'media':
        return { [attribute]: await resolver.resolveFile(reference) };
      case 'entry': {
        const current = draft?.[attribute] as { documentId: string } | null | undefined;
        return {
          [attribute]: await resolver.resolveEntry(reference, attributes, current?.documentId),
        };
      }
      case 'links':
        return resolveLinks(shape, reference, draft);
    }
  }

  async function resolveLinks(
    shape: Shape,
    { attribute, slugs }: Extract<Reference, { kind: 'links' }>,
    draft: StoredDocument | undefined
  ): Promise<Attributes> {
    const links = linksOf(shape).find((candidate) => candidate.attribute === attribute);
    if (!links) throw new Error(`no field links '${attribute}'`);
    const ids = await getLinks(strapi).idsBySlug(links.field, slugs);
    const before = toLinkOrder(draft?.[links.field.orderAttribute]) ?? [];
    const visible = await getRenderer(strapi).targetsOf(links.field, linkedIds(before));
    const order = withSlugs(before, {
      wanted: slugs,
      idOf: (slug) => ids.get(slug),
      isVisible: (id) => visible.has(id),
    });
    // The order keeps the id of a deleted document, which no relation can hold.
    const kept = await getRenderer(strapi).targetsOf(links.field, linkedIds(before), {
      withDrafts: true,
    });
    const existing = new Set([...ids.values(), ...kept.keys()]);
    return {
      [attribute]: linkedIds(order).filter((id) => existing.has(id)),
      [links.field.orderAttribute]: order,
    };
  }

  async function dataOf(shape: Shape, plan: WritePlan): Promise<Attributes> {
    const { value, body, source } = plan.content;
    const content = fromFrontmatter(shape, value, body);
    const draft = plan.kind === 'update' ? plan.draft : undefined;
    const isChanged = changedAttributes(shape, plan);
    const data: Attributes = {};
    for (const [attribute, stored] of Object.entries(content.attributes)) {
      if (isChanged(attribute)) data[attribute] = withId(stored, draft?.[attribute]);
    }
    for (const reference of content.references) {
      if (!isChanged(reference.attribute)) continue;
      Object.assign(data, await resolve(shape, reference, content, draft));
    }
    // Values that were meant for the next edit in the panel do not apply to the file.
    const once = shape.dates ? [shape.dates.override, shape.dates.minorEdit] : [];
    const cleared = Object.fromEntries(once.map((attribute) => [attribute, null]));
    return { ...data, ...cleared, [shape.source]: source.source.text };
  }

  return {
    /** @returns The document's id. */
    async write(shape: Shape, slug: string, plan: WritePlan): Promise<string> {
      const data = (await dataOf(shape, plan)) as never; // the shape names the attributes
      const draft =
        plan.kind === 'create'
          ? await repository(shape).create(
              asImport({ data: { ...(data as object), [shape.slug]: slug } as never })
            )
          : await repository(shape).update(
              asImport({ documentId: String(plan.draft['documentId']), data })
            );
      if (!draft) throw new errors.NotFoundError('it was deleted during the import');
      const { documentId } = draft;
      const [{ text }, merged] = [plan.file.source, plan.content.source.source.text];
      if (text !== merged) {
        const etags = { etag: hashOf(text), sourceEtag: hashOf(merged) };
        const { collection } = shape;
        await getImportedFiles(strapi).keep({ collection, documentId, slug, text, ...etags });
      }
      if (plan.kind === 'update' && plan.isUnpublished) {
        await repository(shape).unpublish({ documentId });
      }
      if (plan.isPublished) {
        const { source } = plan.content;
        const published = { dates: datesOf(shape, plan.content), source };
        await repository(shape).publish(asImport({ documentId }, published));
      }
      return documentId;
    },
  };
}

/** Returns a predicate for the attributes of the document that a plan writes. */
function changedAttributes(shape: Shape, plan: WritePlan): (attribute: string) => boolean {
  if (plan.kind === 'create') return () => true;
  const changed = new Set(plan.changed.map((path) => path.join('.')));
  const attributes = new Set(changed.has(shape.body) ? [shape.body] : []);
  for (const { path, attribute, field } of shape.leaves) {
    if (!changed.has(path.join('.'))) continue;
    attributes.add(String(attribute[0]));
    const { overrides = {} } = field as EntryField;
    for (const override of Object.values(overrides)) attributes.add(override.attribute);
  }
  return (attribute) => attributes.has(attribute);
}

/** Changes an existing component instead of replacing it: it may hold values that have no key. */
function withId(stored: unknown, current: unknown): unknown {
  const { id } = (current ?? {}) as { id?: number };
  return isPlainObject(stored) && id !== undefined ? { id, ...stored } : stored;
}

function datesOf(shape: Shape, { value }: ImportContent): GivenDates {
  const dateOf = (name: string | undefined): string | null => {
    const leaf = shape.leaves.find(({ attribute }) => attribute.join('.') === name);
    const found = leaf && getAt(value, leaf.path);
    return typeof found === 'string' && found !== '' ? found : null;
  };
  return { published: dateOf(shape.dates?.published), modified: dateOf(shape.dates?.modified) };
}
