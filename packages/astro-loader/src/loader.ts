import type { Loader } from 'astro/loaders';
import type { CmsOptions } from './cms.js';
import { readChanges, type Upsert } from './feed.js';
import { readSchema } from './schema.js';

export interface LoaderOptions extends CmsOptions {
  /** Name of the collection in the CMS: `roadmaps`. */
  collection: string;
}

/**
 * Loads the published documents of a collection, with the slug as `id` and the frontmatter as
 * `data`. Astro keeps them between builds, so later builds read and render only what changed.
 */
export function frontmatterLoader({ collection, ...cms }: LoaderOptions): Loader {
  return {
    name: 'astro-loader-frontmatter',
    schema: () => readSchema(cms, collection),
    async load({ store, meta, parseData, renderMarkdown, logger }) {
      const known = meta.get('cursor');
      const { changes, isComplete, cursor } = await readChanges(cms, collection, known);
      const upserts = changes.filter((change): change is Upsert => change.action === 'upsert');
      const isNew = ({ slug, etag }: Upsert): boolean => store.get(slug)?.digest !== etag;
      const changed = upserts.filter(isNew);
      // Astro creates a renderer for each call until the first call has finished.
      if (changed.length > 1) await renderMarkdown('');
      const entries = await Promise.all(
        changed.map(async ({ slug: id, etag: digest, frontmatter, body }) => ({
          id,
          digest,
          data: await parseData({ id, data: frontmatter }),
          body,
          rendered: await renderMarkdown(body),
        }))
      );

      // No await from here on: Astro saves the store at intervals, and must not save half of it.
      const present = new Set(upserts.map(({ slug }) => slug));
      const gone = isComplete
        ? store.keys().filter((id) => !present.has(id))
        : changes.flatMap(({ action, slug }) => (action === 'delete' ? [slug] : []));
      for (const id of gone) store.delete(id);
      for (const entry of entries) store.set(entry);
      meta.set('cursor', cursor);
      logger.info(`${collection}: ${describe(entries.length, gone.length)}`);
    },
  };
}

function describe(changed: number, gone: number): string {
  if (changed + gone === 0) return 'nothing changed';
  return `${changed} new or changed, ${gone} removed`;
}
