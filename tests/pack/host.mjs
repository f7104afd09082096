// Generates, installs, builds and starts another team's Strapi application, in a temporary folder.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

export const PROJECT_DIR = path.resolve(import.meta.dirname ?? '.', '..', '..');
export const BLOG_DIR = path.join(PROJECT_DIR, 'tests/pack/blog');
const START_TIMEOUT_MS = 120_000;

export const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-pack-'));
export const app = path.join(folder, 'app');

const execute = promisify(execFile);

/** Runs a command and returns its output. Throws if the exit code is not the expected one. */
export async function run(command, args, { cwd = app, env = {}, exitCode = 0 } = {}) {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 2 ** 20 };
  const result = await execute(command, args, options).catch((error) => error);
  const output = `${result.stdout}${result.stderr}`;
  if ((result.code ?? 0) === exitCode) return output;
  throw new Error(`${command} ${args.join(' ')} ended with ${result.code}\n${output}`);
}

export const npm = (...args) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline']);
export const build = () => run('npx', ['strapi', 'build'], { env: { NODE_ENV: 'production' } });

/** Packs a package and returns the path of the tarball. */
export async function pack(packageDir) {
  const cwd = path.join(PROJECT_DIR, packageDir);
  const output = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd });
  const [name] = /\S+\.tgz/.exec(output) ?? [];
  return path.join(folder, String(name));
}

/** Generates the application with a version of Strapi, and installs tarballs into it. */
export async function install(version, tarballs) {
  await run('npx', ['--yes', `create-strapi@${version}`, 'app', ...GENERATOR], {
    cwd: folder,
  });
  await cp(path.join(BLOG_DIR, 'src'), path.join(app, 'src'), { recursive: true });
  await npm('install', '--ignore-scripts', ...tarballs);
  // Compiling the driver takes minutes, so the build of this project is used if versions match.
  const driver = 'node_modules/better-sqlite3';
  const versionOf = async (dir) =>
    JSON.parse(await readFile(path.join(dir, driver, 'package.json'), 'utf8')).version;
  if ((await versionOf(app)) === (await versionOf(PROJECT_DIR))) {
    const [from, to] = [PROJECT_DIR, app].map((dir) => path.join(dir, driver, 'build'));
    await cp(from, to, { recursive: true });
  } else {
    await npm('rebuild', 'better-sqlite3');
  }
}

const GENERATOR = [
  ...['--non-interactive', '--skip-cloud', '--no-run', '--no-install', '--no-git-init'],
  ...['--no-example', '--typescript', '--use-npm'],
];

/** Finds the paths of all copies of Strapi's packages, by package name. */
export async function findCopies() {
  const files = await readdir(path.join(app, 'node_modules'), { recursive: true });
  const copies = new Map();
  for (const file of files) {
    const [, name] = /(?:^|node_modules\/)@strapi\/([^/]+)\/package\.json$/.exec(file) ?? [];
    if (name) copies.set(name, [...(copies.get(name) ?? []), file]);
  }
  return copies;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export async function start() {
  const port = await freePort();
  const strapi = path.join(app, 'node_modules/@strapi/strapi/bin/strapi.js');
  const server = spawn(process.execPath, [strapi, 'start'], {
    cwd: app,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), NODE_ENV: 'production' },
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (text) => (output += text));
  const ended = once(server, 'exit');
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_TIMEOUT_MS;
  while (
    !(await fetch(`${url}/_health`).then(
      ({ ok }) => ok,
      () => false
    ))
  ) {
    assert.ok(
      server.exitCode === null && performance.now() < until,
      `it does not start:\n${output}`
    );
    await wait(250);
  }
  return {
    url,
    output: () => output,
    async stop() {
      server.kill('SIGTERM');
      const [code] = await ended;
      assert.equal(code, 0, `it did not stop in order:\n${output}`);
    },
  };
}

export async function send(url, { token, ...request } = {}) {
  const isForm = request.body instanceof FormData;
  const answer = await fetch(url, {
    ...request,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(request.body && !isForm && { 'Content-Type': 'application/json' }),
    },
  });
  const text = await answer.text();
  return { status: answer.status, text, json: () => JSON.parse(text) };
}

export async function ask(url, request) {
  const answer = await send(url, request);
  assert.ok(answer.status < 300, `${url} answered ${answer.status}: ${answer.text}`);
  return answer.json().data ?? answer.json();
}

/** Changes a file of the application. */
export async function edit(name, from, to) {
  const file = path.join(app, name);
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes(from), `${name} does not hold ${from}`);
  await writeFile(file, text.replace(from, to));
}

export const frontmatter = (...args) => run('npx', ['frontmatter', ...args]);
