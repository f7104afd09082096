import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { frontmatterSite } from 'astro-loader-frontmatter';

const { CMS_URL = 'http://localhost:1337', SITE_URL = 'http://localhost:4321' } = process.env;

export default defineConfig({
  site: SITE_URL,
  // For the preview alone; every other page is built.
  adapter: node({ mode: 'standalone' }),
  markdown: { syntaxHighlight: false },
  integrations: [
    frontmatterSite({
      url: CMS_URL,
      pages: { roadmaps: '/roadmaps/[slug]', guides: '/guides/[slug]' },
    }),
  ],
});
