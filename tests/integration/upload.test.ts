import { parse } from 'yaml';
import { loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { errorBody, put, roadmapLines, roadmapText, roadmapUrl } from '../helpers/uploads';

const UPDATE = 'plugin::frontmatter.document.update';
const DRAFT = 'plugin::frontmatter.document.draft';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'custom', [UPDATE]);
});

afterAll(() => cms.stop());

const readText = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.md`)).responseType('blob')).body.toString();

const readYaml = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.yaml`)).responseType('blob')).body.toString();

const readJson = async (slug: string) => (await cms.http.get(roadmapUrl(`${slug}.json`))).body;

const publications = (slug?: string): Promise<number> =>
  cms.strapi.db
    .query('plugin::frontmatter.publication')
    .count({ where: slug === undefined ? {} : { slug } });

describe('a markdown file', () => {
  test('creates a document, is served byte for byte, and changes the document the next time', async () => {
    const text = roadmapText({ title: "'One' # comment", colour: 'red' }, '# Hi\n');

    const created = await put(author, 'fresh', text);
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      data: {
        slug: 'fresh',
        action: 'created',
        etag: expect.stringMatching(/^[0-9a-f]{32}$/),
        issues: [expect.objectContaining({ code: 'unknown-key', path: 'colour', line: 7 })],
      },
      meta: { collection: 'roadmaps', status: 'published' },
    });
    expect(await readText('fresh')).toBe(text);

    const changed = text.replace("'One'", "'Two'");
    const updated = await put(author, 'fresh.md', changed);
    expect(updated.status).toBe(200);
    expect(updated.body.data.action).toBe('updated');
    expect(await readText('fresh')).toBe(changed);
  });

  test('is answered with its ETag if it is stored exactly as it was sent', async () => {
    const { headers, body } = await put(author, 'tagged', roadmapText());
    const read = await cms.http.get(roadmapUrl('tagged.md'));

    expect(headers['etag']).toBe(read.headers['etag']);
    expect(headers['etag']).toBe(`"${body.data.etag}-md"`);
    const json = await put(author, 'tagged', await readYaml('tagged'), 'text/yaml');
    expect(json.headers['etag']).toBeUndefined();
  });

  test.each([
    ['a byte order mark and CRLF', `\uFEFF${roadmapText({}, '# Hi\n').replaceAll('\n', '\r\n')}`],
    ['more than 56 kB', roadmapText({}, 'word '.repeat(40_000))],
    ['no line end at its end', roadmapText({}, 'end')],
    ['characters beyond ASCII', roadmapText({ title: "'Drachen 🪁 日本 e\u0301'" }, '\u2028')],
  ])('with %s keeps its bytes', async (name, text) => {
    const slug = name.replaceAll(' ', '-');

    expect((await put(author, slug, text)).status).toBe(201);

    expect(await readText(slug)).toBe(text);
  });

  test('that was read and is sent back changes nothing', async () => {
    await publishRoadmap(cms.strapi, { slug: 'same', body: 'Hello\n' });
    const text = await readText('same');
    const before = await publications();

    const { status, body } = await put(author, 'same.md', text);

    expect(status).toBe(200);
    expect(body.data).toMatchObject({ action: 'unchanged', issues: [] });
    const { headers } = await cms.http.get(roadmapUrl('same.md'));
    expect(headers['etag']).toBe(`"${body.data.etag}-md"`);
    expect(await publications()).toBe(before);
  });

  test('is linked at once by documents that wait for its slug', async () => {
    await put(author, 'waits', roadmapText({ relatedRoadmaps: '[comes-later]' }));
    const { body } = await put(
      author,
      'comes-later',
      roadmapText({ relatedRoadmaps: '[comes-later]' })
    );

    expect(body.data.issues).toEqual([]);
    const waits = await cms.strapi
      .documents(ROADMAP)
      .findFirst({ filters: { slug: 'waits' }, populate: ['relatedRoadmaps'] });
    expect(waits?.relatedRoadmaps).toMatchObject([{ slug: 'comes-later' }]);
  });
});

