// Kills its process at a point of its work: `node --require kill-at.js …`, with the point in
// `KILL_AT` (see kill-points.ts). Each step of the work is a line: `create`, `write` and `rename`
// of a temporary file, and statements such as `sql update roadmaps set …`.
const fs = require('node:fs/promises');
const path = require('node:path');

/** The names of the files that the exporter renames once they are complete. */
const TEMPORARY = /^\.frontmatter-.*\.tmp$/;

/** @type {{ after: { step: string, count?: number }[], when: 'before' | 'half' | 'after' }} */
const point = JSON.parse(process.env.KILL_AT ?? '');
const awaited = point.after.map(({ step, count = 1 }) => ({ step: new RegExp(step), count }));

const die = () => process.kill(process.pid, 'SIGKILL');

/** The database connection of the previous step, on which the next one must be too. */
let current;

/** Whether a step completes the point: its steps must occur in order, each as often as it says. */
function isReached(line, connection) {
  const [next] = awaited;
  if (!next?.step.test(line) || (current && connection !== current)) return false;
  next.count -= 1;
  if (next.count > 0) return false;
  awaited.shift();
  current = connection;
  return awaited.length === 0;
}

/** Runs a step, and kills the process at it if it completes the point. */
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
