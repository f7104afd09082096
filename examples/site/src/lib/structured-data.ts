import type { CollectionEntry } from 'astro:content';
import { linkTo } from './links';

type Roadmap = CollectionEntry<'roadmaps'>['data'];

const PUBLISHER = { '@type': 'Organization', name: 'Lantern Hall' };

/**
 * A roadmap for search engines: an `Article` as Google reads it. It asks for a headline, an image,
 * both dates and an author with name and address.
 * https://developers.google.com/search/docs/appearance/structured-data/article
 */
export function articleOf({ schema, title, description }: Roadmap, page: URL) {
  const image = linkTo(schema?.imageUrl, page);
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: schema?.headline ?? title,
    description: schema?.description ?? description,
    mainEntityOfPage: page.href,
    author: { ...PUBLISHER, url: page.origin },
    publisher: { ...PUBLISHER, url: page.origin },
    ...(image && { image }),
    ...(schema?.datePublished && { datePublished: schema.datePublished }),
    ...(schema?.dateModified && { dateModified: schema.dateModified }),
  };
}

/** JSON for a `<script>`, which a text such as `</script>` must not end. */
export const toScript = (data: object): string =>
  JSON.stringify(data).replaceAll('<', String.raw`\u003c`);
