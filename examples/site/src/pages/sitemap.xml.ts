import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';

/** Search engines trust `lastmod` only if it is right, so a page without a date has none. */
export const GET: APIRoute = async ({ site }) => {
  const roadmaps = await getCollection('roadmaps');
  const guides = await getCollection('guides');
  const pages = [
    { path: '/', modified: undefined },
    ...roadmaps
      .filter(({ data }) => data.isHidden !== true)
      .map(({ id, data }) => ({ path: `/roadmaps/${id}`, modified: data.schema?.dateModified })),
    ...guides.map(({ id }) => ({ path: `/guides/${id}`, modified: undefined })),
  ];
  const urls = pages.map(
    ({ path, modified }) =>
      `<url><loc>${new URL(path, site).href}</loc>${modified ? `<lastmod>${modified}</lastmod>` : ''}</url>`
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>
`;
  return new Response(xml, { headers: { 'Content-Type': 'application/xml' } });
};
