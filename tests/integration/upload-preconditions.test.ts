import { loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { put, roadmapText, roadmapUrl } from '../helpers/uploads';

let cms: Cms;
let author: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  author = await loginWithToken(cms.strapi, 'full-access');
});

afterAll(() => cms.stop());

const text = (title: string): string => roadmapText({ title: `'${title}'` });

const etagOf = async (name: string, query = ''): Promise<string> =>
  String((await author.get(`${roadmapUrl(name)}${query}`)).headers['etag']);

const titleOf = async (slug: string): Promise<string> =>
  (await cms.http.get(roadmapUrl(`${slug}.json`))).body.title;

describe('If-Match', () => {
  test.each(['.md', '.yaml', '.json', ''])(
    'accepts the ETag of the representation %j while the document has it',
    async (extension) => {
      const slug = `matched${extension.slice(1)}`;
      await put(author, slug, text('One'));
      const etag = await etagOf(slug + extension);

      const first = await put(author, slug, text('Two')).set('If-Match', etag);
      const second = await put(author, slug, text('Three')).set('If-Match', etag);

      expect(first.status).toBe(200);
      expect(second.status).toBe(412);
      expect(second.body).toMatchObject({ data: null, error: { status: 412, details: {} } });
      expect(second.body.error.message).toContain(`its ETag is ${await etagOf(`${slug}.md`)} now`);
      expect(await titleOf(slug)).toBe('Two');
    }
  );

  test.each([
    ['the hash alone, as the envelope shows it', (etag: string) => etag.replace('-md', ''), 200],
    ['a list that holds it', (etag: string) => `"other", ${etag},, "x,y"`, 200],
    ['a star', () => '*', 200],
    ['tags of others', () => '"other", "00000000000000000000000000000000-md"', 412],
    ['its weak form, as a proxy that compresses sends it', (etag: string) => `W/${etag}`, 200],
    ['the name of an encoding in it', (etag: string) => etag.replace(/"$/, '-gzip"'), 200],
    ['the weak form of others', () => 'W/"00000000000000000000000000000000-md"', 412],
    ['a list without it', () => '"", "x"', 412],
    ['a tag of a form that is none of ours', (etag: string) => etag.replace('-md', '-xml'), 412],
    ['no quotes', (etag: string) => etag.replaceAll('"', ''), 400],
    ['a quote that is not closed', (etag: string) => etag.slice(0, -1), 400],
    ['tags without a comma', (etag: string) => `${etag} ${etag}`, 400],
    ['a small w', (etag: string) => `w/${etag}`, 400],
    ['a star among tags', (etag: string) => `*, ${etag}`, 400],
  ])('with %s', async (name, header, expected) => {
    const slug = name.replace(/\W+/g, '-');
    await put(author, slug, text('One'));
    const etag = await etagOf(`${slug}.md`);

    const { status, body } = await put(author, slug, text('Two')).set('If-Match', header(etag));

    expect(status).toBe(expected);
    expect(await titleOf(slug)).toBe(expected === 200 ? 'Two' : 'One');
    if (expected === 400) {
      expect(body).toMatchObject({ data: null, error: { status: 400, name: 'ValidationError' } });
      expect(body.error.message).toMatch(/^If-Match must be \* or entity tags in double quotes/);
    }
  });

  test('for a missing document matches nothing, and creates nothing', async () => {
    const { status, body } = await put(author, 'nowhere', text('One')).set('If-Match', '*');

    expect(status).toBe(412);
    expect(body.error.message).toMatch(/^There is no such document to match/);
    expect(await cms.strapi.documents(ROADMAP).count({ filters: { slug: 'nowhere' } })).toBe(0);
  });

  test('lets its author go back to an earlier text', async () => {
    await put(author, 'back', text('One'));
    await put(author, 'back', text('Two'));

    const stale = await put(author, 'back', text('One'));
    expect(stale.body.data.action).toBe('outdated');
    const back = await put(author, 'back', text('One')).set('If-Match', await etagOf('back.md'));
    expect(back.body.data.action).toBe('updated');
    expect(await titleOf('back')).toBe('One');
  });

  test('does not matter if the document cannot be read anyway', async () => {
    const { status } = await put(author, 'nowhere', '# no frontmatter').set('If-Match', '"x"');

    expect(status).toBe(422);
  });

  test('does not override a conflict that only force can resolve', async () => {
    await put(author, 'both', text('One'));
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'both' } });
    await cms.strapi.documents(ROADMAP).update({
      documentId: draft?.documentId ?? '',
      data: { title: 'Editor' },
    });
    const etag = await etagOf('both.md');

    const published = await put(author, 'both', text('Two')).set('If-Match', etag);

    // The published text is the one that was read, but the draft has changed since.
    expect(published.status).toBe(409);
  });

  test('with status=draft applies to the draft', async () => {
    const documentId = await publishRoadmap(cms.strapi, { slug: 'in-work', title: 'Published' });
    await cms.strapi.documents(ROADMAP).update({ documentId, data: { title: 'In work' } });
    const draft = (await author.get(roadmapUrl('in-work.md?status=draft'))).text;
    const published = await etagOf('in-work.md');

    const send = (etag: string) =>
      put(author, 'in-work?status=draft', draft.replace('In work', 'Done')).set('If-Match', etag);

    expect((await send(published)).status).toBe(412);
    expect((await send(await etagOf('in-work.md', '?status=draft'))).status).toBe(200);
    expect(await titleOf('in-work')).toBe('Published');
  });

  test('lets exactly one of many concurrent writers win', async () => {
    await put(author, 'raced', text('Start'));
    const etag = await etagOf('raced.md');

    const answers = await Promise.all(
      ['A', 'B', 'C', 'D', 'E'].map((title) =>
        put(author, 'raced', text(title)).set('If-Match', etag)
      )
    );

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 412, 412, 412, 412]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await titleOf('raced')).toBe('ABCDE'[winner]);
  });
});

describe('If-None-Match', () => {
  test('of * creates a document, once', async () => {
    const send = (title: string) =>
      put(author, 'created-once', text(title)).set('If-None-Match', '*');

    const answers = await Promise.all(['A', 'B', 'C'].map(send));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412]);
    const refused = answers.find(({ status }) => status === 412);
    expect(refused?.body.error.message).toMatch(/^The document already exists/);
  });

  test('of * does not touch a draft that was never published', async () => {
    await put(author, 'only-draft?status=draft', text('Draft'));

    const { status } = await put(author, 'only-draft', text('New')).set('If-None-Match', '*');

    expect(status).toBe(412);
  });

  test('of * creates a deleted document again', async () => {
    await put(author, 'again', text('One'));
    const draft = await cms.strapi.documents(ROADMAP).findFirst({ filters: { slug: 'again' } });
    await cms.strapi.documents(ROADMAP).delete({ documentId: draft?.documentId ?? '' });

    const { status } = await put(author, 'again', text('One')).set('If-None-Match', '*');

    expect(status).toBe(201);
    expect(await titleOf('again')).toBe('One');
  });

  test('of tags rejects a change of a document that has one of them, weak or not', async () => {
    await put(author, 'not-this', text('One'));
    const etag = await etagOf('not-this.json');
    const send = (header: string) =>
      put(author, 'not-this', text('Two')).set('If-None-Match', header);

    expect((await send(`"x", W/${etag}`)).status).toBe(412);
    expect((await send('nonsense')).status).toBe(400);
    expect((await send('"x"')).status).toBe(200);
  });
});
