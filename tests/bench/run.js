// Prints ratios of one run on one machine, each with its target. Asserts nothing: timings of a
// shared machine must not fail a build. Run `npm run build:server` first.
const { parseArgs } = require('node:util');
const { openDatabases } = require('./database');
const { measureDelivery } = require('./measures/delivery');
const { measureFeed } = require('./measures/feed');
const { measureHooks } = require('./measures/hooks');
const { measureImport } = require('./measures/import');
const { measureMemory } = require('./measures/memory');
const { measurePanel } = require('./measures/panel');
const { measurePublish } = require('./measures/publish');
const { measureReconcile } = require('./measures/reconcile');
const { measureSave } = require('./measures/save');
const { measureSite } = require('./measures/site');
const { measureSponsor } = require('./measures/sponsor');
const { measureText } = require('./measures/text');
const { buildPlainApp } = require('./plain-app');

const MEASURES = {
  text: measureText,
  import: measureImport,
  memory: measureMemory,
  publish: measurePublish,
  reconcile: measureReconcile,
  sponsor: measureSponsor,
  save: measureSave,
  panel: measurePanel,
  delivery: measureDelivery,
  feed: measureFeed,
  hooks: measureHooks,
  site: measureSite,
};

const USAGE = `npm run bench -- [options]
  --only <names>       some of ${Object.keys(MEASURES).join(', ')}, with commas
  --rounds <n>         interleaved rounds, of which the median counts (3)
  --files <n>          files of the first import (200)
  --many-files <n>     files of the import whose memory is measured (2000)
  --documents <n>      documents that are reconciled (2000)
  --postgres           on PostgreSQL instead of SQLite: TEST_DATABASE_URL, or one of its own
  --json               the result as JSON`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(MEASURES).join() },
    rounds: { type: 'string', default: '3' },
    files: { type: 'string', default: '200' },
    'many-files': { type: 'string', default: '2000' },
    documents: { type: 'string', default: '2000' },
    postgres: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main() {
  const names = options.only.split(',');
  const unknown = names.find((name) => !(name in MEASURES));
  if (options.help || unknown) {
    console.log(unknown ? `There is no measure '${unknown}'\n${USAGE}` : USAGE);
    process.exitCode = unknown ? 2 : 0;
    return;
  }
  const databases = await openDatabases({ isPostgres: options.postgres });
  const context = {
    databases,
    plainDir: await buildPlainApp(),
    rounds: Number(options.rounds),
    files: Number(options.files),
    manyFiles: Number(options['many-files']),
    documents: Number(options.documents),
    text: { repeats: 10 },
  };
  const rows = [];
  try {
    for (const name of names) {
      console.error(`measuring ${name} …`);
      rows.push(...(await MEASURES[name](context)));
    }
  } finally {
    await databases.close();
  }
  print(rows);
}

function print(rows) {
  if (options.json) {
    console.log(JSON.stringify({ database: options.postgres ? 'postgres' : 'sqlite', rows }));
    return;
  }
  const cells = rows.map(({ measure, value, target, detail }) => [
    measure,
    value.toFixed(2),
    target,
    detail,
  ]);
  const table = [['measure', 'value', 'target', 'of'], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  }
}

void main();
