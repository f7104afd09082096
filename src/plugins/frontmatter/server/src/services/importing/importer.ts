import type { Core, UID } from '@strapi/strapi';
import { isEqual } from 'es-toolkit';
import { errors } from '../../../../kit/strapi-utils';
import {
  byPosition,
  fromFrontmatter,
  getAt,
  readUpload,
  type Issue,
  type Leaf,
  type ParsedFile,
  type Shape,
} from '../../../../core';
import { hashOf } from '../../../../node/text-hash';
import type { Importer, ImportOptions, ImportResult } from '../../../../shared';
import { PLUGIN_ID } from '../../plugin-id';
import { getDrafts } from '../rendering/drafts';
import { yieldToReaders } from '../foundation/yield-to-readers';
import { pendingSlugIssue, refusedIssue, unknownFileIssue } from './import-issues';
import { createImportPlanner, type ImportPlan } from './import-planner';
import { createImportWriter } from './import-writer';
import { createReferenceResolver } from './reference-resolver';
import { getLinks } from '../linking/links';
import { getPendingLinks } from '../linking/pending-links';
import { getPublications } from '../store/publications';
import { linksOf } from '../rendering/renderer';
import { getShapes } from '../foundation/shapes';
import { assertFreeSlug } from '../foundation/slug-rules';
import { getWriteLock } from '../store/write-lock';
import { serviceOf } from '../foundation/service-of';

/** The collection whose import into an empty CMS has begun but not finished. */
const UNFINISHED = { type: 'plugin', name: PLUGIN_ID, key: 'unfinished-import' };

/**
 * Writes files into the CMS, each in its own transaction: after a crash, a document is either
 * completely unchanged or completely as in its file. The order of the files does not matter: a link
 * to a document that is imported later is kept by its slug, and becomes a link at the end. A
 * document is published once, with the exact text of its file.
 */
