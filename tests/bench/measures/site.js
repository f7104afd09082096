const { spawnSync } = require('node:child_process');
const { appendFile, mkdir, mkdtemp, rm, symlink, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { PROJECT_DIR } = require('../plain-app');
const { startServer } = require('../start-server');
const { startWorker } = require('../start-worker');
const { inMs, median } = require('../statistics');

const DOCUMENTS = 1_000;
const API = '/api/frontmatter/roadmaps';
const ROADMAPS = '/content-manager/collection-types/api::roadmap.roadmap';
const ADMIN = { email: 'ada@example.org', password: 'Secret-1234', firstname: 'A', lastname: 'B' };

/** Returns a content configuration that prints how long its loader took. */
const configOf = (source) => `
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { frontmatterLoader } from 'astro-loader-frontmatter';

const loader = ${source};
const load = async (context) => {
  const start = performance.now();
  await loader.load(context);
  console.log('loaded in', performance.now() - start);
};
export const collections = { roadmaps: defineCollection({ loader: { ...loader, load } }) };
`;

async function createSite(folder, source) {
  await mkdir(path.join(folder, 'src'), { recursive: true });
  await mkdir(path.join(folder, 'node_modules'));
  for (const name of ['astro', 'astro-loader-frontmatter']) {
    const installed = path.join(PROJECT_DIR, 'node_modules', name);
    await symlink(installed, path.join(folder, 'node_modules', name));
  }
  await writeFile(path.join(folder, 'src', 'content.config.ts'), configOf(source));
}

/** Runs the loader of a site in its own process. Returns the milliseconds that it took. */
function sync(folder) {
  const astro = path.join(PROJECT_DIR, 'node_modules', 'astro', 'astro.js');
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const { stdout } = spawnSync(process.execPath, [astro, 'sync'], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  const [, ms] = /loaded in ([\d.]+)/.exec(stdout) ?? [];
  if (!ms) throw new Error(`the site was not loaded: ${stdout}`);
  return Number(ms);
}

/** Measures loading Astro content from the CMS, compared with `glob()` over the same files. */
async function measureSite({ databases, rounds }) {
  const database = await databases.create();
  const worker = await startWorker(database);
  await worker.run('fill', { count: DOCUMENTS });
  await worker.stop();
  const server = await startServer(database);
  await server.settled();
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-bench-site-'));
  const [ours, files] = [path.join(folder, 'ours'), path.join(folder, 'files')];
  await createSite(ours, `frontmatterLoader({ url: '${server.url}', collection: 'roadmaps' })`);
  await createSite(files, `glob({ base: './roadmaps', pattern: '*.md' })`);
  await mkdir(path.join(files, 'roadmaps'));
  const slugs = await readSlugs(server.url);
  for (const slug of slugs) {
    const answer = await fetch(`${server.url}${API}/${slug}.md`);
    await writeFile(path.join(files, 'roadmaps', `${slug}.md`), await answer.text());
  }
  const edit = await createEditor(server.url, slugs[0]);

  const cases = ['cold', 'unchanged', 'changed'];
  const runs = { ours: [], files: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, site] of Object.entries({ files, ours })) {
      await rm(path.join(site, 'node_modules', '.astro'), { recursive: true, force: true });
      const cold = sync(site);
      const unchanged = sync(site);
      if (name === 'ours') await edit(`Round ${round}`);
      else await appendFile(path.join(files, 'roadmaps', `${slugs[0]}.md`), `\nRound ${round}\n`);
      runs[name].push({ cold, unchanged, changed: sync(site) });
    }
  }
  await server.stop();
  await rm(folder, { recursive: true });
  const targets = { cold: '≤ 1.0', unchanged: '≤ 0.1', changed: '≤ 0.1' };
  return cases.map((name) => {
    const [own, theirs] = [runs.ours, runs.files].map((all) => median(all.map((run) => run[name])));
    const cold = median(runs.files.map((run) => run.cold));
    return {
      measure: `Astro with ${DOCUMENTS} documents, ${name} / glob(), cold`,
      value: own / cold,
      target: targets[name],
      detail: `${inMs(own)} against ${inMs(cold)}; glob() ${name}: ${inMs(theirs)}`,
    };
  });
}

async function readSlugs(url) {
  const answer = await fetch(`${url}${API}?fields=order&pagination[pageSize]=${DOCUMENTS}`);
  const { data } = await answer.json();
  return data.map(({ slug }) => slug);
}

/** Creates a function that publishes another title of a roadmap, as an editor does. */
async function createEditor(url, slug) {
  const headers = { 'Content-Type': 'application/json' };
  const post = async (route, body) =>
    (await fetch(`${url}${route}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  const { data: session } = await post('/admin/register-admin', ADMIN);
  headers.Authorization = `Bearer ${session.token}`;
  const found = await (await fetch(`${url}/api/roadmaps?filters[slug]=${slug}`)).json();
  return (title) => post(`${ROADMAPS}/${found.data[0].documentId}/actions/publish`, { title });
}

module.exports = { measureSite };
