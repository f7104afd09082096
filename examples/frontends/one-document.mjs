// node one-document.mjs woodworking
const CMS = process.env.CMS_URL ?? 'http://localhost:1337';

/** Reads a roadmap; `known` is the result of an earlier call, and is returned if it is still current. */
async function readRoadmap(slug, known) {
  const response = await fetch(`${CMS}/api/frontmatter/roadmaps/${slug}.json`, {
    headers: known ? { 'If-None-Match': known.etag } : {},
  });
  if (response.status === 304) return known;
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return { etag: response.headers.get('ETag'), frontmatter: await response.json() };
}

const [slug = 'woodworking'] = process.argv.slice(2);
const first = await readRoadmap(slug);
console.log(first ? first.frontmatter.title : `there is no ${slug}`);
if (first) console.log((await readRoadmap(slug, first)) === first ? 'unchanged' : 'changed');
