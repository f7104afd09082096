// node sync.mjs roadmaps.json
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';

const CMS = process.env.CMS_URL ?? 'http://localhost:1337';

/** Brings a copy up to date; a new one, without a cursor, gets everything that is published. */
async function sync(copy) {
  for (let hasMore = true; hasMore;) {
    const query = new URLSearchParams({ collection: 'roadmaps' });
    if (copy.cursor) query.set('since', copy.cursor);
    const response = await fetch(`${CMS}/api/frontmatter/changes?${query}`);
    // The cursor is from another database, or from one that was restored: start over.
    if (response.status === 410) return sync({ roadmaps: {} });
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    const { data, meta } = await response.json();
    for (const { action, slug, frontmatter, body } of data) {
      console.log(`${action} ${slug}`);
      if (action === 'delete') delete copy.roadmaps[slug];
      else copy.roadmaps[slug] = { frontmatter, body };
    }
    copy.cursor = meta.cursor;
    hasMore = meta.hasMore;
  }
  return copy;
}

const [file = 'roadmaps.json'] = process.argv.slice(2);
const copy = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : { roadmaps: {} };
// Documents and cursor in one file, so that they always belong together.
await writeFile(file, JSON.stringify(await sync(copy)));
