// Builds the site, serves it, and builds it again whenever the CMS says that something changed. A host such as
// Netlify or Vercel does the same; this is for one machine: npm start
import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'astro';
import { Webhook } from 'standardwebhooks';

const {
  PORT = '4321',
  SITE_URL = `http://localhost:${PORT}`,
  // Of a hook of the CMS with the address /rebuild of this server: its secret, and where it takes reports.
  DEPLOY_HOOK_SECRET,
  DEPLOY_REPORT_URL,
} = process.env;

/** Waits before a build that failed is tried again: the CMS may be restarting. */
const RETRY_DELAYS_MS = [5_000, 30_000, 300_000];
const MAX_MESSAGE_BYTES = 20_000;

process.env.SITE_URL = SITE_URL;
process.env.ASTRO_NODE_AUTOSTART = 'disabled'; // each build has a server of its own, and this one calls it

const root = fileURLToPath(new URL('.', import.meta.url));
const buildsUrl = new URL('.builds/', import.meta.url);
const webhook = DEPLOY_HOOK_SECRET && new Webhook(DEPLOY_HOOK_SECRET);

/** Of the newest build. */
let answer = (_request, response) =>
  response.writeHead(503, { 'Retry-After': '5' }).end('The site is being built');

/** Says how a build stands, so that the CMS can show it beside the document. */
async function report(type, data) {
  if (!webhook || !DEPLOY_REPORT_URL) return;
  const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
  const id = `msg_${randomUUID()}`;
  const at = new Date();
  const headers = {
    'Content-Type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': webhook.sign(id, at, body),
  };
  for (const delay of [1_000, 5_000, 15_000, undefined]) {
    const response = await fetch(DEPLOY_REPORT_URL, { method: 'POST', headers, body }).catch(
      ({ message }) => ({ ok: false, status: `${message}: is the CMS running?` })
    );
    if (response.ok) return;
    console.error(
      `the report was rejected (${response.status}): check DEPLOY_REPORT_URL and DEPLOY_HOOK_SECRET`
    );
    if (delay) await wait(delay);
  }
}

async function removeOthers(id) {
  for (const name of await readdir(buildsUrl)) {
    if (name !== id) await rm(new URL(name, buildsUrl), { recursive: true });
  }
}

/** @returns Whether the site shows the newest content. */
async function rebuild() {
  const id = randomUUID();
  const startedAt = new Date().toISOString();
  const outDir = new URL(`${id}/`, buildsUrl);
  const started = report('build.started', { build: id });
  try {
    await build({ root, outDir: fileURLToPath(outDir), logLevel: 'warn' });
    const { handler } = await import(new URL('server/entry.mjs', outDir));
    const version = await readFile(new URL('client/_content-version.json', outDir), 'utf8');
    answer = handler;
    await started;
    const { cursor } = JSON.parse(version);
    console.log(`shows ${cursor}`);
    void report('build.succeeded', { build: id, startedAt, cursor, url: SITE_URL });
    await removeOthers(id).catch(console.error);
    return true;
  } catch (error) {
    console.error(error);
    await started;
    void report('build.failed', { build: id, startedAt, reason: error.message });
    return false;
  }
}

let isWanted = false;
let isBuilding = false;

/** One build at a time, and one more for all that came meanwhile. */
async function rebuildAtLast() {
  isWanted = true;
  if (isBuilding) return;
  isBuilding = true;
  for (let failures = 0; isWanted;) {
    isWanted = false;
    if (await rebuild()) failures = 0;
    else {
      const delay = RETRY_DELAYS_MS[Math.min(failures, RETRY_DELAYS_MS.length - 1)];
      const until = Date.now() + delay;
      while (!isWanted && Date.now() < until) await wait(250); // what changes may be the remedy
      failures += 1;
      isWanted = true;
    }
  }
  isBuilding = false;
}

async function takeMessage(request, response) {
  try {
    if (!webhook) throw new Error('start the site with the secret of the hook, DEPLOY_HOOK_SECRET');
    if (!(request.headers['content-length'] < MAX_MESSAGE_BYTES)) throw new Error('it is too long');
    webhook.verify(await text(request), request.headers);
    response.writeHead(204).end();
    void rebuildAtLast();
  } catch ({ message }) {
    console.error(`/rebuild rejected a message: ${message}`);
    response.writeHead(401).end();
  }
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/rebuild') void takeMessage(request, response);
  else answer(request, response);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listens on ${server.address().port}`));
void rebuildAtLast();
