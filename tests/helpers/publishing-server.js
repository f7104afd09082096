// Runs a server that publishes, unpublishes, renames and deletes roadmaps endlessly, as busy
// editors would, until it is killed: `node publishing-server.js <seed>`.
const path = require('node:path');
const { setImmediate: nextTurn } = require('node:timers/promises');
const { createStrapi } = require('@strapi/strapi');

const ROADMAP = 'api::roadmap.roadmap';
const SLUGS = 12;

const appDir = path.resolve(__dirname, '..', '..');
const seed = Number(process.argv[2]);

/** https://en.wikipedia.org/wiki/Linear_congruential_generator: a seed repeats the operations. */
function createRandom(first) {
  let state = first;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const attributesOf = (slug, title) => ({
  slug,
  title,
  order: 1,
  briefTitle: slug,
  briefDescription: 'Written by a test',
  description: 'Written by a test',
});

/** Makes one random change, as an editor would. */
async function change(strapi, random, count) {
  const roadmaps = strapi.documents(ROADMAP);
  const slug = `trail-${random(SLUGS)}`;
  const data = attributesOf(slug, `Title ${seed}-${count}`);
  const found = await roadmaps.findFirst({ filters: { slug } });
  if (!found) return roadmaps.create({ data, status: 'published' });
  const { documentId } = found;
  const kind = random(10);
  if (kind === 0) return roadmaps.unpublish({ documentId });
  if (kind === 1) return roadmaps.delete({ documentId });
  if (kind === 2) {
    const renamed = { slug: `trail-${random(SLUGS)}` };
    return roadmaps.update({ documentId, data: renamed, status: 'published' });
  }
  return roadmaps.update({ documentId, data, status: 'published' });
}

async function main() {
  const strapi = await createStrapi({ appDir, distDir: path.join(appDir, 'dist') }).start();
  const random = createRandom(seed);
  for (let count = 0; ; count += 1) {
    // SQLite's driver is synchronous: without this turn, nothing else would ever run.
    await nextTurn();
    // Ignores rejected changes, such as to a slug that is taken.
    await change(strapi, random, count).catch(({ name }) => {
      if (name !== 'ValidationError' && name !== 'ApplicationError') throw new Error(name);
    });
  }
}

void main();
