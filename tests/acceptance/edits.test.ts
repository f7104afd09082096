import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diffArrays } from 'diff';
import { ownersOf } from '../../src/plugins/frontmatter/core/testing/line-owners';
import { caseFile, caseSlugs, describeWithCases, ROADMAP_CASES_DIR } from '../helpers/cases';
import { runCli } from '../helpers/cli';
import { startCms, useDatabase, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { ROADMAP } from '../helpers/roadmaps';

/** A draft of a roadmap, with what the edits read. */
interface Draft {
  documentId: string;
  order: number;
  hasTopics: boolean | null;
  description: string;
  body: string | null;
  seo: { id: number; title: string } | null;
  keywords: { documentId: string; name: string }[];
}

interface Edit {
  /** Keys whose lines may change, in addition to that of the date. */
  paths: string[];
  data: (draft: Draft) => object | Promise<object>;
}

/** Returns the edits of an editor; each file gets all of them, one after the other. */
const editsOf = (cms: Cms): Record<string, Edit> => {
  const createKeyword = async (name: string) =>
    (await cms.strapi.documents('api::keyword.keyword').create({ data: { name } })).documentId;
  const createSponsor = async (title: string) =>
    (
      await cms.strapi.documents('api::sponsor.sponsor').create({
        data: { name: title, title, url: `https://example.org/${title}` },
      })
    ).documentId;
  const keywordIds = ({ keywords }: Draft) => keywords.map(({ documentId }) => documentId);
  return {
    'a text of one line': { paths: ['title'], data: () => ({ title: "It's: a # title" }) },
    'a text that grows to several lines': {
      paths: ['description'],
      data: ({ description }) => ({ description: `${description}\n\nSecond: paragraph\n` }),
    },
    'a text that shrinks to one line again': {
      paths: ['description'],
      data: ({ description }) => ({ description: description.split('\n')[0] }),
    },
    'a number': { paths: ['order'], data: ({ order }) => ({ order: order + 1000 }) },
    'a boolean': { paths: ['hasTopics'], data: ({ hasTopics }) => ({ hasTopics: !hasTopics }) },
    'a key that is added': { paths: ['note'], data: () => ({ note: 'Mind **this**' }) },
    'a key that is removed': { paths: ['note'], data: () => ({ note: null }) },
    'a key in a group': {
      paths: ['seo.title'],
      data: ({ seo }) => ({ seo: { ...seo, title: 'Another title' } }),
    },
    'a keyword in the middle': {
      paths: ['seo.keywords'],
      data: async (draft) => {
        const ids = keywordIds(draft);
        const created = await createKeyword(`inserted ${draft.documentId}`);
        return { keywords: [...ids.slice(0, 3), created, ...ids.slice(3)] };
      },
    },
    'keywords in another order': {
      paths: ['seo.keywords'],
      data: (draft) => ({ keywords: keywordIds(draft).reverse() }),
    },
    'a keyword that is removed, with its repeats': {
      paths: ['seo.keywords'],
      data: (draft) => ({ keywords: keywordIds(draft).slice(1) }),
    },
    'a sponsor': {
      paths: ['sponsor'],
      data: async ({ documentId }) => ({ sponsor: await createSponsor(`a-${documentId}`) }),
    },
    'another sponsor': {
      paths: ['sponsor'],
      data: async ({ documentId }) => ({ sponsor: await createSponsor(`b-${documentId}`) }),
    },
    'no sponsor': { paths: ['sponsor'], data: () => ({ sponsor: null }) },
    'the body': { paths: ['body'], data: ({ body }) => ({ body: `${body ?? ''}\nMore.\n` }) },
  };
};

const DATE = 'schema.dateModified';

/** Returns the lines of a file, each with the key that it belongs to. */
function ownedLines(file: string): { text: string; path: string }[] {
  const [, yaml = '', ...body] = file.split(/^---\n/m);
  const bodyLines = body.join('---\n').split('\n');
  return [...ownersOf(yaml).lines, ...bodyLines.map((text) => ({ text, path: 'body' }))];
}

/** Returns the paths of the lines that only one of two files has. */
function pathsOfDifference(before: string, after: string): string[] {
  const changes = diffArrays(ownedLines(before), ownedLines(after), {
    comparator: (a, b) => a.text === b.text,
  });
  const changed = changes.filter(({ added, removed }) => added || removed);
  return changed.flatMap(({ value }) => value.map((line) => line.path.replace(/^=/, '')));
}

const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}.`);

describeWithCases('an edit of a case file in the CMS, published', () => {
  let database: TestDatabase;
  let cms: Cms;
  const slugs = caseSlugs();

  beforeAll(async () => {
    database = await createDatabase();
    useDatabase(database);
    await runCli('import', ROADMAP_CASES_DIR);
    cms = await startCms(database);
  });

  afterAll(() => database.drop());

  const textOf = async (slug: string): Promise<string> =>
    (await cms.http.get(`/api/frontmatter/roadmaps/${slug}.md`).buffer(true)).text;

  const draftOf = async (slug: string): Promise<Draft> =>
    (await cms.strapi.documents(ROADMAP).findFirst({
      filters: { slug },
      populate: { keywords: true, seo: true },
    })) as unknown as Draft;

  test.each(slugs)('%s changes only its own lines, whatever the edit', async (slug) => {
    let before = await textOf(slug);
    for (const [name, { paths, data }] of Object.entries(editsOf(cms))) {
      const draft = await draftOf(slug);

      await cms.strapi.documents(ROADMAP).update({
        documentId: draft.documentId,
        data: (await data(draft)) as never, // keys are attributes of a roadmap
        status: 'published',
      });

      const after = await textOf(slug);
      expect([name, after === before]).toEqual([name, false]);
      const touched = new Set(pathsOfDifference(before, after));
      const isOwn = (touchedPath: string) =>
        [...paths, DATE].some((own) => isWithin(touchedPath, own) || isWithin(own, touchedPath));
      expect([name, [...touched].filter((touchedPath) => !isOwn(touchedPath))]).toEqual([name, []]);
      before = after;
    }
  });

  test('leaves nothing to do for a fresh render of everything, and is exported unchanged', async () => {
    const texts = new Map<string, string>();
    for (const slug of slugs) texts.set(slug, await textOf(slug));
    const found = await cms.strapi.plugin('frontmatter').service('reconciler').reconcile({
      check: true,
    });
    expect(found).toEqual([]);
    await cms.stop(); // a process holds one application at a time

    const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-edits-'));
    const { exitCode } = await runCli('export', folder, '--collection', 'roadmaps');

    expect(exitCode).toBe(0);
    for (const slug of slugs) {
      expect(await readFile(path.join(folder, slug, `${slug}.md`), 'utf8')).toBe(texts.get(slug));
    }
    const again = await runCli('import', folder);
    expect(again.out).toEqual([`Imported 47 files: 47 unchanged`]);
    const old = await runCli('import', ...slugs.map(caseFile));
    expect(old.out).toEqual([`Imported 47 files: 47 outdated`]);
    await rm(folder, { recursive: true });
  });
});
