// Starts a server of a compiled application: `node start-application.js <dist folder>`.
// `strapi start` does the same, but first loads all commands of Strapi: a second of CPU.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');

void createStrapi({ appDir, distDir: process.argv[2] }).start();
