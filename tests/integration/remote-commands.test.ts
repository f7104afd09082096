// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createToken } from '../helpers/accounts';
import { runCli, type CliRun } from '../helpers/cli';
import { listen, startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';
import { roadmapText } from '../helpers/uploads';

/** Answers requests, and runs the commands that use its database in this process. */
let cms: Cms;
let url: string;
let tokens: Record<'full' | 'reader', string>;

const IMPORTS: [title: string, args: string[]][] = [
  ['into drafts', ['import', '{folder}', '--draft']],
  ['as JSON', ['import', '{folder}', '--json']],
  ['again', ['import', '{folder}']],
  ['by force', ['import', '{folder}', '--force']],
];
const EXPORT = ['export', '{folder}', '--force'];
/** By title: the outcome of these imports in this process on the same content, and of an export. */
const beside = new Map<string, [imported: Outcome, exported: Outcome]>();

/** The files that each run of the command line starts with, and the copy that it works on. */
let template: string;
let folder: string;

beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-remote-'));
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-remote-'));
  await writeFiles(EDITED_FILES);
  cms = await startCms();
  await writeContent();
  for (const [title, args] of IMPORTS) {
    beside.set(title, [await inProcess(args), await inProcess(EXPORT)]);
  }
  await cms.stop();
  cms = await startCms();
  await writeContent();
  tokens = {
    full: await createToken(cms.strapi, 'full-access'),
    reader: await createToken(cms.strapi, 'custom', ['plugin::frontmatter.collection.find']),
  };
  url = await listen(cms);
});

afterAll(async () => {
  await cms.stop();
  await rm(template, { recursive: true });
  await rm(folder, { recursive: true });
});

const FILES: Record<string, string> = {
  'backend.md': roadmapText({ relatedRoadmaps: '[frontend, nowhere]' }),
  'frontend.md': roadmapText({ order: '2', relatedRoadmaps: '[backend]' }),
  'draft.md': roadmapText({ order: '3' }),
  'old.md': roadmapText({ order: '4' }),
  'older.md': roadmapText({ order: '5' }),
  'deleted.md': roadmapText({ order: '6' }),
  'unpublished.md': roadmapText({ order: '7' }),
};

/** Imported as a draft, which an edit publishes. */
const STARTED = { 'started.md': roadmapText({ order: '8' }) };

const EDITED_FILES: Record<string, string | Buffer> = {
  ...FILES,
  ...STARTED,
  'backend.md': roadmapText({ title: "'File'", relatedRoadmaps: '[frontend, nowhere]' }),
  'draft.md': roadmapText({ order: '3', briefTitle: "'File'" }),
  'older.md': roadmapText({ order: '55' }),
  'fresh.md': roadmapText({ relatedRoadmaps: '[unheard-of, twin]', colour: 'red' }),
  'wrong.md': roadmapText({ order: 'two' }),
  'a b.md': roadmapText({ order: 'two' }),
  'back\\slash.md': roadmapText(),
  'latin1.md': Buffer.from(roadmapText({ title: "'\xff'" }), 'latin1'),
  'large.md': roadmapText({}, 'x'.repeat(1024 * 1024)),
  'long.md': roadmapText({}, 'x'.repeat(900 * 1024)),
  'twice.md': roadmapText(),
  'twice/twice.md': roadmapText(),
  'twin.md': '# A topic of the same name\n',
  'twin/twin.md': roadmapText(),
  'plain.md': '# A topic\n',
  'below/topic.md': '# Another\n',
};

