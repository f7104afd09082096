// Starts the application once on the database that the environment names, so that its tables and what a first
// start writes are there, and ends: `node create-template.js`. Tests copy that database.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');

async function main() {
  const strapi = await createStrapi({ appDir, distDir: path.join(appDir, 'dist') }).load();
  await strapi.destroy();
}

void main();
