const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { parseDocument } = require('yaml');
const { PROJECT_DIR } = require('../plain-app');
const { inMs, median, timed } = require('../statistics');

const CASES_DIR = path.resolve(PROJECT_DIR, '..', 'shared', 'cases', 'roadmaps');
const EXAMPLES_DIR = path.join(PROJECT_DIR, 'examples', 'roadmaps');
const WARM_UP_ROUNDS = 5;

function readTexts() {
  const folder = existsSync(CASES_DIR) ? CASES_DIR : EXAMPLES_DIR;
  const texts = readdirSync(folder).map((slug) =>
    readFileSync(path.join(folder, slug, `${slug}.md`), 'utf8')
  );
  return { texts, from: folder === CASES_DIR ? 'case files' : 'examples (no case files here)' };
}

/** `read` and `patch` of files, compared with what `yaml` needs to parse them. */
async function measureText({ rounds, text }) {
  const { patchParsed, read } = require('strapi-plugin-frontmatter/core');
  const { shape } = require(path.join(PROJECT_DIR, 'dist/src/api/roadmap/frontmatter.js'));
  const { texts, from } = readTexts();

  const patchAll = (change) => () => {
    for (const file of texts) {
      const result = read(shape, file);
      if (result.kind !== 'valid') throw new Error(result.issues[0].message);
      const value = { ...result.frontmatter, ...change };
      patchParsed(shape, result.file, { value, body: result.body });
    }
  };
  const tasks = {
    parseDocument() {
      for (const file of texts) parseDocument(file.split(/^---\r?$/m)[1]);
    },
    readAndPatch: patchAll({}),
    readAndEdit: patchAll({ title: 'Another title' }),
  };
  const times = { parseDocument: [], readAndPatch: [], readAndEdit: [] };
  for (let round = -WARM_UP_ROUNDS; round < rounds * text.repeats; round += 1) {
    for (const [name, task] of Object.entries(tasks)) {
      const ms = await timed(task);
      if (round >= 0) times[name].push(ms);
    }
  }
  const each = (name) => median(times[name]) / texts.length;
  const row = (name, title, target) => ({
    measure: title,
    value: each(name) / each('parseDocument'),
    target,
    detail: `${inMs(each(name))} and ${inMs(each('parseDocument'))} a file, ${texts.length} ${from}`,
  });
  return [
    row('readAndPatch', 'read + patch, nothing changed / parseDocument', '≤ 1.5'),
    row('readAndEdit', 'read + patch, one value changed / parseDocument', '≤ 1.5'),
  ];
}

module.exports = { measureText };
