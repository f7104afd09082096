const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');
const { parseDocument } = require('yaml');
const { PROJECT_DIR } = require('../plain-app');
const { inMs, median, timed } = require('../statistics');

const CASES_DIR = path.resolve(PROJECT_DIR, '..', 'shared', 'cases', 'roadmaps');
const EXAMPLES_DIR = path.join(PROJECT_DIR, 'examples', 'roadmaps');
const WARM_UP_ROUNDS = 5;
const KIBIBYTE = 1024;
/** Just below the limit of keys, values and list items. */
const MOST_NODES = 9_900;

function readTexts() {
  const folder = existsSync(CASES_DIR) ? CASES_DIR : EXAMPLES_DIR;
  const texts = readdirSync(folder).map((slug) =>
    readFileSync(path.join(folder, slug, `${slug}.md`), 'utf8')
  );
  return { texts, from: folder === CASES_DIR ? 'case files' : 'examples (no case files here)' };
}

/** Measures `read` and `patch` of files, compared with parsing them with `yaml`. */
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
    ...measureLongest(read, shape, rounds),
    row('readAndPatch', 'read + patch, nothing changed / parseDocument', '≤ 1.5'),
    row('readAndEdit', 'read + patch, one value changed / parseDocument', '≤ 1.5'),
  ];
}

/** Measures the slowest accepted files, for each size that has a target. */
function measureLongest(read, shape, rounds) {
  const limits = [
    { bytes: 64 * KIBIBYTE, target: 100 },
    { bytes: 256 * KIBIBYTE, target: 400 },
  ];
  return limits.map(({ bytes, target }) => {
    const found = Object.entries(longFiles(bytes)).map(([name, text]) => {
      const times = [];
      for (let round = -1; round < rounds; round += 1) {
        const before = process.cpuUsage();
        const { kind, issues } = read(shape, text);
        const { user, system } = process.cpuUsage(before);
        if (kind !== 'valid') throw new Error(`${name}: ${issues[0].message}`);
        if (round >= 0) times.push((user + system) / 1000);
      }
      return { name, ms: median(times) };
    });
    const [slowest] = found.sort((a, b) => b.ms - a.ms);
    return {
      measure: `CPU of the slowest accepted frontmatter of ${bytes / KIBIBYTE} KiB, in ms`,
      value: slowest.ms,
      target: `≤ ${target}`,
      detail: found.map(({ name, ms }) => `${name} ${inMs(ms)}`).join(', '),
    };
  });
}

/** Builds files of about the given size, each with many items of one kind. */
function longFiles(bytes) {
  const required = [
    'order: 1',
    'briefTitle: Kites',
    'briefDescription: Fly',
    'title: Kites',
    'description: Up',
  ];
  const many = (item) => {
    const lines = [];
    let room = bytes - 200;
    while (lines.length < MOST_NODES && room > 0) {
      const line = item(lines.length.toString(36));
      room -= line.length + 1;
      lines.push(line);
    }
    return lines;
  };
  const long = 'x'.repeat(37);
  const files = {
    keys: many((name) => `k${name}:`),
    'list items': ['k:', ...many((name) => ` - ${name}`)],
    'items in brackets': [`k: [${many((name) => name).join(',')}]`],
    'known list items': ['relatedRoadmaps:', ...many((name) => ` - v${name}`)],
    'quoted lines': ['k: "a', ...many(() => `  ${long}`), '  "'],
    'a block of text': ['k: |', ...many(() => `  ${long}`)],
    comments: many(() => `# ${long}`),
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, lines]) => [
      name,
      ['---', ...required, ...lines, '---', ''].join('\n'),
    ])
  );
}

module.exports = { measureText };
