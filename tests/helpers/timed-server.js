// Runs a server whose time its parent process sets, with a message for each change:
// `node timed-server.js <moment>`. It checks for windows more often than other servers, and each
// time sends back the moment up to which it has followed them.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

/** Same as in `background.ts`. */
const WINDOW_POLL_MS = 15_000;
const OFTEN_MS = 100;

/**
 * Gives a CMS that does not listen yet another clock, and makes it check for windows often.
 *
 * @param {import('@strapi/strapi').Core.Strapi} strapi
 * @param {{ now(): Date, onFollowed(moment: string): void }} options
 */
function followOften(strapi, { now, onFollowed }) {
  const service = (name) => strapi.plugin('frontmatter').service(name);
  service('clock').now = now;
  const windows = service('windows');
  const { publishCrossed } = windows;
  windows.publishCrossed = async (since) => {
    const publishedUntil = await publishCrossed(since);
    onFollowed(publishedUntil.toISOString());
    return publishedUntil;
  };
  const background = service('background');
  const { start } = background;
  background.start = () => {
    const { setInterval } = globalThis;
    globalThis.setInterval = (task, ms, ...args) =>
      setInterval(task, ms === WINDOW_POLL_MS ? OFTEN_MS : ms, ...args);
    start();
    globalThis.setInterval = setInterval;
  };
}

async function main() {
  const appDir = path.resolve(__dirname, '..', '..');
  let now = new Date(process.argv[2]);
  process.on('message', (moment) => {
    now = new Date(moment);
  });
  const strapi = await createStrapi({ appDir, distDir: path.join(appDir, 'dist') }).load();
  followOften(strapi, { now: () => now, onFollowed: (moment) => process.send(moment) });
  await strapi.start();
}

if (require.main === module) void main();

module.exports = { followOften };
