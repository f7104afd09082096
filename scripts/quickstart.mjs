// Turns a fresh clone into a running CMS with the examples in it. Uses only Node, because nothing
// else is installed yet. Running it again changes neither .env nor any content.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 18, 1];
const POLL_MS = 250;
const EXAMPLE_SLUG = 'woodworking';

const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(projectDir);

const say = (line) => console.log(`\n▸ ${line}`);

function stop(reason) {
  console.error(`\n✖ ${reason}`);
  process.exit(1);
}

function run(command, args) {
  const isWindows = process.platform === 'win32';
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: isWindows });
  if (status !== 0) stop(`${command} ${args.join(' ')} failed: see above`);
}

function install() {
  const installed = 'node_modules/.package-lock.json';
  const isCurrent =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
  if (isCurrent) return;
  say('Installing (a few minutes the first time: the SQLite driver is compiled)');
  run('npm', ['ci']);
}

function writeEnv() {
  if (existsSync('.env')) return;
  say('Writing .env with random secrets');
  const secret = () => randomBytes(32).toString('base64url');
  const lines = readFileSync('.env.example', 'utf8').split('\n').slice(2);
  const env = lines.map((line) =>
    line.startsWith('#') ? line : line.replace(/\bgenerate\b/g, secret)
  );
  writeFileSync('.env', env.join('\n'), { mode: 0o600 });
}

/** Starts the server as a child process; this process ends with it. */
async function start() {
  const [, portInFile] = /^PORT=(\d+)/m.exec(readFileSync('.env', 'utf8')) ?? [];
  const url = `http://localhost:${process.env.PORT ?? portInFile ?? 1337}`;
  const strapi = 'node_modules/@strapi/strapi/bin/strapi.js';
  const server = spawn(process.execPath, [strapi, 'start'], { stdio: 'inherit' });
  let hasEnded = false;
  server.on('exit', (code) => {
    hasEnded = true;
    process.exitCode = code ?? 1;
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));

  while (!hasEnded) {
    const isUp = await fetch(`${url}/_health`).then(
      (response) => response.ok,
      () => false // not listening yet
    );
    if (isUp) {
      say('The CMS is running. Open');
      console.log(`    ${url}/admin   the panel (create the first administrator there)`);
      console.log(`    ${url}/api/frontmatter/roadmaps/${EXAMPLE_SLUG}.md   what a site reads`);
      console.log('  Ctrl+C stops it; npm start starts it again.');
      return;
    }
    await wait(POLL_MS);
  }
}

const isTooOld = () => {
  const [difference = 0] = process.versions.node
    .split('.')
    .map((part, index) => Number(part) - OLDEST_NODE[index])
    .filter((part) => part !== 0);
  return difference < 0;
};
if (isTooOld()) {
  stop(`Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer`);
}
install();
writeEnv();
say('Building (about a minute)');
run('npm', ['run', 'build', '--silent']);
say('Importing the examples, if there are no documents yet');
run('npm', [
  'run',
  '--silent',
  'frontmatter',
  '--',
  'import',
  'examples/roadmaps',
  'examples/guides',
  '--if-empty',
]);
await start();
