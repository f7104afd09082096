const { execFileSync } = require('node:child_process');
const { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');

const PROJECT_DIR = path.resolve(__dirname, '..', '..');
const DIST_DIR = path.join(PROJECT_DIR, 'dist');
/** Ignored by git. */
const PLAIN_DIR = path.join(PROJECT_DIR, '.tmp', 'bench-plain');
/** Settings of plugins, as code. */
const DISABLED = "{ frontmatter: { enabled: false }, 'deploy-hooks': { enabled: false } }";

/**
 * Copies the built application without our plugins and the code that calls them: plain Strapi with
 * the same content types.
 *
 * @returns The folder, for use as `distDir`.
 */
async function buildPlainApp() {
  await rm(PLAIN_DIR, { recursive: true, force: true });
  await mkdir(path.dirname(PLAIN_DIR), { recursive: true });
  await cp(DIST_DIR, PLAIN_DIR, { recursive: true });
  await rm(path.join(PLAIN_DIR, 'src/api/roadmap/content-types/roadmap/lifecycles.js'));
  // The routes name middlewares of the plugin, and no benchmark requests them.
  for (const api of await readdir(path.join(PLAIN_DIR, 'src/api'))) {
    await rm(path.join(PLAIN_DIR, 'src/api', api, 'routes'), { recursive: true });
  }
  await wrapConfig('plugins', `{ ...config, ...${DISABLED} }`);
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

/** Builds the panel of plain Strapi for the application of `buildPlainApp`. Takes a minute. */
async function buildPlainPanel() {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-bench-panel-'));
  for (const name of ['package.json', 'src/admin']) {
    await cp(path.join(PROJECT_DIR, name), path.join(folder, name), { recursive: true });
  }
  await mkdir(path.join(folder, 'config'));
  await writeFile(path.join(folder, 'config/plugins.js'), `module.exports = ${DISABLED};\n`);
  await symlink(path.join(PROJECT_DIR, 'node_modules'), path.join(folder, 'node_modules'));
  const strapi = path.join(PROJECT_DIR, 'node_modules/@strapi/strapi/bin/strapi.js');
  execFileSync(process.execPath, [strapi, 'build'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await rm(path.join(PLAIN_DIR, 'build'), { recursive: true, force: true });
  await cp(path.join(folder, 'build'), path.join(PLAIN_DIR, 'build'), { recursive: true });
  await rm(folder, { recursive: true });
}

module.exports = { buildPlainApp, buildPlainPanel, DIST_DIR, PROJECT_DIR };
