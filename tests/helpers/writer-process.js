// Runs a CMS in its own process that writes on request, as an editor at another replica would. When
// forked, sends 'ready', receives a seed and the documents, and sends the outcome of each
// operation. When required, exports a function that does the same in a CMS that is already running.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const ROADMAP = 'api::roadmap.roadmap';
const KEYWORD = 'api::keyword.keyword';
const LANES = 4;
const BULK = 5;

const appDir = path.resolve(__dirname, '..', '..');

/** https://en.wikipedia.org/wiki/Linear_congruential_generator: a seed repeats the operations. */
function createRandom(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function createOperations(strapi, { name, random, roadmapIds, keywordIds }) {
  const roadmaps = strapi.documents(ROADMAP);
  const keywords = strapi.documents(KEYWORD);
  const any = (ids) => ids[random(ids.length)];
  const some = (ids, count) => [...new Set(Array.from({ length: count }, () => any(ids)))];
  let count = 0;
  const next = () => `${name}-${(count += 1)}`;
  const update = (documentId, data) => roadmaps.update({ documentId, data, status: 'published' });

  return {
    publish: () => roadmaps.publish({ documentId: any(roadmapIds) }),
    unpublish: () => roadmaps.unpublish({ documentId: any(roadmapIds) }),
    retitle: () => update(any(roadmapIds), { title: `Title ${next()}` }),
    relink: () => update(any(roadmapIds), { relatedRoadmaps: some(roadmapIds, 6) }),
    rename: () => update(any(roadmapIds), { slug: `renamed-${next()}` }),
    // Few names, so that both processes want the same one.
    renameToTaken: () => update(any(roadmapIds), { slug: `wanted-${random(3)}` }),
    remove: () => roadmaps.delete({ documentId: any(roadmapIds) }),
    bulkPublish: () =>
      strapi
        .plugin('content-manager')
        .service('document-manager')
        .publishMany(ROADMAP, some(roadmapIds, BULK), undefined),
    editKeyword: () => keywords.update({ documentId: any(keywordIds), data: { name: next() } }),
    nameKeyword: () =>
      keywords.update({ documentId: any(keywordIds), data: { name: `wanted ${random(3)}` } }),
    createKeyword: () => keywords.create({ data: { name: `wanted ${random(3)}` } }),
    create: () =>
      roadmaps.create({
        data: {
          slug: `new-${next()}`,
          order: 1,
          briefTitle: 'New',
          briefDescription: 'New',
          title: 'New',
          description: 'New',
          relatedRoadmaps: some(roadmapIds, 4),
          keywords: some(keywordIds, 2),
        },
        status: 'published',
      }),
  };
}

/** Weights of the operations; few remove, as all later operations miss what is removed. */
const WEIGHTS = {
  publish: 4,
  unpublish: 2,
  retitle: 4,
  relink: 3,
  rename: 2,
  renameToTaken: 2,
  remove: 1,
  bulkPublish: 4,
  editKeyword: 3,
  nameKeyword: 1,
  createKeyword: 1,
  create: 2,
};
const deck = Object.entries(WEIGHTS).flatMap(([operation, weight]) =>
  Array.from({ length: weight }, () => operation)
);

/** @param task.count Number of operations. */
async function write(strapi, { seed, count, ...known }) {
  const random = createRandom(seed);
  const operations = createOperations(strapi, { ...known, random });
  const outcomes = [];
  const runLane = async () => {
    for (let index = 0; index < count / LANES; index += 1) {
      const operation = deck[random(deck.length)];
      const error = await operations[operation]().then(
        () => undefined,
        (reason) => reason
      );
      outcomes.push({ operation, ...(error && { error: reasonOf(error) }) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, runLane));
  return outcomes;
}

const reasonOf = ({ name, message, details }) =>
  [
    name,
    message,
    ...(details?.errors ?? []).map((error) => `${error.path}: ${error.message}`),
  ].join(' | ');

async function main() {
  const strapi = await createStrapi({ appDir, distDir: path.join(appDir, 'dist') }).load();
  process.once('message', async (task) => {
    process.send({ outcomes: await write(strapi, task) });
    process.disconnect();
    process.exit();
  });
  process.send('ready');
}

if (require.main === module) void main();
module.exports = { write };
