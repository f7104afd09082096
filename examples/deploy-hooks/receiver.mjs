// npm install standardwebhooks && DEPLOY_HOOK_SECRET=whsec_… node receiver.mjs public
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

const { CMS_URL = 'http://localhost:1337', PORT = '4000', DEPLOY_HOOK_SECRET } = process.env;
const [folder = '.'] = process.argv.slice(2);

/** Brings a copy up to date from the change feed, starting at its own cursor. */
async function sync({ cursor, documents }) {
  const query = cursor ? `?since=${cursor}` : '';
  const response = await fetch(`${CMS_URL}/api/frontmatter/changes${query}`);
  // The cursor is from another database, or from one that was restored: start over.
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
  await rename(`${file}.new`, file); // so that nobody reads half of it
}

async function publish() {
  const file = `${folder}/content.json`;
  const copy = await sync(await readFile(file).then(JSON.parse, () => ({ documents: {} })));
  await replace(file, copy); // here you would build the site and deploy it
  await replace(`${folder}/_content-version.json`, { cursor: copy.cursor }); // last, because now it is live
  console.log(`shows ${copy.cursor}`);
}

/** The CMS does not send an accepted message again, so retry here what fails afterwards. */
async function publishAtLast() {
  while (!(await publish().then(() => true, console.error))) await wait(2_000);
}

let work = publishAtLast(); // what was published while this was not running
const seen = new Set(); // `webhook-id` of messages
const webhook = new Webhook(DEPLOY_HOOK_SECRET);
const server = createServer(async (request, response) => {
  try {
    if (!(request.headers['content-length'] < 20_000)) throw new Error('too long for a message');
    webhook.verify(await text(request), request.headers);
    response.writeHead(204).end(); // before any work: the CMS sends it again if it waits too long
    const id = request.headers['webhook-id'];
    if (!seen.has(id)) work = work.then(publishAtLast);
    if (seen.add(id).size > 1_000) seen.clear();
  } catch {
    response.writeHead(401).end();
  }
});
server.listen(PORT, '127.0.0.1', () => console.log(`listens on ${server.address().port}`));
