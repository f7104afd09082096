// Starts a server of a compiled application that stands elsewhere than in the project, as `strapi start`
// does with the project's own: `node start-application.js <its dist folder>`.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');

void createStrapi({ appDir, distDir: process.argv[2] }).start();
