const { buildDocuments } = require('../documents');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

/** Measures a first import and a repeated one of the same files, compared with plain Strapi. */
async function measureImport({ databases, plainDir, rounds, files }) {
  const ours = await startWorker(await databases.create());
  const plain = await startWorker(await databases.create(), { distDir: plainDir });
  const runs = { first: [], again: [], plain: [] };
  for (let round = 0; round < rounds; round += 1) {
    const documents = buildDocuments(`round-${round}`, files);
    runs.plain.push(await plain.run('create', { documents }));
    runs.first.push(expectAll('created', await ours.run('importFiles', { documents })));
    runs.again.push(expectAll('unchanged', await ours.run('importFiles', { documents })));
  }
  await ours.stop();
  await plain.stop();

  const each = (name, what) => median(runs[name].map((run) => run[what])) / files;
  const detail = (name, title) =>
    `${title} ${inMs(each(name, 'ms'))} (CPU ${inMs(each(name, 'cpuMs'))}), ${Math.round(each(name, 'queries'))} queries`;
  return [
    {
      measure: `first import of ${files} files / plain create and publish`,
      value: median(runs.first.map(({ ms }, round) => ms / runs.plain[round].ms)),
      target: '≤ 1.25',
      detail: `a document: ${detail('first', 'import')}; ${detail('plain', 'plain')}`,
    },
    {
      measure: `first import / import of the same files again`,
      value: median(runs.first.map(({ ms }, round) => ms / runs.again[round].ms)),
      target: '≥ 50',
      detail: `a document: ${detail('again', 'again')}`,
    },
  ];

  function expectAll(action, run) {
    if (run.actions[action] === files) return run;
    throw new Error(`expected ${files} ${action}, found ${JSON.stringify(run.actions)}`);
  }
}

module.exports = { measureImport };
