const { cp, mkdir, readdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');

const PROJECT_DIR = path.resolve(__dirname, '..', '..');
const DIST_DIR = path.join(PROJECT_DIR, 'dist');
/** Ignored by git. */
const PLAIN_DIR = path.join(PROJECT_DIR, '.tmp', 'bench-plain');

/**
 * Copies the built application, without the frontmatter plugin and what calls it: plain Strapi with
 * the same content types.
 *
 * @returns Its folder, to be used as `distDir`.
 */
async function buildPlainApp() {
  await rm(PLAIN_DIR, { recursive: true, force: true });
  await mkdir(path.dirname(PLAIN_DIR), { recursive: true });
  await cp(DIST_DIR, PLAIN_DIR, { recursive: true });
  await rm(path.join(PLAIN_DIR, 'src/api/roadmap/content-types/roadmap/lifecycles.js'));
  // Its routes name middlewares of the plugin, and nothing here asks over HTTP.
  for (const api of await readdir(path.join(PLAIN_DIR, 'src/api'))) {
    await rm(path.join(PLAIN_DIR, 'src/api', api, 'routes'), { recursive: true });
  }
  await wrapConfig(
    'plugins',
    "{ ...config, frontmatter: { enabled: false }, 'deploy-hooks': { enabled: false } }"
  );
  await wrapConfig(
    'middlewares',
    "config.filter((item) => !String(item.name ?? item).startsWith('plugin::frontmatter'))"
  );
  return PLAIN_DIR;
}

async function wrapConfig(name, changed) {
  const original = path.join(DIST_DIR, 'config', `${name}.js`);
  await writeFile(
    path.join(PLAIN_DIR, 'config', `${name}.js`),
    `const { default: loaded } = require(${JSON.stringify(original)});
const change = (config) => (${changed});
module.exports = (context) => change(typeof loaded === 'function' ? loaded(context) : loaded);
`
  );
}

module.exports = { buildPlainApp, DIST_DIR, PROJECT_DIR };
