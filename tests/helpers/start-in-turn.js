// Starts a compiled application like start-application.js, once for each set of variables, in one
// process: `node start-in-turn.js <dist folder> <JSON list of variables>`. Each start must fail;
// instead of ending the process, it prints the exit code on a line of standard output.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');
const [, , distDir, list] = process.argv;
const inherited = { ...process.env };

async function main() {
  for (const variables of JSON.parse(list)) {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, inherited, variables);
    await startToFail();
  }
}

async function startToFail() {
  const strapi = createStrapi({ appDir, distDir });
  const { destroy } = strapi;
  let exitCode;
  let destroyed;
  strapi.destroy = () => (destroyed = destroy.call(strapi));
  process.exit = (code) => (exitCode = code);
  await strapi.start();
  // A process that really exits does not wait for this.
  await destroyed?.catch(() => undefined);
  console.log(`exit code ${exitCode}`);
}

void main();
