import { setImmediate } from 'node:timers/promises';
import type { Core, UID } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { Shape } from '../../../core';
import type { Importer, ImportOptions, ImportResult } from '../../../shared';
import { getService, PLUGIN_ID } from '../plugin-id';
import { createImportPlanner, type ImportPlan } from './import-planner';
import { createReferenceResolver } from './reference-resolver';

type Attributes = Record<string, unknown>;

/** Collection that an import into an empty CMS has begun and not finished. */
const UNFINISHED = { type: 'plugin', name: PLUGIN_ID, key: 'unfinished-import' };

/**
 * Writes files into the CMS in two passes, so that their order does not matter. The first creates
 * the documents that are new, as drafts with their own values, so that every link finds its target.
 * The second writes the rest and publishes, each document in a transaction of its own: it is wholly
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

  /** Ids of what a document refers to, by attribute. */
  async function resolveReferences({ content, currentEntries }: ImportPlan): Promise<Attributes> {
    const data: Attributes = {};
    for (const reference of content.references) {
      const { attribute } = reference;
      switch (reference.kind) {
        case 'names':
          data[attribute] = await resolver.resolveNames(reference);
          break;
        case 'links':
          data[attribute] = await resolver.resolveLinks(reference);
          break;
        case 'entry': {
          const current = currentEntries[attribute];
          data[attribute] = await resolver.resolveEntry(reference, content.attributes, current);
          break;
        }
      }
    }
    return data;
  }

  async function publish(shape: Shape, documentId: string, { attributes }: ImportPlan['content']) {
    const given = (attribute: string) => attributes[attribute] as string | undefined;
    const { published, modified } = shape.dates;
    const givenDates = { documentId, published: given(published), modified: given(modified) };
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
      plan.error = reasonOf(error);
      if (!isRefusal(error)) strapi.log.error(error);
      return false;
    }
  }

  const createNew = (shape: Shape, plan: ImportPlan) =>
    attempt(plan, async () => {
      const data = plan.content.attributes as never; // the shape names the attributes
      plan.documentId = (await repository(shape).create({ data })).documentId;
    });

  async function complete(shape: Shape, plan: ImportPlan, { draft }: ImportOptions): Promise<void> {
    const { documentId, content } = plan;
    if (!documentId) return;
    const isNew = plan.action === 'created';
    const isWritten = await attempt(plan, async () => {
      const data = { ...(!isNew && content.attributes), ...(await resolveReferences(plan)) };
      const updated = await repository(shape).update({ documentId, data: data as never }); // as above
      if (!updated) throw new errors.NotFoundError('it was deleted during the import');
      if (!draft) await publish(shape, documentId, content);
    });
    if (!isWritten && isNew) {
      const { error } = plan;
      const isGone = await attempt(plan, async () => {
        await repository(shape).delete({ documentId });
      });
      plan.error = isGone
        ? String(error)
        : `${error}; and a draft of it stays behind: ${plan.error}`;
    }
  }

  return {
    async beginIntoEmpty(collection): Promise<boolean> {
      const count = await repository(getShape(collection)).count({ status: 'draft' });
      const isUnfinished = (await strapi.store.get(UNFINISHED)) === collection;
      if (count > 0 && !isUnfinished) return false;
      await strapi.store.set({ ...UNFINISHED, value: collection });
      return true;
    },

    async finishIntoEmpty(): Promise<void> {
      await strapi.store.delete(UNFINISHED);
    },

    async importAll(sources, options): Promise<ImportResult[]> {
      const shape = getShape(options.collection);
      const batch = new Set(sources.map((source) => source.slug));
      const planFor = createImportPlanner(strapi, resolver, { shape, batch, draft: options.draft });
      const plans: ImportPlan[] = [];
      for (const source of sources) {
        const plan = await planFor(source);
        plans.push(plan);
        if (plan.action === 'created' && !options.dryRun) await createNew(shape, plan);
        options.onStep?.();
      }
      for (const plan of plans) {
        const isDue = plan.action === 'created' || plan.action === 'updated';
        if (isDue && !options.dryRun) await complete(shape, plan, options);
        options.onStep?.();
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

/** Errors that say something to the author of a file; any other is a bug or a broken database. */
const isRefusal = (error: unknown): error is Error =>
  error instanceof errors.ApplicationError || error instanceof errors.HttpError;

function reasonOf(error: unknown): string {
  if (!isRefusal(error)) return `an unexpected ${(error as Error).name ?? 'error'}, see the log`;
  const { details } = error as { details?: { errors?: { path: string[]; message: string }[] } };
  const reasons = (details?.errors ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`
  );
  return reasons.length > 0 ? reasons.join('; ') : error.message;
}
