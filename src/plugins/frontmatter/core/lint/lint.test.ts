import { links } from '../fields/references';
import { text } from '../fields/values';
import { formatIssue } from '../issue';
import { read } from '../read/read';
import { defineShape } from '../shape';
import { articleDeclaration, fileOf, validLines } from '../testing/shape';
import { factsOf, lint, type KeptLink, type LintRule } from './index';

const shape = defineShape({
  ...articleDeclaration,
  keys: {
    ...articleDeclaration.keys,
    books: links({ target: 'api::book.book', orderAttribute: 'bookOrder' }),
    website: text({ isUrl: true }),
  },
  lint: {
    titles: ['title'],
    descriptions: ['summary'],
    hidden: 'isPinned',
    order: { path: 'order', lists: 'meta.keywords' },
  },
});

const link = (slug: string, state: KeptLink['state'] = 'published'): KeptLink => ({
  path: 'related',
  slug,
  state,
});

interface Article {
  lines?: string[];
  links?: KeptLink[];
}

function lintAll(articles: Record<string, Article>, off: LintRule[] = []): string[] {
  const facts = Object.entries(articles).map(([slug, { lines = validLines, links = [] }]) => {
    const result = read(shape, fileOf(...lines));
    if (result.kind === 'invalid') throw new Error(result.issues[0]?.message);
    const { file, issues: notes } = result;
    return factsOf(shape, { slug, file, notes, links, today: '2026-06-15' });
  });
  return lint(facts, { off }).flatMap(({ slug, issues }) =>
    issues.map((issue) => `${issue.code} ${formatIssue(slug, issue)}`)
  );
}

test('a document that is in order has no findings', () => {
  expect(lintAll({ a: { links: [link('b')] }, b: { links: [link('a')] } })).toEqual([]);
});

describe('links', () => {
  const lines = [...validLines, 'related:', '  - b', '  - c'];

  test('one that is not returned is reported at its position', () => {
    expect(lintAll({ a: { lines, links: [link('b')] }, b: {} })).toEqual([
      "one-way-link a:5:5 note: related: 'b' does not link to this document",
    ]);
  });

  test('a slug that no document has', () => {
    expect(lintAll({ a: { lines, links: [link('c', 'pending')] } })).toEqual([
      "pending-link a:6:5 note: related: 'c' does not exist here: it is kept, and readers get it",
    ]);
  });

  test('a document that is not published is reported at the list, which does not show it', () => {
    expect(lintAll({ a: { lines, links: [link('z', 'unpublished')] }, z: {} })).toEqual([
      "unpublished-link a:5:3 note: related: 'z' is not published: readers get this link once it is",
    ]);
  });

  test('a hidden document', () => {
    const hidden = { lines: [...validLines, 'isPinned: true'], links: [link('a')] };

    expect(lintAll({ a: { lines, links: [link('b')] }, b: hidden })).toEqual([
      "hidden-link a:5:5 note: related: 'b' is hidden: readers find it through this link only",
    ]);
  });

  test('to another collection are not checked against the same slug in this one', () => {
    const toBook = (state: KeptLink['state']): KeptLink => ({ path: 'books', slug: 'b', state });
    const hidden = { lines: [...validLines, 'isPinned: true'] };
    const to = (state: KeptLink['state']) => ({
      a: { lines: [...validLines, 'books: [b]'], links: [toBook(state)] },
      b: hidden,
    });

    expect(lintAll(to('published'))).toEqual([]);
    expect(lintAll(to('pending'))).toEqual([expect.stringMatching(/^pending-link a:4:9 /)]);
  });

  test('to documents outside the check are ignored, and so is a link to itself', () => {
    expect(lintAll({ a: { links: [link('elsewhere'), link('a')] } })).toEqual([]);
  });
});

describe('places in lists', () => {
  const at = (order: number, ...lists: string[]): Article => ({
    lines: ["title: 'T'", `order: ${order}`, `meta: { keywords: [${lists.join(', ')}] }`],
  });

  test('the same one in the same list is reported for each document', () => {
    expect(lintAll({ a: at(1, 'x', 'y'), b: at(1, 'y'), c: at(2, 'x'), d: at(1, 'z') })).toEqual([
      "equal-order a:3:8 note: order: 2 documents share place 1, and their order is not fixed: 'b'",
      "equal-order b:3:8 note: order: 2 documents share place 1, and their order is not fixed: 'a'",
    ]);
  });

  test('documents that share several lists are reported once', () => {
    expect(lintAll({ a: at(1, 'x', 'y'), b: at(1, 'x', 'y') })).toHaveLength(2);
  });

  test('only some of many documents are named', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const [first] = lintAll(Object.fromEntries(names.map((name) => [name, at(1, 'x')])));

    expect(first).toContain(
      "6 documents share place 1, and their order is not fixed: 'b', 'c', 'd' and 2 more"
    );
  });
});

describe('texts', () => {
  test.each([
    ['title', 60, 'long-title'],
    ['summary', 160, 'long-description'],
  ])('%s may have %i characters', (key, limit, rule) => {
    const lines = (length: number) => [
      ...(key === 'title' ? [] : ["title: 'T'"]),
      'order: 1',
      `${key}: '${'😀'.repeat(length)}'`,
    ];

    expect(lintAll({ a: { lines: lines(limit) } })).toEqual([]);
    expect(lintAll({ a: { lines: lines(limit + 1) } })).toEqual([
      expect.stringContaining(`${limit + 1} characters: search engines show about ${limit}`),
    ]);
    expect(lintAll({ a: { lines: lines(limit + 1) } })[0]).toMatch(new RegExp(`^${rule} `));
  });

  test('notes from reading the file are reported as well', () => {
    const lines = [...validLines, 'related: [b, b]', 'colour: red', "summary: 'donâ€™t'"];

    expect(lintAll({ a: { lines } }).map((line) => line.split(' ')[0])).toEqual([
      'repeated-item',
      'unknown-key',
      'wrongly-decoded',
    ]);
  });
});

test('dates after today', () => {
  const lines = [...validLines, "meta: { published: '2026-06-15', modified: '2026-06-16' }"];

  expect(lintAll({ a: { lines } })).toEqual([
    "future-date a:4:44 note: meta.modified: '2026-06-16' is in the future: readers would see a change that was not made yet",
  ]);
});

test('a rule that is off reports nothing', () => {
  const lines = [...validLines, 'related: [b, b]'];

  expect(lintAll({ a: { lines, links: [link('b')] }, b: {} }, ['one-way-link'])).toEqual([
    expect.stringMatching(/^repeated-item /),
  ]);
});

test('findings are in the order of the document', () => {
  const lines = [`title: '${'t'.repeat(61)}'`, 'order: 1', 'related: [b, c]'];
  const links = [link('c', 'pending'), link('b', 'pending')];

  expect(lintAll({ a: { lines, links } }).map((line) => line.split(' ')[0])).toEqual([
    'long-title',
    'pending-link',
    'pending-link',
  ]);
});

test.each([
  ['https://example.org/a?b=c', true],
  ['HTTP://example.org', true],
  ['/print/a.pdf', true],
  ['example.org', false],
  ['javascript:alert(1)', false],
  ['https://exa mple.org', false],
])('the address %s is in order: %s', (url, isRight) => {
  const found = lintAll({ a: { lines: [...validLines, `website: '${url}'`] } });

  expect(found).toEqual(
    isRight
      ? []
      : [
          `invalid-url a:4:10 note: website: '${url}' is not an address: begin it with https:// or http://, or with / for a path of the site`,
        ]
  );
});
