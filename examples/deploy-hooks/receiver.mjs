// npm install standardwebhooks && DEPLOY_HOOK_SECRET=whsec_… node receiver.mjs public
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

const { CMS_URL = 'http://localhost:1337', PORT = '4000', DEPLOY_HOOK_SECRET } = process.env;
const [folder = '.'] = process.argv.slice(2);

/** Brings a copy up to date by the feed of changes, from its own cursor on. */
async function sync({ cursor, documents }) {
  const query = cursor ? `?since=${cursor}` : '';
  const response = await fetch(`${CMS_URL}/api/frontmatter/changes${query}`);
  // The cursor is of another database, or of one that was restored: begin anew.
  if (response.status === 410) return sync({ documents: {} });
  if (!response.ok) throw new Error(`the feed answered ${response.status}`);
  const { data, meta } = await response.json();
  for (const { action, collection, slug, frontmatter, body } of data) {
    if (action === 'delete') delete documents[`${collection}/${slug}`];
    else documents[`${collection}/${slug}`] = { frontmatter, body };
  }
  const copy = { cursor: meta.cursor, documents };
  return meta.hasMore ? sync(copy) : copy;
}

async function replace(file, content) {
  await writeFile(`${file}.new`, JSON.stringify(content));
  await rename(`${file}.new`, file); // nobody reads half of it
}

async function publish() {
  const file = `${folder}/content.json`;
  const copy = await sync(await readFile(file).then(JSON.parse, () => ({ documents: {} })));
  await replace(file, copy); // here a site is built, and put into its place
  await replace(`${folder}/_content-version.json`, { cursor: copy.cursor }); // last: it is live
  console.log(`shows ${copy.cursor}`);
}

/** Nobody sends again what was answered: what fails then is tried again here. */
async function publishAtLast() {
  while (!(await publish().then(() => true, console.error))) await wait(2_000);
}

let work = publishAtLast(); // what came while nobody listened
const seen = new Set(); // `webhook-id` of messages
const webhook = new Webhook(DEPLOY_HOOK_SECRET);
const server = createServer(async (request, response) => {
  try {
    if (!(request.headers['content-length'] < 20_000)) throw new Error('no message is as long');
    webhook.verify(await text(request), request.headers);
    response.writeHead(204).end(); // before any work: who waits too long sends it again
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) work = work.then(publishAtLast);
    if (seen.add(id).size > 1_000) seen.clear();
  } catch {
    response.writeHead(401).end();
  }
});
server.listen(PORT, '127.0.0.1', () => console.log(`listens on ${server.address().port}`));
