import { defineCollection, z } from 'astro:content';
import { frontmatterLoader } from './frontmatter-loader';

const cms = process.env.CMS_URL ?? 'http://localhost:1337';

export const collections = {
  roadmaps: defineCollection({
    loader: frontmatterLoader(cms, 'roadmaps'),
    schema: z.object({ title: z.string(), order: z.number() }).passthrough(),
  }),
};
