import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';
import {
  bodyOf,
  fromFrontmatter,
  populateOf,
  storedFormOf,
  toFrontmatter,
  type DocumentContent,
  type Reference,
  type Shape,
  type StoredDocument,
} from '../../../core';
import type {
  ImportAction,
  Importer,
  ImportOptions,
  ImportResult,
  ImportSource,
  UnknownLink,
} from '../../../shared';
import { getService } from '../plugin-id';
import { createReferenceResolver } from './reference-resolver';

interface Plan {
  source: ImportSource;
  action: ImportAction;
  content: DocumentContent;
  /** Of the document that is there, or that the first pass created. */
  documentId?: string;
  unknownLinks: UnknownLink[];
  error?: string;
}

/**
 * Writes files into the CMS in two passes, so that their order does not matter: first every
 * document as a draft without its links, then its links, and the publication. Each document has a
 * transaction of its own in each pass; running an interrupted import again completes it.
 */
export function createImporter({ strapi }: { strapi: Core.Strapi }): Importer {
  const resolver = createReferenceResolver({ strapi });
  const repository = (shape: Shape) => strapi.documents(shape.contentType as UID.ContentType);

  const findVersion = (shape: Shape, slug: string, status: 'draft' | 'published') =>
    repository(shape).findFirst({
      filters: { [shape.slug]: { $eq: slug } },
      populate: populateOf(shape),
      status,
    }) as Promise<StoredDocument | null>;

  async function plan(
    shape: Shape,
    source: ImportSource,
    options: ImportOptions,
    batch: ReadonlySet<string>
  ): Promise<Plan> {
    const content = fromFrontmatter(shape, source.frontmatter, source.body);
    content.attributes[shape.slug] = source.slug;
    const unknownLinks = await dropUnknownLinks(shape, content.references, batch);

    const draft = await findVersion(shape, source.slug, 'draft');
    // Dates that a file leaves out are the CMS's own to keep.
    for (const attribute of [shape.dates.published, shape.dates.modified]) {
      if (content.attributes[attribute] === null) delete content.attributes[attribute];
    }
    if (!draft) return { source, action: 'created', content, unknownLinks };
    const documentId = String(draft['documentId']);
    const published = options.draft ? draft : await findVersion(shape, source.slug, 'published');
    const isUnchanged = [draft, published].every(
      (version) => version && holds(shape, version, content)
    );
    return {
      source,
      action: isUnchanged ? 'unchanged' : 'updated',
      content,
      documentId,
      unknownLinks,
    };
  }

  /** Links to what neither the CMS nor this import knows are left out, and reported. */
  async function dropUnknownLinks(
    shape: Shape,
    references: Reference[],
    batch: ReadonlySet<string>
  ): Promise<UnknownLink[]> {
    const unknownLinks: UnknownLink[] = [];
    for (const reference of references) {
      if (reference.kind !== 'links') continue;
      const isInBatch = (slug: string) => reference.target === shape.contentType && batch.has(slug);
      const known = await resolver.findSlugs(reference, reference.slugs);
      const isKnown = (slug: string) => known.has(slug) || isInBatch(slug);
      for (const slug of reference.slugs) {
        if (!isKnown(slug)) unknownLinks.push({ path: reference.path, slug });
      }
      reference.slugs = reference.slugs.filter(isKnown);
    }
    return unknownLinks;
  }

  async function writeDraft(shape: Shape, { documentId, content }: Plan): Promise<string> {
    const data: Record<string, unknown> = { ...content.attributes };
    for (const reference of content.references) {
      if (reference.kind === 'names')
        data[reference.attribute] = await resolver.resolveNames(reference);
      if (reference.kind === 'entry')
        data[reference.attribute] = await resolver.resolveEntry(reference);
    }
    const written = documentId
      ? await repository(shape).update({ documentId, data: data as never }) // the shape names the attributes
      : await repository(shape).create({ data: data as never });
    if (!written) throw new Error(`document ${documentId} was deleted during the import`);
    return written.documentId;
  }

  async function link(shape: Shape, documentId: string, references: Reference[]): Promise<void> {
    const data: Record<string, unknown> = {};
    for (const reference of references) {
      if (reference.kind !== 'links') continue;
      const ids = await resolver.findSlugs(reference, reference.slugs);
      data[reference.attribute] = reference.slugs.flatMap((slug) => ids.get(slug) ?? []);
    }
    await repository(shape).update({ documentId, data: data as never });
  }

  const publish = (shape: Shape, documentId: string, { attributes }: DocumentContent) => {
    const given = (attribute: string) => attributes[attribute] as string | undefined;
    const givenDates = {
      published: given(shape.dates.published),
      modified: given(shape.dates.modified),
    };
    return getService(strapi, 'write-context').run({ givenDates }, () =>
      repository(shape).publish({ documentId })
    );
  };

  /** Runs one step of a plan, turning a refusal of the CMS into a result: the other files go on. */
  async function attempt(current: Plan, step: () => Promise<void>): Promise<void> {
    // Saving is synchronous work on SQLite: without a turn of its own a server would answer nobody.
    await setImmediate();
    try {
      await getService(strapi, 'write-lock').run(step);
    } catch (error) {
      strapi.log.debug(error);
      current.action = 'invalid';
      current.error = error instanceof Error ? error.message : String(error);
    }
  }

  function getShape(collection: string): Shape {
    const shape = getService(strapi, 'shapes').findByCollection(collection);
    if (!shape) throw new Error(`No collection '${collection}'`);
    return shape;
  }

  return {
    async isEmpty(collection): Promise<boolean> {
      return (await repository(getShape(collection)).count({ status: 'draft' })) === 0;
    },

    async importAll(sources, options): Promise<ImportResult[]> {
      const shape = getShape(options.collection);
      const batch = new Set(sources.map((source) => source.slug));
      const plans: Plan[] = [];
      const isWritten = ({ action }: Plan) =>
        !options.dryRun && (action === 'created' || action === 'updated');

      for (const source of sources) {
        const current = await plan(shape, source, options, batch);
        plans.push(current);
        if (isWritten(current)) {
          await attempt(current, async () => {
            current.documentId = await writeDraft(shape, current);
          });
        }
        options.onStep?.();
      }
      for (const current of plans) {
        const { documentId, content } = current;
        if (isWritten(current) && documentId) {
          await attempt(current, async () => {
            await link(shape, documentId, content.references);
            if (!options.draft) await publish(shape, documentId, content);
          });
        }
        options.onStep?.();
      }
      return plans.map(({ source, action, unknownLinks, error }) => ({
        slug: source.slug,
        action,
        unknownLinks,
        ...(error !== undefined && { error }),
      }));
    },
  };
}

/** Whether a version of a document holds all that a file says. */
function holds(shape: Shape, version: StoredDocument, content: DocumentContent): boolean {
  const { published, modified } = shape.dates;
  const dates = { [published]: version[published], [modified]: version[modified] };
  const stored = { ...dates, ...storedFormOf(content) };
  return (
    isDeepStrictEqual(toFrontmatter(shape, version), toFrontmatter(shape, stored)) &&
    bodyOf(shape, version) === bodyOf(shape, stored)
  );
}
