// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { frontmatterOf } from '../helpers/cases';
import { EXAMPLES_DIR, runCli, startCli } from '../helpers/cli';
import { nativeRequire } from '../helpers/native';

const ts = nativeRequire('typescript') as typeof import('typescript');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-types-'));
});

afterAll(() => rm(folder, { recursive: true }));

const runTypes = (...args: string[]) => runCli('types', ...args);

test('types prints what it writes with --out, which creates missing folders', async () => {
  const file = path.join(folder, 'generated', 'roadmaps.ts');

  // In a process without database settings.
  const printed = await startCli({ env: {} }, 'types', 'roadmaps').ended;
  const written = await runTypes('roadmaps', '--out', file);

  expect(printed).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/^\/\/ Made by 'frontmatter types roadmaps'/),
  });
  expect(written).toEqual({
    exitCode: 0,
    out: [expect.stringMatching(/^Wrote the types of 'roadmaps' to .*roadmaps\.ts$/)],
    err: [],
  });
  expect(await readFile(file, 'utf8')).toBe(printed.output);
});

test.each([
  [
    'an unknown collection',
    ['recipes'],
    /^error: There is no collection 'recipes'\. Collections: guides, roadmaps/,
  ],
  ['no collection', [], /^error: missing required argument 'collection'/],
  ['a folder for a file', ['roadmaps', '--out', '.'], /cannot be written \(EISDIR\): name another/],
])('%s is wrong usage', async (_, args, message) => {
  const { exitCode, out, err } = await runTypes(...args);

  expect([exitCode, out]).toEqual([2, []]);
  expect(err.join('\n')).toMatch(message);
});

describe('the types of roadmaps', () => {
  const wrong = {
    'a text for a number': { order: '1' },
    'no title': { title: undefined },
    'another choice': { renderer: 'word' },
    'a text for a list': { tags: 'role-roadmap' },
    'a sponsor without a URL': { sponsor: { title: 'Oakleaf' } },
    'a text for a group': { seo: 'none' },
  };
  let problems: Map<string, string[]>;

  beforeAll(async () => {
    await runTypes('roadmaps', '--out', path.join(folder, 'roadmaps.ts'));
    const text = await readFile(path.join(EXAMPLES_DIR, 'woodworking', 'woodworking.md'), 'utf8');
    const right = frontmatterOf(text);
    problems = await findProblems({
      right,
      unknown: { ...right, difficulty: 3, note: null },
      ...Object.fromEntries(
        Object.entries(wrong).map(([name, keys]) => [name, { ...right, ...keys }])
      ),
    });
  });

  test.each(['right', 'unknown'])('accept frontmatter with %s keys', (name) => {
    expect(problems.get(name)).toEqual([]);
  });

  test.each(Object.keys(wrong))('reject %s', (name) => {
    expect(problems.get(name)).toEqual([
      expect.stringMatching(/is not assignable to type|is missing in type/),
    ]);
  });
});

/** Returns the errors of the strict compiler for documents with such frontmatter, by name. */
async function findProblems(samples: Record<string, object>): Promise<Map<string, string[]>> {
  const files = Object.entries(samples).map(([name, frontmatter]) => ({
    name,
    file: path.join(folder, `${name}.ts`),
    code: [
      "import type { RoadmapDocument } from './roadmaps';",
      "export const document: RoadmapDocument = { slug: 'woodworking', etag: '0', body: '',",
      `  frontmatter: ${JSON.stringify(frontmatter)} };`,
    ].join('\n'),
  }));
  for (const { file, code } of files) await writeFile(file, code);
  const program = ts.createProgram(
    files.map(({ file }) => file),
    { strict: true, noEmit: true, types: [] }
  );
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
    file: path.basename(file?.fileName ?? '', '.ts'),
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
  return new Map(
    files.map(({ name }) => [
      name,
      problems.filter(({ file }) => file === name).map(({ message }) => message),
    ])
  );
}
