const { randomBytes } = require('node:crypto');
const { mkdtemp, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { Client } = require('pg');

/** Starts PostgreSQL if requested; `create` creates an empty database of the chosen kind. */
async function openDatabases({ isPostgres }) {
  const drops = [];
  if (!isPostgres) {
    return {
      async create() {
        const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-bench-'));
        drops.push(() => rm(folder, { recursive: true, force: true }));
        return { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'bench.db') };
      },
      close: () => closeAll(drops),
    };
  }
  const { default: startPostgres } = await import('../environment/start-postgres.mjs');
  const { default: stopPostgres } = await import('../environment/stop-postgres.mjs');
  await startPostgres();
  drops.push(stopPostgres);
  const url = process.env.TEST_DATABASE_URL;
  return {
    async create() {
      const schema = `bench_${randomBytes(6).toString('hex')}`;
      await query(url, `CREATE SCHEMA ${schema}`);
      drops.push(() => query(url, `DROP SCHEMA ${schema} CASCADE`));
      return { DATABASE_CLIENT: 'postgres', DATABASE_URL: url, DATABASE_SCHEMA: schema };
    },
    close: () => closeAll(drops),
  };
}

async function closeAll(drops) {
  for (const drop of drops.reverse()) await drop();
}

async function query(connectionString, sql) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

module.exports = { openDatabases };
