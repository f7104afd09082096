// Starts a server of a compiled application: `node start-application.js <its dist folder>`. `strapi start`
// does the same after it has loaded all commands of Strapi, which takes a second of CPU.
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const appDir = path.resolve(__dirname, '..', '..');

void createStrapi({ appDir, distDir: process.argv[2] }).start();
