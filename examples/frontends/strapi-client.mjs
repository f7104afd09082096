// npm install @strapi/client
// node strapi-client.mjs
import { strapi } from '@strapi/client';

const client = strapi({ baseURL: `${process.env.CMS_URL ?? 'http://localhost:1337'}/api` });

// Attributes of the content type, from plain REST.
const { data } = await client.collection('roadmaps').find({
  filters: { tags: { name: 'role-roadmap' } },
  sort: 'order',
  fields: ['slug', 'title', 'dateModified'],
});

// The frontmatter, with the client's own fetch, which throws if the answer is an error.
for (const { slug, dateModified } of data) {
  const response = await client.fetch(`/frontmatter/roadmaps/${slug}.json`);
  const frontmatter = await response.json();
  console.log(`${slug}: ${frontmatter.title}, ${dateModified}`);
}
