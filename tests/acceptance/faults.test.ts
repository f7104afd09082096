import { readFile } from 'node:fs/promises';
import { defineShape, integer, read, text, textList } from '../../src/plugins/frontmatter/core';
import { parsedOf, patched } from '../../src/plugins/frontmatter/core/testing/patching';
import { shape as roadmaps } from '../../src/api/roadmap/frontmatter';
import { describeWithCases, faultFile } from '../helpers/cases';
import { startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { roadmapUrl } from '../helpers/uploads';

const notes = defineShape({
  collection: 'notes',
  contentType: 'api::note.note',
  slug: 'slug',
  body: 'body',
  source: 'source',
  files: ['{slug}.md'],
  keys: {
    title: text(),
    order: integer(),
    questions: textList({ itemAttribute: 'question' }),
  },
});

const load = (name: string): Promise<string> => readFile(faultFile(`${name}.md`), 'utf8');

/** Returns the lines that an edit removes from a file, and those that it adds. */
async function edit(name: string, change: object): Promise<{ gone: string[]; added: string[] }> {
  const before = await load(name);
  const after = patched(notes, before, { ...parsedOf(before).data, ...change }).split('\n');
  const lines = before.split('\n');
  return {
    gone: lines.filter((line) => !after.includes(line)),
    added: after.filter((line) => !lines.includes(line)),
  };
}

describeWithCases('the small inputs that went wrong', () => {
  test.each([
    ['01-unindented-quoted-continuation', roadmaps, /indent/],
    ['03-merge-key', roadmaps, /write the merged keys out/],
    ['04-merge-key-required', roadmaps, /write the merged keys out/],
    ['28-template', notes, /put the value in quotes/],
  ])('%s is rejected with one message that says what to do', async (name, shape, message) => {
    const { kind, issues } = read(shape, await load(name));

    expect(kind).toBe('invalid');
    const errors = issues.filter(({ severity }) => severity === 'error');
    expect(errors.map((issue) => issue.message)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['21-spaces-on-a-blank-line', { title: 'a\nb' }, ['title: One']],
    ['22-tab-on-a-blank-line', { title: 'a\nb' }, ['title: One']],
    ['24-spaces-between-items', { questions: ['Uno', 'Two'] }, ['  - One']],
    ['26-tag', { title: 'a text' }, ['title: !!int 42']],
  ])('an edit of %s removes only its own lines', async (name, change, gone) => {
    const edited = await edit(name, change);

    expect(edited.gone).toEqual(gone);
    expect(edited.added.join('\n')).not.toContain('!!');
  });

  test('27-key-without-a-name stays byte for byte', async () => {
    expect(await edit('27-key-without-a-name', {})).toEqual({ gone: [], added: [] });
  });

  describe('imported', () => {
    let cms: Cms;

    beforeAll(async () => {
      cms = await startCms();
    });

    afterAll(() => cms.stop());

    test('12-draft-true is a draft', async () => {
      const { action } = await importText(cms.strapi, 'unfinished', await load('12-draft-true'));

      expect(action).toBe('created');
      await cms.http.get(roadmapUrl('unfinished.md')).expect(404);
    });
  });
});
