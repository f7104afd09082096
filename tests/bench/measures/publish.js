const { buildDocuments } = require('../documents');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const PUBLICATIONS_PER_ROUND = 15;
const WARM_UP = 5;
/** The last document links to the twelve before it. */
const DOCUMENTS = 13;

/** Measures an edit of a published roadmap with about thirty relations, against plain Strapi. */
async function measurePublish({ databases, plainDir, rounds }) {
  const workers = {
    ours: await startWorker(await databases.create()),
    plain: await startWorker(await databases.create(), { distDir: plainDir }),
  };
  const documents = buildDocuments('published', DOCUMENTS);
  const { slug } = documents.at(-1);
  const runs = { ours: [], plain: [] };
  for (const worker of Object.values(workers)) await worker.run('create', { documents });
  for (let round = -WARM_UP; round < rounds * PUBLICATIONS_PER_ROUND; round += 1) {
    for (const [name, worker] of Object.entries(workers)) {
      const run = await worker.run('publishAgain', { slug, round });
      if (round >= 0) runs[name].push(run);
    }
  }
  for (const worker of Object.values(workers)) await worker.stop();

  const of = (name, what) => median(runs[name].map((run) => run[what]));
  const detail = (name) =>
    `${inMs(of(name, 'ms'))} (CPU ${inMs(of(name, 'cpuMs'))}), ${of(name, 'queries')} queries`;
  return [
    {
      measure: 'publishing a roadmap with 30 relations / plain Strapi',
      value: of('ours', 'ms') / of('plain', 'ms'),
      target: '≤ 1.25',
      detail: `${detail('ours')}; plain ${detail('plain')}`,
    },
  ];
}

module.exports = { measurePublish };
