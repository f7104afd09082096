// Kills its process at a point of its work: `node --require kill-at.js …`, with the point in `KILL_AT`
// (see kill-points.ts). Work is seen as a line for each step: `create`, `write` and `rename` of a temporary
// file, and statements such as `sql update roadmaps set …`.
const fs = require('node:fs/promises');
const path = require('node:path');

/** As the exporter names the files that it renames once they are whole. */
const TEMPORARY = /^\.frontmatter-.*\.tmp$/;

/** @type {{ after: { step: string, count?: number }[], when: 'before' | 'half' | 'after' }} */
const point = JSON.parse(process.env.KILL_AT ?? '');
const awaited = point.after.map(({ step, count = 1 }) => ({ step: new RegExp(step), count }));

const die = () => process.kill(process.pid, 'SIGKILL');

/** The connection of the database that the step before belongs to: the next one belongs to it too. */
let current;

/** Whether a step is the one of the point: each of its steps has to come as often as it says, in their order. */
function isReached(line, connection) {
  const [next] = awaited;
  if (!next?.step.test(line) || (current && connection !== current)) return false;
  next.count -= 1;
  if (next.count > 0) return false;
  awaited.shift();
  current = connection;
  return awaited.length === 0;
}

/** Does a step, and dies with it if it is the one. */
async function pass({ line, connection }, run, runHalf = run) {
  if (!isReached(line, connection)) return run();
  if (point.when === 'half') await runHalf();
  if (point.when === 'after') await run();
  return die();
}

const { open, rename } = fs;

fs.open = async (file, ...options) => {
  if (!TEMPORARY.test(path.basename(file))) return open(file, ...options);
  const handle = await pass({ line: 'create' }, () => open(file, ...options));
  const { writeFile } = handle;
  handle.writeFile = (bytes) =>
    pass(
      { line: 'write' },
      () => writeFile.call(handle, bytes),
      () => writeFile.call(handle, bytes.subarray(0, bytes.length / 2))
    );
  return handle;
};

fs.rename = (from, to) => pass({ line: 'rename' }, () => rename(from, to));

for (const dialect of ['better-sqlite3', 'postgres']) {
  const { prototype } = require(`knex/lib/dialects/${dialect}`);
  const { _query: query } = prototype;
  prototype._query = function (connection, given) {
    const statement = given.sql.replace(/["`]/g, '').replace(/\bcms\./g, '');
    return pass({ line: `sql ${statement}`, connection }, () =>
      query.call(this, connection, given)
    );
  };
}
