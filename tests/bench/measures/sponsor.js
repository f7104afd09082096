const { buildDocuments } = require('../documents');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const FEW = 500;
const MANY = 1000;
/** Documents of plain Strapi; the last one links to the twelve before it. */
const DOCUMENTS = 13;
const PUBLICATIONS = 15;

/** Measures an edit of a sponsor on many published roadmaps, against publishing each again. */
async function measureSponsor({ databases, plainDir, rounds }) {
  const edits = {};
  for (const count of [FEW, MANY]) {
    const worker = await startWorker(await databases.create());
    await worker.run('fill', { count });
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await worker.run('editSponsor', { round }));
    }
    await worker.stop();
    edits[count] = {
      ms: median(runs.map(({ ms }) => ms)),
      queries: median(runs.map(({ queries }) => queries)),
    };
  }

  const plain = await startWorker(await databases.create(), { distDir: plainDir });
  const documents = buildDocuments('published', DOCUMENTS);
  const { slug } = documents.at(-1);
  await plain.run('create', { documents });
  const publications = [];
  for (let round = 0; round < PUBLICATIONS; round += 1) {
    publications.push((await plain.run('publishAgain', { slug, round })).ms);
  }
  await plain.stop();
  const each = median(publications);
  const { [FEW]: few, [MANY]: many } = edits;
  return [
    {
      measure: `publishing ${MANY} roadmaps again through plain Strapi / editing their sponsor`,
      value: (each * MANY) / many.ms,
      target: '≥ 20',
      detail: `the edit ${inMs(many.ms)}, a publication of plain Strapi ${inMs(each)}`,
    },
    {
      measure: 'queries of that edit for each 100 roadmaps more',
      value: (many.queries - few.queries) / ((MANY - FEW) / 100),
      target: 'of one batch',
      detail: `${many.queries} for ${MANY}, ${few.queries} for ${FEW}`,
    },
  ];
}

module.exports = { measureSponsor };
