import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startCms, type Cms } from '../helpers/cms';
import { findInconsistencies } from '../helpers/frontmatter';
import { buildReshapedApplication, type ApplicationCopy } from '../helpers/grown-application';
import { ROADMAP } from '../helpers/roadmaps';
import { runCliIn } from '../helpers/shared-application';
import { roadmapText, roadmapUrl } from '../helpers/uploads';

const shapeWith = (key: string) => `
const core = require('strapi-plugin-frontmatter/core');
const { shape } = require('./ordinary-frontmatter');
exports.shape = core.defineShape({ ...shape, keys: { ...shape.keys, ${key} } });
`;

describe.each([
  ['draft: true', 'draft: core.state()'],
  ['published: false', 'published: core.state({ draftValue: false })'],
])('a file whose key says %s', (line, key) => {
  const [name = ''] = line.split(':');
  let application: ApplicationCopy;
  let cms: Cms;
  let folder: string;

  beforeAll(async () => {
    application = await buildReshapedApplication(shapeWith(key));
    cms = await startCms(undefined, { distDir: application.distDir });
    folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-drafts-'));
  });

  afterAll(async () => {
    await cms.stop();
    await application.remove();
    await rm(folder, { recursive: true });
  });

  afterEach(async () => {
    expect(await findInconsistencies(cms.strapi)).toEqual([]);
    await rm(folder, { recursive: true });
    folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-drafts-'));
  });

  const fileOf = (slug: string) => path.join(folder, `${slug}.md`);
  const write = (slug: string, overrides: Record<string, string> = {}) =>
    writeFile(fileOf(slug), roadmapText(overrides));
  const read = (slug: string) => readFile(fileOf(slug), 'utf8');
  const run = async (command: 'import' | 'export', ...args: string[]) => {
    const { exitCode, out, err } = await runCliIn(cms, command, folder, ...args);
    return [exitCode, out.at(-1), ...err];
  };
  const isRead = async (slug: string) => (await cms.http.get(roadmapUrl(`${slug}.md`))).status;
  const documents = () => cms.strapi.documents(ROADMAP);
  const idOf = async (slug: string) => {
    const draft = await documents().findFirst({ filters: { slug } });
    if (!draft) throw new Error(`no roadmap '${slug}'`);
    return draft.documentId;
  };

  test('may come from an export: once the document is published again, export removes the key', async () => {
    await write('back-again');
    const published = await read('back-again');
    await run('import');
    const documentId = await idOf('back-again');
    await documents().unpublish({ documentId });
    await run('export');
    const written = await read('back-again');
    expect(written).toBe(published.replace('\n---\n', `\n${line}\n---\n`));
    await documents().publish({ documentId });

    // Importing what the CMS wrote before the document was published reverts nothing.
    expect(await run('import')).toEqual([
      0,
      expect.stringContaining('1 outdated'),
      expect.stringContaining('the CMS already knows this text'),
    ]);
    expect(await isRead('back-again')).toBe(200);
    expect(await run('export')).toEqual([0, expect.stringContaining('1 updated')]);
    expect(await read('back-again')).toBe(published);
  });

  test('is a draft, whatever else is edited in it, and is published when the key is removed', async () => {
    await write('not-yet', { title: "'One'", [name]: line.slice(name.length + 2) });
    expect(await run('import')).toEqual([0, expect.stringContaining('1 created')]);
    await write('not-yet', { title: "'Two'", [name]: line.slice(name.length + 2) });
    expect(await run('import')).toEqual([0, expect.stringContaining('1 updated')]);
    expect(await isRead('not-yet')).toBe(404);

    await write('not-yet', { title: "'Three'" });
    expect(await run('import')).toEqual([0, expect.stringContaining('1 updated')]);
    expect((await cms.http.get(roadmapUrl('not-yet.json'))).body.title).toBe('Three');
  });

  test('loses the key when the document is published in the CMS', async () => {
    await write('released', { [name]: line.slice(name.length + 2) });
    await run('import');
    await documents().publish({ documentId: await idOf('released') });
    await run('export');

    expect(await read('released')).not.toContain(line);
    expect(await isRead('released')).toBe(200);
  });
});
