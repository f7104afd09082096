import { setImmediate } from 'node:timers/promises';
import type { Core, UID } from '@strapi/strapi';
import type { DocumentContent, Reference, Shape } from '../../../core';
import type { Importer, ImportResult } from '../../../shared';
import { getService } from '../plugin-id';
import { createImportPlanner, type ImportPlan } from './import-planner';
import { createReferenceResolver } from './reference-resolver';

type Attributes = Record<string, unknown>;

/**
 * Writes files into the CMS in two passes, so that their order does not matter. The first creates
 * the documents that are new, as drafts without links, so that every link finds its target. The
 * second writes the rest and publishes, each document in a transaction of its own: it is wholly
 * as before or wholly as its file. Running an interrupted import again completes it.
 */
export function createImporter({ strapi }: { strapi: Core.Strapi }): Importer {
  const resolver = createReferenceResolver({ strapi });
  const repository = (shape: Shape) => strapi.documents(shape.contentType as UID.ContentType);

  function getShape(collection: string): Shape {
    const shape = getService(strapi, 'shapes').findByCollection(collection);
    if (!shape) throw new Error(`No collection '${collection}'`);
    return shape;
  }

  /** What a document stores: its own values, and the ids of what it refers to. */
  async function resolve(attributes: Attributes, references: Reference[]): Promise<Attributes> {
    const data = { ...attributes };
    for (const reference of references) {
      switch (reference.kind) {
        case 'names':
          data[reference.attribute] = await resolver.resolveNames(reference);
          break;
        case 'links':
          data[reference.attribute] = await resolver.resolveLinks(reference);
          break;
        case 'entry':
          data[reference.attribute] = await resolver.resolveEntry(reference);
          break;
      }
    }
    return data;
  }

  async function createDraft(shape: Shape, { attributes, references }: DocumentContent) {
    const withoutLinks = references.filter((reference) => reference.kind !== 'links');
    const data = (await resolve(attributes, withoutLinks)) as never; // the shape names the attributes
    return (await repository(shape).create({ data })).documentId;
  }

  async function update(shape: Shape, documentId: string, data: Attributes): Promise<void> {
    const updated = await repository(shape).update({ documentId, data: data as never }); // as above
    if (!updated) throw new Error('it was deleted during the import');
  }

  async function publish(shape: Shape, documentId: string, { attributes }: DocumentContent) {
    const given = (attribute: string) => attributes[attribute] as string | undefined;
    const { published, modified } = shape.dates;
    const givenDates = { published: given(published), modified: given(modified) };
    await getService(strapi, 'write-context').run({ givenDates }, () =>
      repository(shape).publish({ documentId })
    );
  }

  /** Runs one step for a document, turning a refusal of the CMS into a result: the others go on. */
  async function attempt(plan: ImportPlan, step: () => Promise<void>): Promise<boolean> {
    // Saving is synchronous work on SQLite: without a turn of its own a server would answer nobody.
    await setImmediate();
    try {
      await getService(strapi, 'write-lock').run(step);
      return true;
    } catch (error) {
      plan.action = 'invalid';
      plan.error = error instanceof Error ? error.message : String(error);
      return false;
    }
  }

  return {
    async isEmpty(collection): Promise<boolean> {
      return (await repository(getShape(collection)).count({ status: 'draft' })) === 0;
    },

    async importAll(sources, { collection, draft, dryRun, onStep }): Promise<ImportResult[]> {
      const shape = getShape(collection);
      const batch = new Set(sources.map((source) => source.slug));
      const planFor = createImportPlanner(strapi, resolver, { shape, batch, draft });
      const plans: ImportPlan[] = [];

      for (const source of sources) {
        const plan = await planFor(source);
        plans.push(plan);
        if (plan.action === 'created' && !dryRun) {
          await attempt(plan, async () => {
            plan.documentId = await createDraft(shape, plan.content);
          });
        }
        onStep?.();
      }

      for (const plan of plans) {
        const { action, content, documentId } = plan;
        const isNew = action === 'created';
        if (!dryRun && documentId && (isNew || action === 'updated')) {
          const { attributes, references } = content;
          const links = references.filter((reference) => reference.kind === 'links');
          const isWritten = await attempt(plan, async () => {
            const rest = isNew ? resolve({}, links) : resolve(attributes, references);
            await update(shape, documentId, await rest);
            if (!draft) await publish(shape, documentId, content);
          });
          if (!isWritten && isNew) await repository(shape).delete({ documentId });
        }
        onStep?.();
      }
      return plans.map(({ slug, action, unknownLinks, error }) => ({
        slug,
        action,
        unknownLinks,
        ...(error !== undefined && { error }),
      }));
    },
  };
}
