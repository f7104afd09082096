const { setTimeout: wait } = require('node:timers/promises');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const POLL_MS = 20;

/** Measures how much later a server answers because it compares all documents. */
async function measureReconcile({ databases, rounds, documents }) {
  const database = await databases.create();
  const filler = await startWorker(database);
  await filler.run('fill', { count: documents });
  const { ms, queries, found } = await filler.run('reconcile');
  await filler.stop();
  if (found !== 0) throw new Error(`${found} of the copied documents differ`);

  const starts = { with: [], without: [] };
  for (let round = 0; round < rounds; round += 1) {
    starts.without.push(await msUntilAnswer(database, { hasBackground: false }));
    starts.with.push(await msUntilAnswer(database, { hasBackground: true }));
  }
  const [added, without] = [
    median(starts.with.map((start, round) => start - starts.without[round])),
    median(starts.without),
  ];
  return [
    {
      measure: `what the reconcile of ${documents} documents adds to the start, in seconds`,
      value: added / 1000,
      target: '≤ 1',
      detail: `until the first answer ${inMs(without + added)}, without ${inMs(without)}; the whole reconcile ${inMs(ms)}, ${queries} queries`,
    },
  ];
}

async function msUntilAnswer(database, options) {
  const start = performance.now();
  const worker = await startWorker(database, { env: { PORT: '0', HOST: '127.0.0.1' } });
  const { port } = await worker.run('listen', options);
  // A document, because unlike the health check it needs the database.
  const url = `http://127.0.0.1:${port}/api/frontmatter/roadmaps/copied-00000.json`;
  while (!(await isAnswered(url))) await wait(POLL_MS);
  const ms = performance.now() - start;
  await worker.stop();
  return ms;
}

const isAnswered = (url) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false // not listening yet
  );

module.exports = { measureReconcile };
