const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: wait } = require('node:timers/promises');
const { buildDocuments } = require('../documents');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const HOOKS = 20;
const PUBLICATIONS = 1_000;
const WARM_UP = 20;
/** The last document links to the twelve before it. */
const DOCUMENTS = 13;
/** The defaults of the plugin. */
const USUAL = { quietPeriodMs: 5_000, maxWaitMs: 60_000 };
const QUICK = { quietPeriodMs: 400, maxWaitMs: 400 };
const SAMPLES = 15;
const IDLE_MS = 20_000;
const SECOND_MS = 1_000;

/** Measures what notified sites cost a CMS, and how soon they are notified. */
async function measureHooks({ databases }) {
  const site = await startSite();
  const env = { DEPLOY_HOOKS_ALLOWED_HOSTS: '127.0.0.1', PORT: '0' }; // any free port
  const start = async (hooks) => {
    const worker = await startWorker(await databases.create(), { env });
    await worker.run('create', { documents: buildDocuments('published', DOCUMENTS) });
    if (hooks) await worker.run('addHooks', { url: site.url, ...hooks });
    await worker.run('listen', { hasBackground: false });
    return worker;
  };
  try {
    const added = await measureCost(start);
    const latency = await measureLatency(start, site);
    return [...added, latency];
  } finally {
    site.stop();
  }
}

async function measureCost(start) {
  const { slug } = buildDocuments('published', DOCUMENTS).at(-1);
  const workers = { hooked: await start({ count: HOOKS, ...USUAL }), bare: await start() };
  const totals = { hooked: 0, bare: 0 };
  for (let round = -WARM_UP; round < PUBLICATIONS; round += 1) {
    for (const [name, worker] of Object.entries(workers)) {
      const { ms } = await worker.run('publishAgain', { slug, round });
      if (round >= 0) totals[name] += ms;
    }
  }
  await wait(2 * USUAL.quietPeriodMs); // until the last message is sent
  const queries = await workers.hooked.run('countQueries', { ms: IDLE_MS });
  for (const worker of Object.values(workers)) await worker.stop();
  return [
    {
      measure: `${PUBLICATIONS} publishes with ${HOOKS} hooks / without`,
      value: totals.hooked / totals.bare,
      target: '≤ 1.05',
      detail: `${inMs(totals.hooked / PUBLICATIONS)} against ${inMs(totals.bare / PUBLICATIONS)} each`,
    },
    {
      measure: 'queries of an idle dispatcher in a second',
      value: queries / (IDLE_MS / SECOND_MS),
      target: '≤ 1',
      detail: `${queries} in ${IDLE_MS / SECOND_MS} seconds, ${HOOKS} hooks`,
    },
  ];
}

async function measureLatency(start, site) {
  const { slug } = buildDocuments('published', DOCUMENTS).at(-1);
  const worker = await start({ count: 1, ...QUICK });
  const late = [];
  for (let round = 0; round < SAMPLES; round += 1) {
    const arrived = site.next();
    await worker.run('publishAgain', { slug, round: `late ${round}` });
    const committed = performance.now();
    late.push((await arrived) - committed - QUICK.quietPeriodMs);
  }
  await worker.stop();
  return {
    measure: 'from a commit to the request, beyond the quiet period, in ms',
    value: median(late),
    target: '≤ 100',
    detail: `of ${SAMPLES}, slowest ${inMs(Math.max(...late))}`,
  };
}

/** Starts a site that accepts every message. */
async function startSite() {
  const waiting = [];
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(204).end();
    for (const resolve of waiting.splice(0)) resolve(performance.now());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Resolves to the time of the next message. */
    next: () => new Promise((resolve) => waiting.push(resolve)),
    stop: () => server.close(),
  };
}

module.exports = { measureHooks };
