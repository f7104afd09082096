const autocannon = require('autocannon');
const { startServer } = require('../start-server');
const { startWorker } = require('../start-worker');
const { inMs, median, timed } = require('../statistics');

const DOCUMENTS = 1000;
const PAGE = 100;
const CONNECTIONS = 20;
const SECONDS = 3;
const QUICK_MS = 5;
const QUICK_IN_A_ROW = 10;
const API = '/api/frontmatter';
/** Populates what the frontmatter contains, without sponsors, which are not public. */
const POPULATE = [
  'seo',
  'schema',
  'dimensions',
  'question',
  'sitemap',
  'keywords',
  'tags',
  'relatedRoadmaps',
  'relatedQuestions',
]
  .map((name, index) => `populate[${index}]=${name}`)
  .join('&');
const TAG = 'filters[tags][name]=roadmap';
/** Bypasses the cache: Strapi must judge such credentials, and treats the sender as a visitor. */
const NOT_KEPT = { Authorization: 'none' };

/** Returns the requests per second. */
async function rate(url, headers = {}) {
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: SECONDS });
  const isFresh = headers['if-none-match'] !== undefined;
  const right = isFresh ? result['3xx'] : result['2xx'];
  if (right === 0 || result.errors > 0 || right < result.requests.total) {
    throw new Error(`${url} was answered ${JSON.stringify(result.statusCodeStats)}`);
  }
  await untilIdle(new URL('/_health', url));
  return result.requests.average;
}

/** Waits until the server is idle: it keeps processing requests whose senders are gone. */
async function untilIdle(health) {
  for (let quick = 0; quick < QUICK_IN_A_ROW;) {
    const ms = await timed(() => body(health));
    quick = ms < QUICK_MS ? quick + 1 : 0;
  }
}

const body = async (url, headers = {}) => (await fetch(url, { headers })).text();

/** Reads all documents as a reader of plain REST does, page by page. */
async function readPages(url) {
  for (let page = 1; page <= DOCUMENTS / PAGE; page += 1) {
    await body(
      `${url}/api/roadmaps?pagination[pageSize]=${PAGE}&pagination[page]=${page}&${POPULATE}`
    );
  }
}

/** Measures reads, compared with plain REST of the same server and with its `/_health`. */
async function measureDelivery({ databases, rounds }) {
  const database = await databases.create();
  const worker = await startWorker(database);
  await worker.run('fill', { count: DOCUMENTS });
  const token = await worker.run('createToken');
  await worker.stop();
  const server = await startServer(database);
  const silent = { LOG_LEVEL: 'error' };

  const { url } = server;
  const list = JSON.parse(await body(`${url}${API}/roadmaps?pagination[pageSize]=1`));
  const { slug } = list.data[0];
  const item = `${url}${API}/roadmaps/${slug}.json`;
  const etag = (await fetch(item)).headers.get('etag');
  const tasks = {
    item: () => rate(item),
    fresh: () => rate(item, { 'if-none-match': etag }),
    ordinary: () => rate(item, NOT_KEPT),
    browser: () => rate(item, { Origin: 'https://example.org' }),
    token: () => rate(item, { Authorization: `Bearer ${token}` }),
    health: () => rate(`${url}/_health`),
    plainItem: () => rate(`${url}/api/roadmaps?filters[slug]=${slug}&${POPULATE}`),
    list: () => rate(`${url}${API}/roadmaps?pagination[pageSize]=${PAGE}`),
    plainList: () =>
      rate(`${url}/api/roadmaps?sort=order&pagination[pageSize]=${PAGE}&${POPULATE}`),
    filtered: () => rate(`${url}${API}/roadmaps?${TAG}&pagination[pageSize]=${PAGE}`),
    plainFiltered: () =>
      rate(`${url}/api/roadmaps?${TAG}&sort=order&pagination[pageSize]=${PAGE}&${POPULATE}`),
    sync: () => timed(() => body(`${url}${API}/changes`)),
    coldSync: () => timed(() => body(`${url}${API}/changes`, NOT_KEPT)),
    pages: () => timed(() => readPages(url)),
  };
  const found = await interleave(tasks, rounds);
  await server.stop();

  const quiet = await startServer(database, { env: silent });
  const quietItem = item.replace(url, quiet.url);
  const quietFound = await interleave(
    { item: () => rate(quietItem), health: () => rate(`${quiet.url}/_health`) },
    rounds
  );
  await quiet.stop();

  const each = (name) => `${Math.round(found[name])}/s`;
  const row = (measure, one, other, target) => ({
    measure,
    value: found[one] / found[other],
    target,
    detail: `${each(one)} against ${each(other)}`,
  });
  const timeRow = (measure, one, target) => ({
    measure,
    value: found.pages / found[one],
    target,
    detail: `${inMs(found[one])} against ${inMs(found.pages)} for ${DOCUMENTS / PAGE} pages`,
  });
  return [
    row('a document as .json / plain REST with its populate', 'item', 'plainItem', '≥ 50'),
    row('a document as .json / _health', 'item', 'health', '≥ 2'),
    {
      measure: 'the same without a log',
      value: quietFound.item / quietFound.health,
      target: '≥ 2',
      detail: `${Math.round(quietFound.item)}/s against ${Math.round(quietFound.health)}/s`,
    },
    row('the same past the memory / plain REST', 'ordinary', 'plainItem', 'none'),
    row('the same with an Origin / without', 'browser', 'item', '≥ 0.8'),
    row('the same with a read-only token / without', 'token', 'item', '≥ 0.8'),
    row('304 / 200', 'fresh', 'item', '≥ 1'),
    row(`a list of ${PAGE} / plain REST`, 'list', 'plainList', '≥ 40'),
    row('a list by tag / plain REST', 'filtered', 'plainFiltered', '≥ 5'),
    timeRow(`plain REST page by page / all ${DOCUMENTS} by the feed, from memory`, 'sync', '≥ 50'),
    timeRow('the same, past the memory', 'coldSync', '≥ 20'),
  ];
}

/** Runs each task once per round, after a warm-up round. Returns the medians. */
async function interleave(tasks, rounds) {
  const runs = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, task] of Object.entries(tasks)) {
      const result = await task();
      if (round >= 0) runs[name].push(result);
    }
  }
  return Object.fromEntries(Object.entries(runs).map(([name, values]) => [name, median(values)]));
}

module.exports = { measureDelivery };
