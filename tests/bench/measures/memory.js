const { fork } = require('node:child_process');
const { once } = require('node:events');
const { mkdir, mkdtemp, rm, writeFile } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { buildDocuments, fileOf } = require('../documents');
const { PROJECT_DIR } = require('../plain-app');
const { envOf } = require('../start-worker');

const FEW = 200;
const MEBIBYTE = 1024;

/** Measures the peak memory of the command line with many files, compared with few. */
async function measureMemory({ databases, manyFiles }) {
  const few = await peakOf(await databases.create(), FEW);
  const many = await peakOf(await databases.create(), manyFiles);
  return [
    {
      measure: `peak memory of importing ${manyFiles} files / ${FEW} files`,
      value: many / few,
      target: '≤ 1.3',
      detail: `${Math.round(many / MEBIBYTE)} MiB and ${Math.round(few / MEBIBYTE)} MiB`,
    },
  ];
}

/** Returns the peak memory in KiB. */
async function peakOf(database, count) {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-bench-'));
  try {
    for (const document of buildDocuments('file', count)) {
      await mkdir(path.join(folder, document.slug));
      await writeFile(path.join(folder, document.slug, `${document.slug}.md`), fileOf(document));
    }
    const child = fork(path.join(__dirname, '..', 'run-cli.js'), ['import', folder], {
      cwd: PROJECT_DIR,
      env: envOf(database),
    });
    const [{ exitCode, peak }] = await once(child, 'message');
    if (exitCode !== 0) throw new Error(`the import ended with ${exitCode}`);
    return peak;
  } finally {
    await rm(folder, { recursive: true });
  }
}

module.exports = { measureMemory };
