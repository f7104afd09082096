const { startServer } = require('../start-server');
const { startWorker } = require('../start-worker');
const { inMs, median, timed } = require('../statistics');

const FEW = 100;
const MANY = 10_000;
const READS = 60;
const WARM_UP = 10;
const MEGABYTE = 2 ** 20;
/** Default of the plugin. */
const CACHE_BYTES = 64 * MEGABYTE;
const API = '/api/frontmatter';
/** Lists that are read from the database each time, by the attribute they sort or filter by. */
const LISTS = { order: 'sort=order', slug: 'sort=slug', tag: 'filters[tags][name]=roadmap' };

/** Measures one change among many documents, and the memory of a server with many documents. */
async function measureFeed({ databases, plainDir }) {
  const bare = await startServer(await databases.create(), { distDir: plainDir });
  const bareBytes = await used(bare);
  await bare.stop();

  const changes = {};
  const lists = {};
  for (const count of [FEW, MANY]) {
    const database = await databases.create();
    const worker = await startWorker(database);
    await worker.run('fill', { count });
    await worker.stop();
    const server = await startServer(database);
    if (count === MANY) changes.starting = await readChanges(server);
    await server.settled();
    changes[count] = await readChanges(server);
    if (count === MANY) {
      changes.bytes = await used(server);
      changes.lines = await readLines(server);
    }
    lists[count] = await readLists(server);
    await server.stop();
  }
  const { [FEW]: few, [MANY]: many, starting, bytes, lines } = changes;
  const listRow = (name, measure, target) => ({
    measure,
    value: lists[FEW][name] / lists[MANY][name],
    target,
    detail: `${inMs(lists[MANY][name])} among ${MANY} documents, ${inMs(lists[FEW][name])} among ${FEW}`,
  });
  const inMegabytes = (size) => `${Math.round(size / MEGABYTE)} MiB`;
  return [
    {
      measure: `one change among ${MANY} documents, in ms`,
      value: many.ms,
      target: '≤ 5',
      detail: `among ${FEW} ${inMs(few.ms)}; past the memory; ${inMs(starting.ms)} while it compares all of them after a start`,
    },
    { measure: `the same / among ${FEW}`, value: many.ms / few.ms, target: '≤ 2', detail: '' },
    listRow('order', 'speed of a list of 100 by order, among many / among few documents', '≥ 0.9'),
    listRow('slug', 'the same by slug', '≥ 0.9'),
    listRow('tag', 'the same of one tag', '≥ 0.5'),
    {
      measure: 'size of that answer / of the document',
      value: many.size / many.documentSize,
      target: '≤ 1.1',
      detail: `${many.size} bytes against ${many.documentSize}`,
    },
    {
      measure: `memory with ${MANY} documents / bare Strapi and the cache`,
      value: bytes / (bareBytes + CACHE_BYTES),
      target: '≤ 1.2',
      detail: `${inMegabytes(bytes)} against ${inMegabytes(bareBytes)} and ${inMegabytes(CACHE_BYTES)}`,
    },
    {
      measure: `memory while ${MANY} documents are sent in lines / before`,
      value: lines.peak / bytes,
      target: 'flat',
      detail: `${inMegabytes(lines.peak)} against ${inMegabytes(bytes)}, of ${inMegabytes(lines.size)} sent`,
    },
  ];
}

/** Reads all documents as lines. Returns their size and the peak memory of the server. */
async function readLines(server) {
  let [size, peak] = [0, 0];
  const answer = await fetch(`${server.url}${API}/roadmaps`, {
    headers: { Accept: 'application/x-ndjson' },
  });
  for await (const chunk of answer.body) {
    size += chunk.length;
    peak = Math.max(peak, await server.memory());
  }
  return { size, peak };
}

/** Returns the memory of a server after it has answered some requests. */
async function used(server) {
  for (let read = 0; read < READS; read += 1) {
    await (await fetch(`${server.url}/api/roadmaps?pagination[pageSize]=100`)).text();
  }
  return server.memory();
}

/** Returns the milliseconds that each list takes. */
async function readLists({ url }) {
  const times = {};
  for (const [name, query] of Object.entries(LISTS)) {
    const read = async () =>
      (await fetch(`${url}${API}/roadmaps?${query}&pagination[pageSize]=100`)).text();
    times[name] = [];
    for (let count = 0; count < READS + WARM_UP; count += 1) {
      const ms = await timed(read);
      if (count >= WARM_UP) times[name].push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** Reads the newest document as a change since the position before it. */
async function readChanges({ url }) {
  const cursor = await positionBeforeTheLast(url);
  let size = 0;
  const read = async (limit) => {
    // Each limit is requested only once, so that nothing is cached.
    const answer = await fetch(`${url}${API}/changes?since=${cursor}&limit=${limit}`);
    size = (await answer.text()).length;
  };
  const times = [];
  for (let limit = 1; limit <= READS + WARM_UP; limit += 1) {
    const ms = await timed(() => read(limit));
    if (limit > WARM_UP) times.push(ms);
  }
  const answer = await (await fetch(`${url}${API}/changes?since=${cursor}`)).json();
  const document = await (await fetch(`${url}${API}/roadmaps/${answer.data[0].slug}`)).text();
  return { ms: median(times), size, documentSize: document.length };
}

async function positionBeforeTheLast(url) {
  let since = '0';
  for (;;) {
    const page = await (await fetch(`${url}${API}/changes?since=${since}&limit=1000`)).json();
    if (page.meta.hasMore) {
      since = page.meta.cursor;
      continue;
    }
    const rest = page.data.length - 1;
    const before = await (await fetch(`${url}${API}/changes?since=${since}&limit=${rest}`)).json();
    return before.meta.cursor;
  }
}

module.exports = { measureFeed };