export function createImporter({ strapi }: { strapi: Core.Strapi }): Importer {
  const planner = createImportPlanner({ strapi });
  const writer = createImportWriter({ strapi });
  const resolver = createReferenceResolver({ strapi });

  const getShape = (collection: string): Shape => getShapes(strapi).getByCollection(collection);

  /** Reports links that stay pending, except those to documents in the batch. */
  async function pendingIssues(
    shape: Shape,
    file: ParsedFile,
    batch: ReadonlySet<string> | undefined
  ): Promise<Issue[]> {
    const issues: Issue[] = [];
    for (const { attribute, field } of linksOf(shape)) {
      const reference = fromFrontmatter(shape, file.data, '').references.find(
        (candidate) => candidate.attribute === attribute
      );
      if (reference?.kind !== 'links') continue;
      const known = await getLinks(strapi).idsBySlug(field, reference.slugs);
      const isKnown = (slug: string) => known.has(slug) || batch?.has(slug) === true;
      const pending = reference.slugs.filter((slug) => !isKnown(slug));
      issues.push(...pending.map((slug) => pendingSlugIssue(reference.path, slug, file)));
    }
    return issues;
  }

  /** Reports files that would be written but are not in the media library. */
  async function missingFiles(
    shape: Shape,
    plan: Extract<ImportPlan, { kind: 'create' | 'update' }>
  ): Promise<Issue[]> {
    const isWritten = ({ path }: Leaf): boolean =>
      plan.kind === 'create' || plan.changed.some((changed) => isEqual(changed, path));
    const issues: Issue[] = [];
    for (const leaf of shape.leaves) {
      if (leaf.field.kind !== 'media' || !isWritten(leaf)) continue;
      const wanted = getAt(plan.content.value, leaf.path);
      if (typeof wanted !== 'string' || (await resolver.findFile(wanted))) continue;
      issues.push(unknownFileIssue(leaf.path, wanted, plan.file));
    }
    return issues;
  }

  async function carryOut(
    shape: Shape,
    slug: string,
    plan: ImportPlan,
    { isAlone = false, draft }: Pick<ImportOptions, 'isAlone' | 'draft'>
  ): Promise<Outcome> {
    if (plan.kind === 'nothing') return { action: plan.action, etag: plan.etag };
    if (plan.kind === 'conflict') return { action: 'conflict', conflicts: plan.conflicts };
    const documentId = await writer.write(shape, slug, plan);
    if (isAlone && plan.kind === 'create') {
      await getPendingLinks(strapi).link(shape.contentType, [slug]);
    }
    return {
      action: plan.kind === 'create' ? 'created' : 'updated',
      etag: await etagOf(shape, { slug, documentId, draft }),
    };
  }

  /** Returns the entity tag that the next change in the same status is compared with. */
  async function etagOf(
    shape: Shape,
    { slug, documentId, draft }: { slug: string; documentId: string; draft: boolean }
  ) {
    if (draft) return (await getDrafts(strapi).find(shape, slug))?.hash;
    const [live] = await getPublications(strapi).findLiveOf([documentId]);
    return live?.etag ?? undefined;
  }

  return {
    async beginIntoEmpty(collection, { dryRun = false } = {}): Promise<boolean> {
      const count = await strapi
        .documents(getShape(collection).contentType as UID.ContentType)
        .count({ status: 'draft' });
      const isUnfinished = (await strapi.store.get(UNFINISHED)) === collection;
      if (count > 0 && !isUnfinished) return false;
      if (!dryRun) await strapi.store.set({ ...UNFINISHED, value: collection });
      return true;
    },

    async finishIntoEmpty(): Promise<void> {
      await strapi.store.delete(UNFINISHED);
    },

    async importFile({ slug, bytes, format = 'md' }, options): Promise<ImportResult> {
      const shape = getShape(options.collection);
      const upload = readUpload(shape, { slug, format, bytes });
      const { issues } = upload;
      if (upload.kind === 'invalid') return { slug, action: 'invalid', issues };
      await yieldToReaders(strapi);
      if (format === 'md' && !options.precondition) {
        const { text } = upload.toFile(undefined).source;
        const isUnchanged = await planner.isUnchanged(shape, slug, text);
        if (isUnchanged) return { slug, action: 'unchanged', issues, etag: hashOf(text) };
      }

      try {
        const found: Issue[] = [];
        const planAndWrite = async (): Promise<Outcome> => {
          const plan = await planner.plan(shape, slug, upload.toFile, options);
          found.push(...plan.issues);
          if (plan.kind === 'create') {
            const { isPublished } = plan;
            await assertFreeSlug(strapi, shape, { slug, isPublished }); // a dry run reports it too
          }
          if (plan.kind === 'create' || plan.kind === 'update') {
            const missing = await missingFiles(shape, plan);
            found.push(...missing, ...(await pendingIssues(shape, plan.file, options.batch)));
            if (missing.length > 0) return { action: 'invalid' };
          }
          return options.dryRun ? dryOutcome(plan) : carryOut(shape, slug, plan, options);
        };
        const outcome = options.dryRun
          ? await planAndWrite()
          : await getWriteLock(strapi).run(planAndWrite);
        const { action, conflicts, etag } = outcome;
        return {
          slug,
          action,
          issues: [...withoutRepeats(issues, found), ...found.map(upload.place)].sort(byPosition),
          ...(conflicts && { conflicts }),
          ...(etag && { etag }),
        };
      } catch (error) {
        if (!isFaultOfTheFile(error)) throw error;
        return { slug, action: 'invalid', issues: [refusedIssue(reasonOf(error)), ...issues] };
      }
    },

    finish: (collection): Promise<void> =>
      getPendingLinks(strapi).linkAll(getShape(collection).contentType),
  };
}

/** Drops the note that a key is unknown if the key marks a draft: that note is enough. */
const withoutRepeats = (issues: readonly Issue[], found: readonly Issue[]): Issue[] =>
  issues.filter(
    ({ code, path }) =>
      code !== 'unknown-key' ||
      !found.some((each) => each.code === 'draft-only' && each.path === path)
  );

type Outcome = Pick<ImportResult, 'action' | 'conflicts'> & { etag?: string | undefined };

function dryOutcome(plan: ImportPlan): Outcome {
  switch (plan.kind) {
    case 'nothing':
      return { action: plan.action };
    case 'conflict':
      return { action: 'conflict', conflicts: plan.conflicts };
    case 'create':
      return { action: 'created' };
    case 'update':
      return { action: 'updated' };
  }
}

/**
 * Whether an error is about the file, and useful to its author. A failed precondition, a lock that
 * cannot be acquired, a lost database and bugs are not about the file: they end an import.
 */
function isFaultOfTheFile(error: unknown): error is Error {
  if (error instanceof errors.ApplicationError) return true;
  return error instanceof errors.HttpError && error.status < 500 && error.status !== 412;
}

function reasonOf(error: Error): string {
  const { details } = error as { details?: { errors?: { path: string[]; message: string }[] } };
  const reasons = (details?.errors ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`
  );
  return reasons.length > 0 ? reasons.join('; ') : error.message;
}

export const getImporter = serviceOf('importer', createImporter);
