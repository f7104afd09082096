// Starts and stops the application once on the database of the environment, which creates its
// tables and the data of a first start: `node create-template.js`. Tests copy that database.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');

async function main() {
  const strapi = await createStrapi({ appDir, distDir: path.join(appDir, 'dist') }).load();
  await strapi.destroy();
}

void main();
