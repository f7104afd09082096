// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EXAMPLES_DIR, runCli, type CliRun } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';

let database: TestDatabase;
let cms: Cms;
/** Each test leaves it matching what the CMS serves. */
let folder: string;
let exported: CliRun;

beforeAll(async () => {
  database = await createDatabase();
  useDatabase(database);
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-export-'));
  await cp(EXAMPLES_DIR, folder, { recursive: true });
  await runCli('import', folder);
  exported = await runCli('export', folder);
  cms = await startCms(database);
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]) => runCliIn(cms, ...args);

const documentIdOf = async (slug: string): Promise<string> => {
  const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
  if (!draft) throw new Error(`no roadmap '${slug}'`);
  return draft.documentId;
};

const edit = async (slug: string, data: object) =>
  cms.strapi
    .documents(ROADMAP)
    .update({ documentId: await documentIdOf(slug), data, status: 'published' });

const fileOf = (slug: string) => path.join(folder, slug, `${slug}.md`);

test('an export of what was imported changes no file', () => {
  expect(exported.out).toEqual(['Exported 9 documents: 9 unchanged; 2 other .md files left alone']);
  expect(exported.exitCode).toBe(0);
});

test('--check shows an edit as a diff, export writes only its line, and then nothing differs', async () => {
  await edit('sailing', { order: 77 });
  const before = await readFile(fileOf('sailing'), 'utf8');

  const check = await run('export', folder, '--check');
  expect(check.exitCode).toBe(1);
  expect(check.out).toEqual(expect.arrayContaining(['+order: 77\\r']));
  expect(await readFile(fileOf('sailing'), 'utf8')).toBe(before);

  const { out } = await run('export', folder);
  expect(out).toEqual([
    'Exported 9 documents: 1 updated, 8 unchanged; 2 other .md files left alone',
  ]);
  expect(await readFile(fileOf('sailing'), 'utf8')).toBe(before.replace(/order: \d+/, 'order: 77'));
  expect((await run('export', folder, '--check')).exitCode).toBe(0);
});

test('a file that was edited since it was imported is kept, imported, and exported', async () => {
  const edited = (await readFile(fileOf('home-baking'), 'utf8')).replace(/order: \d+/, 'order: 50');
  await edit('home-baking', { isNew: true });
  await writeFile(fileOf('home-baking'), edited);

  const kept = await run('export', folder);
  expect(kept.exitCode).toBe(1);
  expect(kept.err.join()).toContain('holds changes that the CMS has not published');
  expect(await readFile(fileOf('home-baking'), 'utf8')).toBe(edited);

  await run('import', folder);
  expect((await run('export', folder)).exitCode).toBe(0);
  const merged = await readFile(fileOf('home-baking'), 'utf8');
  expect(merged).toContain('order: 50');
  expect(merged).toContain('isNew: true');
});

test('a file whose changes wait in a draft is kept until the draft is published', async () => {
  const documentId = await documentIdOf('kitchen-garden');
  const documents = cms.strapi.documents(ROADMAP);
  await documents.update({ documentId, data: { description: 'Not published yet' } });
  const edited = (await readFile(fileOf('kitchen-garden'), 'utf8')).replace(
    /order: \d+/,
    'order: 61'
  );
  await writeFile(fileOf('kitchen-garden'), edited);
  await run('import', folder);

  const kept = await run('export', folder);
  expect(kept.exitCode).toBe(1);
  expect(kept.err.join()).toContain('publish the document if the import went into its draft');
  expect(await readFile(fileOf('kitchen-garden'), 'utf8')).toBe(edited);

  await documents.publish({ documentId });
  expect((await run('export', folder)).exitCode).toBe(0);
  const published = await readFile(fileOf('kitchen-garden'), 'utf8');
  expect(published).toContain('order: 61');
  expect(published).toContain('Not published yet');
});

test('--prune keeps what is pending in the draft of an unpublished document, and the file of a new draft', async () => {
  const documents = cms.strapi.documents(ROADMAP);
  const slugs = ['public-speaking', 'amateur-astronomy'] as const;
  const edited = new Map<string, string>();
  for (const slug of slugs) {
    const text = await readFile(fileOf(slug), 'utf8');
    edited.set(slug, text.replace(/order: \d+/, 'order: 63'));
  }
  await documents.unpublish({ documentId: await documentIdOf(slugs[0]) });
  await documents.delete({ documentId: await documentIdOf(slugs[1]) });
  for (const [slug, text] of edited) await writeFile(fileOf(slug), text);
  await run('import', fileOf(slugs[0]));
  await run('import', fileOf(slugs[1]), '--draft', '--force');

  const { err } = await run('export', folder, '--prune');
  expect(err.join()).toContain('changes that the CMS has not published');
  for (const [slug, text] of edited) expect(await readFile(fileOf(slug), 'utf8')).toBe(text);

  for (const slug of slugs) await documents.publish({ documentId: await documentIdOf(slug) });
  expect((await run('export', folder)).exitCode).toBe(0);
});

test('a draft that again equals what readers get does not stop a file from being written', async () => {
  const documentId = await documentIdOf('bicycle-repair');
  const documents = cms.strapi.documents(ROADMAP);
  const { order = 0, description = '' } = (await documents.findOne({ documentId })) ?? {};
  const before = await readFile(fileOf('bicycle-repair'), 'utf8');
  await documents.update({ documentId, data: { description: 'Another' } });
  await writeFile(fileOf('bicycle-repair'), before.replace(/order: \d+/, 'order: 62'));
  await run('import', folder);
  await documents.update({ documentId, data: { description, order } as never });

  expect((await run('export', folder)).exitCode).toBe(0);
  expect(await readFile(fileOf('bicycle-repair'), 'utf8')).toBe(before);
});

test('a renamed and a deleted roadmap are reported, and moved and removed with --prune', async () => {
  const documents = cms.strapi.documents(ROADMAP);
  await edit('woodworking', { slug: 'carpentry' });
  await documents.delete({ documentId: await documentIdOf('beekeeping') });
  await documents.unpublish({ documentId: await documentIdOf('sailing') });
  const wood = await readFile(fileOf('woodworking'), 'utf8');

  const imported = await run('import', folder);
  expect(imported.exitCode).toBe(0);
  expect(imported.err.join('\n')).toMatch(/woodworking\.md.* renamed to 'carpentry'/);
  expect(imported.err.join('\n')).toMatch(/beekeeping\.md.* was deleted/);

  const check = await run('export', folder, '--check', '--prune');
  expect(check.exitCode).toBe(1);
  expect(await readdir(folder)).not.toContain('carpentry');

  const pruned = await run('export', folder, '--prune');
  expect(pruned.exitCode).toBe(0);
  const names = await readdir(folder);
  expect(names).toEqual(expect.arrayContaining(['carpentry']));
  for (const gone of ['woodworking', 'beekeeping', 'sailing']) {
    const left = await readdir(path.join(folder, gone)).catch(() => []);
    expect(left).not.toContain(`${gone}.md`);
  }
  // The deleted roadmap is no longer linked.
  expect(await readFile(fileOf('carpentry'), 'utf8')).toBe(wood.replace("  - 'beekeeping'\n", ''));
  expect((await run('export', folder, '--check')).exitCode).toBe(0);
});