describe('YAML and JSON', () => {
  const text = [
    '\uFEFF---',
    '# sorted by hand',
    ...roadmapLines({ title: '"Kites"   # short', colour: "'red' # ours" }),
    'tags:',
    '- outdoors # first',
    '- wind',
    '---',
    '# Body',
    '',
  ].join('\r\n');

  beforeEach(async () => {
    await put(author, 'formats', text, 'text/markdown').query({ force: true });
    expect(await readText('formats')).toBe(text);
  });

  test('that were read and are sent back change nothing', async () => {
    const before = await publications();
    const yaml = await put(author, 'formats.yaml', await readYaml('formats'), 'application/yaml');
    const json = await put(
      author,
      'formats.json',
      JSON.stringify(await readJson('formats')),
      'application/json'
    );

    expect([yaml.body.data.action, json.body.data.action]).toEqual(['unchanged', 'unchanged']);
    expect(await publications()).toBe(before);
  });

  test.each([
    ['title', 'Big kites', '"Kites"', '"Big kites"'],
    ['colour', 'blue', "'red'", "'blue'"],
  ])('JSON with another %s changes that line only', async (key, value, from, to) => {
    const data = { ...(await readJson('formats')), [key]: value };

    const { status, body } = await put(
      author,
      'formats.json',
      JSON.stringify(data),
      'application/json'
    );

    expect(status).toBe(200);
    expect(body.data.action).toBe('updated');
    expect(await readText('formats')).toBe(text.replace(from, to));
  });

  test('YAML with another value changes that line only', async () => {
    const yaml = (await readYaml('formats')).replace('- wind', '- gusts');

    const { body } = await put(author, 'formats', yaml, 'text/yaml');

    expect(body.data.action).toBe('updated');
    expect(await readText('formats')).toBe(text.replace('- wind', '- gusts'));
  });

  test('update a document whose rename waits to be published, and keep its body', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'old-name', body: 'Body\n' });
    await cms.strapi.documents(ROADMAP).update({ documentId, data: { slug: 'new-name' } });
    const data = { ...(await readJson('old-name')), order: 55 };

    const { status } = await put(author, 'old-name', JSON.stringify(data), 'application/json');

    expect(status).toBe(200);
    expect(await cms.strapi.documents(ROADMAP).findOne({ documentId })).toMatchObject({
      order: 55,
      body: 'Body\n',
      slug: 'new-name',
    });
  });

  test('create documents, without a body', async () => {
    const yaml = await put(author, 'by-yaml.yaml', roadmapLines().join('\n'), 'text/yaml');
    const data = parse(roadmapLines().join('\n'));
    const json = await put(author, 'by-json', JSON.stringify(data), 'application/json');

    expect([yaml.status, json.status]).toEqual([201, 201]);
    expect(await readText('by-yaml')).toBe(`---\n${roadmapLines().join('\n')}\n---\n`);
    expect(await readJson('by-json')).toEqual(data);
  });

  test('conflicts are reported at their position in what was sent', async () => {
    const json = `{\n${Object.entries(await readJson('formats'))
      .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n}`.replace('"Kites",\n"description"', '"Mine",\n"description"');
    const theirs = text.replace('"Kites"', '"Theirs"').replace('order: 1', 'order: 2');
    await put(author, 'formats', theirs);

    const { status, body } = await put(author, 'formats', json, 'application/json');

    expect(status).toBe(409);
    const line = json.split('\n').findIndex((each) => each.includes('"Mine"')) + 1;
    expect(body.error.details.issues).toEqual([
      expect.objectContaining({ code: 'conflict', path: 'title', line, column: 10 }),
      expect.objectContaining({ code: 'unknown-key', path: 'colour' }),
    ]);
  });
});

describe('a document that was edited in the CMS as well', () => {
  async function editedInBoth(slug: string) {
    await put(author, slug, roadmapText({ title: "'Base'", note: "'Kept'" }));
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug } });
    await cms.strapi.documents(ROADMAP).update({
      documentId: draft?.documentId ?? '',
      data: { title: 'Editor' },
      status: 'published',
    });
    return roadmapText({ title: "'File'", note: "'Kept'" });
  }

  test('is answered with 409 and both values, and nothing is written', async () => {
    const file = await editedInBoth('both');
    const before = await publications();

    const { status, body } = await put(author, 'both', file);

    expect(status).toBe(409);
    expect(body).toEqual(
      errorBody(409, /^The document was changed in the CMS as well: .*\?force=true$/, {
        issues: [expect.objectContaining({ code: 'conflict', path: 'title', line: 5 })],
        conflicts: [{ path: 'title', base: 'Base', file: 'File', cms: 'Editor' }],
      })
    );
    expect(await publications()).toBe(before);
  });

  test('accepts the file with ?force=true', async () => {
    const file = await editedInBoth('forced');

    const { status, body } = await put(author, 'forced?force=true', file);

    expect(status).toBe(200);
    expect(body.data.action).toBe('updated');
    expect((await readJson('forced')).title).toBe('File');
  });

  test('keeps what only the CMS changed, and an old file changes nothing', async () => {
    const file = await editedInBoth('merged');
    const other = file.replace("'File'", "'Base'").replace("'Kept'", "'New'");

    expect((await put(author, 'merged', other)).body.data.action).toBe('updated');

    expect(await readJson('merged')).toMatchObject({ title: 'Editor', note: 'New' });
    const old = await put(author, 'merged', other);
    expect(old.status).toBe(200);
    expect(old.body.data.action).toBe('outdated');
  });

  test('that was deleted is answered with 409, and created again by force', async () => {
    const text = roadmapText({ title: "'Gone'" });
    await put(author, 'deleted', text);
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'deleted' } });
    await cms.strapi.documents(ROADMAP).delete({ documentId: draft?.documentId ?? '' });

    for (const sent of [text, text.replace('Gone', 'Changed')]) {
      const { status, body } = await put(author, 'deleted', sent);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/^the document was deleted in the CMS/);
      expect(body.error.details.issues).toMatchObject([{ code: 'departed' }]);
    }
    expect((await put(author, 'deleted?force=true', text)).status).toBe(201);
  });
});

describe('?status=draft', () => {
  test('needs the draft permission, and leaves the document unpublished', async () => {
    const drafter = await loginWithToken(cms.strapi, 'custom', [UPDATE, DRAFT]);

    const refused = await put(author, 'as-draft?status=draft', roadmapText());
    const { status, body } = await put(drafter, 'as-draft?status=draft', roadmapText());

    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toContain(DRAFT);
    expect(status).toBe(201);
    expect(body.meta.status).toBe('draft');
    expect((await cms.http.get(roadmapUrl('as-draft.md'))).status).toBe(404);
    expect((await put(author, 'as-draft', roadmapText())).body.data.action).toBe('updated');
    expect(await readText('as-draft')).toBe(roadmapText());
  });
});
