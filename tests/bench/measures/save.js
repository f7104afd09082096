const { buildDocuments } = require('../documents');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const SAVES_PER_ROUND = 15;
const WARM_UP = 5;
/** The last document links to the twelve before it. */
const DOCUMENTS = 13;

/** Measures a save that changes nothing, compared with plain Strapi. */
async function measureSave({ databases, plainDir, rounds }) {
  const workers = {
    ours: await startWorker(await databases.create()),
    plain: await startWorker(await databases.create(), { distDir: plainDir }),
  };
  const documents = buildDocuments('saved', DOCUMENTS);
  const { slug } = documents.at(-1);
  const runs = { ours: [], plain: [] };
  for (const worker of Object.values(workers)) await worker.run('create', { documents });
  for (let round = -WARM_UP; round < rounds * SAVES_PER_ROUND; round += 1) {
    for (const [name, worker] of Object.entries(workers)) {
      const run = await worker.run('saveAgain', { slug });
      if (round >= 0) runs[name].push(run);
    }
  }
  for (const worker of Object.values(workers)) await worker.stop();

  const of = (name, what) => median(runs[name].map((run) => run[what]));
  const detail = (name) => `${inMs(of(name, 'ms'))}, ${of(name, 'queries')} queries`;
  return [
    {
      measure: 'saving a roadmap without a change / plain Strapi',
      value: of('ours', 'ms') / of('plain', 'ms'),
      target: '≤ 1.4',
      detail: `${detail('ours')}; plain ${detail('plain')}`,
    },
  ];
}

module.exports = { measureSave };
