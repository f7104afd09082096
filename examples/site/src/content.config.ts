import { defineCollection } from 'astro:content';
import { frontmatterLoader } from 'astro-loader-frontmatter';

const url = process.env.CMS_URL ?? 'http://localhost:1337';

export const collections = {
  roadmaps: defineCollection({ loader: frontmatterLoader({ url, collection: 'roadmaps' }) }),
  guides: defineCollection({ loader: frontmatterLoader({ url, collection: 'guides' }) }),
};