async function writeFiles(files: Record<string, string | Buffer>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(template, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Imports files, and edits them in the CMS as editors do. */
async function writeContent(): Promise<void> {
  const take = (name: string, text: string, draft: boolean) =>
    importText(cms.strapi, path.basename(name, '.md'), text, { draft });
  for (const [name, text] of Object.entries(FILES)) await take(name, text, false);
  for (const [name, text] of Object.entries(STARTED)) await take(name, text, true);
  await edit('backend', { title: 'CMS' });
  await edit('frontend', { isNew: true });
  await edit('draft', { title: 'Not yet' }, 'draft');
  await edit('old', { slug: 'new' });
  await edit('older', { slug: 'newer' });
  await edit('started', { note: 'Done' });
  const documents = cms.strapi.documents(ROADMAP);
  await documents.delete({ documentId: await documentIdOf('deleted') });
  await documents.unpublish({ documentId: await documentIdOf('unpublished') });
}

async function documentIdOf(slug: string): Promise<string> {
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
  return draft?.documentId ?? '';
}

async function edit(
  slug: string,
  data: object,
  status: 'draft' | 'published' = 'published'
): Promise<void> {
  const documentId = await documentIdOf(slug);
  await cms.strapi.documents(ROADMAP).update({ documentId, data, status });
}

interface Outcome extends CliRun {
  /** Contents of the files in the folder afterwards, by name. */
  files: Record<string, string>;
}

/** Runs a command on a fresh copy of the files. */
async function run(args: readonly string[], command = runCli): Promise<Outcome> {
  await rm(folder, { recursive: true });
  await cp(template, folder, { recursive: true });
  const result = await command(...args.map((arg) => arg.replace('{folder}', folder)));
  const files: Outcome['files'] = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const content = await readFile(path.join(folder, name), 'latin1').catch(() => 'a folder');
    files[name] = content;
  }
  return { ...result, files };
}

const inProcess = (args: readonly string[]) => run(args, (...given) => runCliIn(cms, ...given));

const fromElsewhere = (args: readonly string[], token = tokens.full) =>
  run([...args, '--url', url, '--token', token]);

describe('a command that only reads the CMS prints and does the same over --url', () => {
  test.each<[string, string[], Outcome['exitCode'], RegExp]>([
    [
      'import --dry-run',
      ['import', '{folder}', '--dry-run'],
      1,
      /^Would import 18 files: .*2 conflict.*; 3 other \.md files left alone$/,
    ],
    ['import --dry-run --draft', ['import', '{folder}', '--dry-run', '--draft'], 1, /created/],
    ['import --dry-run --force', ['import', '{folder}', '--dry-run', '--force'], 1, /updated/],
    ['import --json', ['import', '{folder}', '--dry-run', '--json'], 1, /"conflicts": \[/],
    [
      'import --if-empty',
      ['import', '{folder}', '--if-empty', '--dry-run'],
      0,
      /^Imported nothing: 'roadmaps' already has documents$/,
    ],
    ['import of no file', ['import', '{folder}/nothing.md', '--dry-run'], 1, /1 invalid/],
    ['export', ['export', '{folder}'], 1, /2 updated.*2 kept.*; 1 file of a deleted document/],
    ['export --check', ['export', '{folder}', '--check'], 1, /^Would export /m],
    ['export --prune', ['export', '{folder}', '--prune'], 1, /1 moved.*2 files removed/],
    ['export --check --prune', ['export', '{folder}', '--check', '--prune'], 1, /would move/],
    ['export --force', ['export', '{folder}', '--force'], 1, /4 updated/],
    ['export --json', ['export', '{folder}', '--json'], 1, /"action": "kept"/],
    ['export to nowhere', ['export', '{folder}/nothing'], 2, /^$/],
    ['lint', ['lint'], 1, /^1 finding in 1 document$/],
    ['lint --draft', ['lint', '--draft'], 1, /^1 finding in 1 document$/],
    ['lint --json', ['lint', '--json'], 1, /"code": "pending-link"/],
    ['history', ['history', 'older'], 0, /newer renamed/],
    ['history --json', ['history', 'backend', '--json'], 0, /"reason": "updated"/],
    ['history of nothing', ['history', 'unheard-of'], 1, /^$/],
    ['an unknown collection', ['history', 'backend', '--collection', 'books'], 2, /^$/],
  ])('%s', async (_, args, exitCode, out) => {
    const expected = await inProcess(args);

    const remote = await fromElsewhere(args);

    expect(remote).toEqual(expected);
    expect(remote.exitCode).toBe(exitCode);
    expect(remote.out.join('\n')).toMatch(out);
  });
});

describe('what the command line cannot do over --url', () => {
  test.each<[string, string[], RegExp]>([
    ['reconcile', ['reconcile'], /^error: A server compares everything when it starts: restart it/],
    ['schedule', ['schedule'], /^error: schedule needs the database: run it beside the CMS/],
  ])('%s is wrong usage, with what to do instead', async (_, args, message) => {
    const { exitCode, out, err } = await fromElsewhere(args);

    expect([exitCode, out]).toEqual([2, []]);
    expect(err.join('\n')).toMatch(message);
  });

  test.each<[string, string[]]>([
    ['validate', ['validate', '{folder}/frontend.md']],
    ['lint of files', ['lint', '{folder}/started.md']],
  ])('%s does not contact a CMS', async (_, args) => {
    process.env.FRONTMATTER_URL = 'http://127.0.0.1:1';
    const { exitCode, err } = await run(args);
    delete process.env.FRONTMATTER_URL;

    expect([exitCode, err]).toEqual([0, []]);
  });
});

describe('the caller', () => {
  test('may set URL and token in the environment, and needs no database', async () => {
    const env = { FRONTMATTER_URL: `${url}/`, FRONTMATTER_TOKEN: `${tokens.full}\n` };
    // If an application were loaded here, it would find no database.
    const nowhere = { DATABASE_CLIENT: 'postgres', DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const before = { ...process.env };
    Object.assign(process.env, env, nowhere);

    const { exitCode, out } = await runCli('history', 'frontend');
    for (const name of Object.keys({ ...env, ...nowhere })) delete process.env[name];
    Object.assign(process.env, before);

    expect(exitCode).toBe(0);
    expect(out[0]).toMatch(/^.* frontend updated \(isNew\) from the command line; /);
  });

  test.each<[string, string[], string]>([
    ['import', ['import', '{folder}'], 'import'],
    ['export', ['export', '{folder}'], 'export'],
    ['lint', ['lint'], 'lint'],
    ['history', ['history', 'backend'], 'findPublications'],
  ])('learns which permission %s needs', async (_, args, permission) => {
    const { exitCode, out, err } = await fromElsewhere(args, tokens.reader);

    expect([exitCode, out]).toEqual([2, []]);
    expect(err).toEqual([
      `error: The token may not do this (403): it needs the permission plugin::frontmatter.document.${permission}; give it to the token in the panel of the CMS, under Settings → API Tokens`,
    ]);
  });

  test('gets an error for an unknown token', async () => {
    const { exitCode, err } = await fromElsewhere(['lint'], 'c0ffee');

    expect(exitCode).toBe(2);
    expect(err).toEqual([expect.stringMatching(/^error: The CMS does not know this token/)]);
  });

  test('gets an error for a token without a URL', async () => {
    const { exitCode, err } = await run(['import', '{folder}', '--token', 'c0ffee']);

    expect([exitCode, err]).toEqual([
      2,
      ['error: --token is for a running CMS: name it with --url'],
    ]);
  });

  test('gets an error for a URL that does not lead to a CMS', async () => {
    const { exitCode, err } = await run(['lint', '--url', `${url}/cms`]);

    expect(exitCode).toBe(2);
    expect(err).toEqual([
      expect.stringMatching(
        /^error: There is no http.*\/cms\/api\/frontmatter \(404\): check that/
      ),
    ]);
  });
});

describe('GET /api/frontmatter/export', () => {
  const get = (query: string, token?: string) =>
    fetch(`${url}/api/frontmatter/export${query}`, {
      headers: token ? { Authorization: `Bearer ${token}` } : {},
    });

  test('returns the texts that readers get, one per line, in order of slug', async () => {
    const answer = await get('?collection=roadmaps', tokens.full);
    const lines = (await answer.text()).trimEnd().split('\n');
    const texts: { slug: string; text: string }[] = lines.map((line) => JSON.parse(line));

    expect(answer.headers.get('Content-Type')).toBe('application/x-ndjson; charset=utf-8');
    expect(texts.map(({ slug }) => slug)).toEqual([
      ...['backend', 'draft', 'frontend', 'new', 'newer', 'started'],
    ]);
    for (const { slug, text } of texts) {
      const read = await fetch(`${url}/api/frontmatter/roadmaps/${slug}.md`);
      expect(text).toBe(await read.text());
    }
  });

  test.each([
    ['nobody without its permission', '', undefined, 403],
    ['no collection that is not there', '?collection=books', 'full', 404],
    ['no key that it does not know', '?since=1', 'full', 400],
  ] as const)('accepts %s', async (_, query, token, status) => {
    expect((await get(query, token && tokens[token])).status).toBe(status);
  });
});

describe('an import over --url', () => {
  test.each(IMPORTS)('%s prints the same, and has the same result', async (title, args) => {
    const [imported, exported] = beside.get(title) ?? [];

    const remote = await fromElsewhere(args);

    expect(remote).toEqual(imported);
    expect(remote.exitCode).toBe(1);
    expect(await fromElsewhere(EXPORT)).toEqual(exported);
  });
});
