// node content-version.mjs public && npm run build
import { mkdir, writeFile } from 'node:fs/promises';

const CMS = process.env.CMS_URL ?? 'http://localhost:1337';

/** The newest position of everything published; what you read from now on is at least as new. */
async function readCursor() {
  const query = new URLSearchParams({ fields: 'title', 'pagination[pageSize]': '1' });
  const response = await fetch(`${CMS}/api/frontmatter/roadmaps?${query}`);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()).meta.cursor;
}

const [folder = 'public'] = process.argv.slice(2);
const cursor = await readCursor();
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/_content-version.json`, JSON.stringify({ cursor }));
console.log(`will show ${cursor}`);
