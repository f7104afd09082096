import { mkdir, writeFile } from 'node:fs/promises';
import type { Loader } from 'astro/loaders';

interface Upsert {
  action: 'upsert';
  slug: string;
  etag: string;
  frontmatter: Record<string, unknown>;
  body: string;
}

interface Page {
  data: (Upsert | { action: 'delete'; slug: string })[];
  meta: { cursor: string; hasMore: boolean };
}

/** Published documents of a collection: first all of them, then what changed since. */
export const frontmatterLoader = (cms: string, collection: string): Loader => ({
  name: 'frontmatter-loader',
  async load({ store, meta, parseData, renderMarkdown, logger, config }) {
    let since = meta.get('cursor');
    let cursor = since;
    const changes = new Map<string, Page['data'][number]>();
    for (let hasMore = true; hasMore;) {
      const query = new URLSearchParams({ collection, ...(cursor && { since: cursor }) });
      const response = await fetch(`${cms}/api/frontmatter/changes?${query}`);
      if (response.status === 410) {
        // The cursor is from another database, or from one that was restored: start over.
        since = cursor = undefined;
        changes.clear();
        continue;
      }
      if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
      const page = (await response.json()) as Page;
      for (const change of page.data) changes.set(change.slug, change);
      ({ cursor, hasMore } = page.meta);
    }
    const upserts = [...changes.values()].filter((change) => change.action === 'upsert');
    const entries = await Promise.all(
      upserts.map(async ({ slug: id, etag: digest, frontmatter, body }) => {
        const data = await parseData({ id, data: frontmatter });
        return { id, digest, data, body, rendered: await renderMarkdown(body) };
      })
    );

    // No await from here on: Astro saves the store at intervals, and must not save half of it.
    if (!since) store.clear();
    for (const { action, slug } of changes.values()) if (action === 'delete') store.delete(slug);
    for (const entry of entries) store.set(entry);
    if (cursor) meta.set('cursor', cursor);
    logger.info(`${changes.size} changes since ${since ?? 'the beginning'}`);

    // What the site will show, for a deploy hook to read: Astro copies this folder beside the pages.
    await mkdir(config.publicDir, { recursive: true });
    const file = new URL('_content-version.json', config.publicDir);
    await writeFile(file, JSON.stringify({ cursor }));
  },
});
