// A CMS in its own process, forked by `startWorker`: receives tasks, and sends the result of each.
const { setTimeout: wait } = require('node:timers/promises');
const { createStrapi } = require('@strapi/strapi');
const { buildDocument, fileOf } = require('./documents');
const { copyDocument } = require('./copy-document');
const { timed } = require('./statistics');

const ROADMAP = 'api::roadmap.roadmap';
const [appDir, distDir] = process.argv.slice(2);

/** Returns the milliseconds, the CPU milliseconds and the queries of a task. */
async function measured(strapi, task) {
  let queries = 0;
  const count = () => (queries += 1);
  strapi.db.connection.on('query', count);
  const before = process.cpuUsage();
  const ms = await timed(task);
  const { user, system } = process.cpuUsage(before);
  strapi.db.connection.off('query', count);
  return { ms, cpuMs: (user + system) / 1000, queries };
}

/** Creates a function that returns an id by name, and creates each missing entry once. */
function createNames(strapi, uid) {
  const ids = new Map();
  return async (name, data = { name }) => {
    if (!ids.has(name)) ids.set(name, (await strapi.documents(uid).create({ data })).documentId);
    return ids.get(name);
  };
}

async function inOrder(items, task) {
  const results = [];
  for (const item of items) results.push(await task(item));
  return results;
}

function createTasks(strapi) {
  const roadmaps = strapi.documents(ROADMAP);
  const keyword = createNames(strapi, 'api::keyword.keyword');
  const tag = createNames(strapi, 'api::tag.tag');
  const sponsor = createNames(strapi, 'api::sponsor.sponsor');
  const ids = new Map();

  /** Returns the content of a file as the attributes of a document. */
  async function attributesOf({ slug, body, frontmatter }) {
    const { sponsor: ad, schema, seo, relatedRoadmaps, tags, ...plain } = frontmatter;
    const { datePublished, dateModified, ...schemaFields } = schema;
    const { keywords, ...seoFields } = seo;
    return {
      ...plain,
      slug,
      body,
      datePublished,
      dateModified,
      schema: schemaFields,
      seo: seoFields,
      sponsorEventLabel: ad.event.label,
      sponsor: await sponsor(ad.title, { name: ad.title, ...ad }),
      keywords: await inOrder(keywords, (name) => keyword(name)),
      tags: await inOrder(tags, (name) => tag(name)),
      relatedRoadmaps: relatedRoadmaps.flatMap((related) => ids.get(related) ?? []),
    };
  }

  async function create(document) {
    const data = await attributesOf(document);
    const { documentId } = await roadmaps.create({ data, status: 'published' });
    ids.set(document.slug, documentId);
  }

  return {
    /** Creates and publishes documents through the Document Service. */
    create: ({ documents }) => measured(strapi, () => inOrder(documents, create)),

    /** Imports the same documents as files. */
    importFiles({ documents }) {
      const importer = strapi.plugin('frontmatter').service('importer');
      const options = { collection: 'roadmaps', draft: false, dryRun: false, force: false };
      const files = documents.map((document) => ({
        slug: document.slug,
        bytes: Buffer.from(fileOf(document)),
      }));
      const batch = new Set(files.map(({ slug }) => slug));
      const actions = {};
      const importAll = async () => {
        for (const file of files) {
          const { action } = await importer.importFile(file, { ...options, batch });
          actions[action] = (actions[action] ?? 0) + 1;
        }
        await importer.finish('roadmaps');
      };
      return measured(strapi, importAll).then((measure) => ({ ...measure, actions }));
    },

    /** Publishes a document again, with another title. */
    publishAgain({ slug, round }) {
      const documentId = ids.get(slug);
      const data = { title: `Title ${round}` };
      return measured(strapi, () => roadmaps.update({ documentId, data, status: 'published' }));
    },

    /** Saves the unchanged draft again, with its dates as a form of the panel sends them. */
    async saveAgain({ slug }) {
      const documentId = ids.get(slug);
      const { title, datePublished, dateModified } = await roadmaps.findOne({ documentId });
      const data = { title, datePublished, dateModified };
      return measured(strapi, () => roadmaps.update({ documentId, data }));
    },

    /** Changes the title of the only sponsor. */
    async editSponsor({ round }) {
      const sponsors = strapi.documents('api::sponsor.sponsor');
      const { documentId } = await sponsors.findFirst();
      const data = { title: `Title ${round}` };
      return measured(strapi, () => sponsors.update({ documentId, data }));
    },

    /** Fills the database with copies of one published document. */
    async fill({ count }) {
      const document = buildDocument('copied', 0);
      const importer = strapi.plugin('frontmatter').service('importer');
      const file = { slug: document.slug, bytes: Buffer.from(fileOf(document)) };
      await importer.importFile(file, {
        collection: 'roadmaps',
        draft: false,
        dryRun: false,
        force: false,
      });
      await copyDocument(strapi.db.connection, count - 1);
    },

    async createToken() {
      const tokens = strapi.service('admin::api-token');
      const token = { name: 'Site', description: '', type: 'read-only', lifespan: null };
      return (await tokens.create(token)).accessKey;
    },

    async reconcile() {
      const reconciler = strapi.plugin('frontmatter').service('reconciler');
      let found;
      const measure = await measured(strapi, async () => {
        found = await reconciler.reconcile({ check: true });
      });
      return { ...measure, found: found.length };
    },

    /** Adds sites to notify. */
    async addHooks({ url, count, ...timing }) {
      const hooks = strapi.plugin('deploy-hooks').service('hooks');
      for (let number = 1; number <= count; number += 1) {
        await hooks.create({ name: `Site ${number}`, url: `${url}/${number}`, ...timing });
      }
    },

    /** Counts the queries of an idle process, including those of the read connection. */
    async countQueries({ ms }) {
      const readers = strapi.plugin('frontmatter').service('read-connection');
      const { query } = readers;
      let ofReaders = 0;
      readers.query = (...given) => {
        ofReaders += 1;
        return query(...given);
      };
      const { queries } = await measured(strapi, () => wait(ms));
      readers.query = query;
      return queries + ofReaders;
    },

    /** Starts to listen, with or without the background work of a server. */
    async listen({ hasBackground }) {
      if (!hasBackground) strapi.plugin('frontmatter').service('background').start = () => {};
      await strapi.listen();
      return strapi.server.httpServer.address();
    },
  };
}

async function main() {
  const strapi = await createStrapi({ appDir, distDir }).load();
  const tasks = createTasks(strapi);
  process.on('message', async ({ task, options }) => {
    try {
      process.send({ result: await tasks[task](options) });
    } catch (error) {
      process.send({ error: error.stack });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send({ result: 'ready' });
}

void main();
