import { writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { readJson, type CmsOptions } from './cms.js';

export interface SiteOptions extends CmsOptions {
  /** Path of a document's page, by collection: `{ roadmaps: '/roadmaps/[slug]' }`. */
  pages: Record<string, string>;
}

interface Redirects {
  data: { collection: string; from: string; to: string }[];
  /** Position of the newest publication. */
  meta: { cursor: string };
}

/** File in which a deploy hook of the CMS reads what a site shows. */
const VERSION_FILE = '_content-version.json';

/**
 * Redirects the old addresses of renamed documents to their current ones, and writes
 * `/_content-version.json`, which says what the site shows.
 */
export function frontmatterSite({ pages, ...cms }: SiteOptions): AstroIntegration {
  let cursor: string;
  return {
    name: 'astro-loader-frontmatter',
    hooks: {
      async 'astro:config:setup'({ updateConfig, command }) {
        if (command === 'preview') return;
        // Before the loaders read: what the site shows is at least as new as this position.
        const { data, meta } = await readJson<Redirects>(cms, '/redirects');
        cursor = meta.cursor;
        const redirects = data.flatMap(({ collection, from, to }) => {
          const page = pages[collection];
          return page === undefined ? [] : [[pathOf(page, from), pathOf(page, to)] as const];
        });
        updateConfig({ redirects: Object.fromEntries(redirects) });
      },
      async 'astro:build:done'({ dir }) {
        await writeFile(new URL(VERSION_FILE, dir), JSON.stringify({ cursor }));
      },
    },
  };
}

const pathOf = (page: string, slug: string): string => page.replace('[slug]', slug);
