// Packs both plugins and the loader, and installs them as another team would: the plugins in a new
// Strapi application, the loader in a site. Run `npm run pack:check`, and before a release also
// with `-- --strapi latest`.
import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import {
  app,
  ask,
  BLOG_DIR,
  build,
  edit,
  findCopies,
  folder,
  frontmatter,
  install,
  npm,
  pack,
  PROJECT_DIR,
  run,
  send,
  start,
} from './host.mjs';

const PLUGINS = ['frontmatter', 'deploy-hooks'];
const LOADER_DIR = 'packages/astro-loader';
const BLOGS = ['astro', 'hugo', 'jekyll'];
const ADMIN = { email: 'ada@example.org', password: 'Secret-1234' };

const { values: options } = parseArgs({
  options: { strapi: { type: 'string', default: '5.54.0' } },
});

const began = performance.now();

const seconds = () => Math.round((performance.now() - began) / 1000);
const say = (line) => console.log(`${String(seconds()).padStart(4)} s  ${line}`);

/** Creates the first administrator, uploads pictures, and creates a token with full access. */
async function prepare(url) {
  const registration = { ...ADMIN, firstname: 'Ada', lastname: 'Lund' };
  const body = JSON.stringify(registration);
  const { token } = await ask(`${url}/admin/register-admin`, { method: 'POST', body });
  for (const name of await readdir(path.join(BLOG_DIR, 'pictures'))) {
    const form = new FormData();
    form.append(
      'files',
      new Blob([await readFile(path.join(BLOG_DIR, 'pictures', name))], { type: 'image/png' }),
      name
    );
    await ask(`${url}/upload`, { method: 'POST', token, body: form });
  }
  const { accessKey } = await ask(`${url}/admin/api-tokens`, {
    method: 'POST',
    token,
    body: JSON.stringify({ name: 'all', description: '', type: 'full-access', lifespan: null }),
  });
  return { admin: token, token: accessKey };
}

/** Returns the title and body of all posts, as plain REST returns their drafts. */
async function readContent(url, token) {
  const types = BLOGS.map((blog) => `${blog}-posts`);
  const all = await Promise.all(
    types.map((type) => ask(`${url}/api/${type}?status=draft&sort=slug&populate=author`, { token }))
  );
  return all.map((posts) =>
    posts.map(({ slug, title, body, author }) => ({ slug, title, body, author: author?.name }))
  );
}

/** Checks what an editor sees next to a post, and the page of the sites. */
async function lookAtPanel(url, documentId) {
  const browser = await chromium.launch({
    ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage({ locale: 'en' });
    const errors = [];
    page.on('pageerror', ({ message }) => {
      if (message !== 'Failed to fetch') errors.push(message); // Strapi requests its own servers
    });
    await page.goto(`${url}/admin/auth/login`);
    await page.getByLabel('Email').fill(ADMIN.email);
    await page.getByLabel('Password', { exact: false }).first().fill(ADMIN.password);
    await page.getByRole('button', { name: 'Login' }).click();
    await page.waitForURL(/\/admin\/?$/);
    await page.goto(
      `${url}/admin/content-manager/collection-types/api::astro-post.astro-post/${documentId}`
    );
    const panel = page.getByRole('complementary').filter({ hasText: 'What publishing changes' });
    await panel.getByText('Same as what is published').waitFor();
    await page.goto(`${url}/admin/plugins/deploy-hooks`);
    await page.getByRole('heading', { name: 'Deploy hooks' }).first().waitFor();
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
}

const PAGE = `---
import { getCollection, render } from 'astro:content';
export async function getStaticPaths() {
  const posts = await getCollection('posts');
  return posts.map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { post } = Astro.props;
const { Content } = await render(post);
---
<h1>{post.data.title}</h1>
<Content />
`;

/** Builds a site with the loader, as its README says. Returns the folder of its pages. */
async function buildSite(loader, { url, token }) {
  const site = path.join(folder, 'site');
  const installed = path.join(site, 'node_modules/astro-loader-frontmatter');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', loader, '-C', installed, '--strip-components=1'], { cwd: folder });
  await symlink(
    path.join(PROJECT_DIR, 'node_modules/astro'),
    path.join(site, 'node_modules/astro')
  );
  const readme = await readFile(path.join(installed, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```[jt]s\n\/\/ (\S+)\n([^]*?)^```$/gm)];
  assert.equal(blocks.length, 2);
  const files = blocks.map(([, name, code]) => [
    name,
    code
      .replace('https://cms.example.org', url)
      .replace("collection: 'posts'", `collection: 'astro', token: '${token}'`)
      .replace('pages: { posts:', `token: '${token}', pages: { astro:`),
  ]);
  for (const [name, code] of [...files, ['src/pages/blog/[slug].astro', PAGE]]) {
    const file = path.join(site, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, code);
  }
  const astro = path.join(PROJECT_DIR, 'node_modules/astro/astro.js');
  const env = { ASTRO_TELEMETRY_DISABLED: '1' };
  await run(process.execPath, [astro, 'build'], { cwd: site, env });
  return path.join(site, 'dist');
}

try {
  const tarballs = [];
  for (const plugin of PLUGINS) tarballs.push(await pack(`src/plugins/${plugin}`));
  const loader = await pack(LOADER_DIR);
  for (const plugin of PLUGINS) {
    const cwd = path.join(PROJECT_DIR, 'src/plugins', plugin);
    await run(
      'npx',
      ['--yes', '--package', '@strapi/sdk-plugin@6.1.1', 'strapi-plugin', 'verify'],
      {
        cwd,
      }
    );
  }
  say('packed and verified');
  await install(options.strapi, tarballs);
  say(`installed in an application of Strapi ${options.strapi}`);
  const copies = await findCopies();
  assert.ok(copies.has('utils') && copies.has('admin'), 'Strapi was not found');
  const repeated = [...copies.values()].filter((paths) => paths.length > 1);
  assert.deepEqual(repeated, [], 'packages of Strapi are there more than once');
  say(`one copy of each of ${copies.size} packages of Strapi`);
  await build();
  say('built');

  let server = await start();
  const { admin, token } = await prepare(server.url);
  const remote = ['--url', server.url, '--token', token];
  await cp(path.join(BLOG_DIR, 'posts'), path.join(app, 'posts'), { recursive: true });
  const folders = BLOGS.map((blog) => `posts/${blog}`);
  assert.match(await frontmatter('validate', ...folders), /Checked 12 files: 12 valid/);
  assert.match(await frontmatter('import', ...folders, ...remote), /Imported 12 files: 12 created/);
  for (const each of folders) {
    assert.match(
      await frontmatter('export', each, '--check', ...remote),
      /^Would export \d documents: \d unchanged$/m
    );
  }
  say('imported three blogs, and exported them byte for byte');

  await edit('posts/astro/low-tide-walk.md', 'low-tide.png', 'no-such.png');
  const missing = await run(
    'npx',
    ['frontmatter', 'import', 'posts/astro', '--dry-run', ...remote],
    {
      exitCode: 1,
    }
  );
  assert.match(
    missing,
    /low-tide-walk\.md:\d+:\d+ \S+: the media library has no file 'no-such\.png'/
  );
  await edit('posts/astro/low-tide-walk.md', 'no-such.png', 'low-tide.png');
  say('found a picture that is missing without writing anything');

  const forbidden = await send(`${server.url}/api/frontmatter/astro`);
  assert.equal(forbidden.status, 403, forbidden.text);
  assert.equal(
    (await send(`${server.url}/api/frontmatter/astro/unfinished-knots`, { token })).status,
    404
  );
  const { accessKey: reader } = await ask(`${server.url}/admin/api-tokens`, {
    method: 'POST',
    token: admin,
    body: JSON.stringify({
      name: 'reader',
      description: '',
      type: 'custom',
      lifespan: null,
      permissions: ['api::author.author.find', 'api::astro-post.astro-post.find'],
    }),
  });
  const ofAuthors = `${server.url}/api/authors?populate=posts`;
  await ask(ofAuthors, { token: reader });
  const drafts = await send(`${ofAuthors}&status=draft`, { token: reader });
  assert.equal(drafts.status, 403, drafts.text);
  const [author] = await ask(`${server.url}/api/authors?filters[name]=Ivo Brandt`, { token });
  const changes = `${server.url}/api/frontmatter/changes`;
  const { meta } = (await send(changes, { token })).json();
  await ask(`${server.url}/api/authors/${author.documentId}`, {
    method: 'PUT',
    token,
    body: JSON.stringify({ data: { name: 'Ivo B.' } }),
  });
  const changed = await ask(`${changes}?since=${meta.cursor}`, { token });
  assert.deepEqual(changed.map(({ slug }) => slug).sort(), ['ice-holes', 'jar-of-sand']);
  say('answered 403 to a stranger, and named the posts of a renamed author');

  const pages = await buildSite(loader, { url: server.url, token });
  assert.match(
    await readFile(path.join(pages, 'blog/lamp-oil/index.html'), 'utf8'),
    /<h1>[^<]+<\/h1>\s*<p>/
  );
  await readFile(path.join(pages, '_content-version.json'));
  say('built a site with the packed loader, as its README says');

  const addressOf = (slug) => `${server.url}/api/frontmatter/astro/${slug}.md`;
  await edit('posts/astro/lamp-oil.md', 'draft: false', 'draft: true');
  await edit('posts/astro/unfinished-knots.md', 'draft: true\n', '');
  await edit('posts/astro/low-tide-walk.md', 'low-tide.png', 'winter-swim.png');
  assert.match(
    await frontmatter('import', 'posts/astro', ...remote),
    /: 1 outdated, 3 updated|: 3 updated, 1 outdated/
  );
  assert.equal((await send(addressOf('lamp-oil'), { token })).status, 404);
  for (const slug of ['unfinished-knots', 'low-tide-walk']) {
    const file = await readFile(path.join(app, `posts/astro/${slug}.md`), 'utf8');
    assert.equal((await send(addressOf(slug), { token })).text, file);
  }
  say('published a draft, unpublished a post and exchanged a picture by their files');

  const [knots] = await ask(`${server.url}/api/astro-posts?filters[slug]=unfinished-knots`, {
    token,
  });
  const astroPost = 'content-manager/collection-types/api::astro-post.astro-post';
  await ask(`${server.url}/${astroPost}/${knots.documentId}/actions/unpublish`, {
    method: 'POST',
    token: admin,
    body: '{}',
  });
  // The other post has the author that was renamed.
  const knotsFile = path.join(app, 'posts/astro/unfinished-knots.md');
  assert.doesNotMatch(await readFile(knotsFile, 'utf8'), /^draft:/m);
  assert.match(await frontmatter('export', 'posts/astro', ...remote), /2 updated, 2 unchanged/);
  assert.match(await readFile(knotsFile, 'utf8'), /^draft: true$/m);
  assert.match(
    await frontmatter('import', 'posts/astro', ...remote),
    /^Imported 4 files: 4 unchanged$/m
  );
  await ask(`${server.url}/${astroPost}/${knots.documentId}/actions/publish`, {
    method: 'POST',
    token: admin,
    body: '{}',
  });
  assert.match(
    await frontmatter('import', 'posts/astro', ...remote),
    /1 outdated, 3 unchanged|3 unchanged, 1 outdated/
  );
  assert.match(await frontmatter('export', 'posts/astro', ...remote), /1 updated, 3 unchanged/);
  assert.doesNotMatch(await readFile(knotsFile, 'utf8'), /^draft:/m);
  say('wrote into its file that a post was unpublished in the CMS, and published again');

  const [post] = await ask(`${server.url}/api/astro-posts?filters[slug]=low-tide-walk`, { token });
  await lookAtPanel(server.url, post.documentId);
  say('showed both plugins in the panel');

  const before = await readContent(server.url, token);
  await server.stop();
  for (const blog of BLOGS) await rm(path.join(app, `src/api/${blog}-post/frontmatter.ts`));
  await npm('uninstall', '--ignore-scripts', ...PLUGINS.map((plugin) => `strapi-plugin-${plugin}`));
  await build();
  server = await start();
  assert.deepEqual(await readContent(server.url, token), before);
  assert.equal((await send(`${server.url}/api/frontmatter`, { token })).status, 404);
  await server.stop();
  say('uninstalled: the application starts, and its content is intact');
  console.log(`\npack:check passed in ${seconds()} s`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
