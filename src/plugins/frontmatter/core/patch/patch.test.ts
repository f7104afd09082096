import { patchYaml, type PatchCase } from '../testing/patching';
import { articles } from '../testing/shape';
import { patch } from '.';

const rare: PatchCase[] = [
  [
    'JSON',
    '{"title":"a","order":1}\n',
    { order: 2, summary: 'x' },
    '{"title":"a", summary: \'x\',"order":2}\n',
  ],
  [
    'commas at the beginning of lines',
    'related: [a\n  , b\n  , c]\n',
    { related: ['a', 'c', 'd'] },
    'related: [a\n  , c, d]\n',
  ],
  [
    'a comment at the end of a line within brackets',
    'related: [a, b, # x\n  c, d]\n',
    { related: ['a', 'b'] },
    'related: [a, b, # x\n  ]\n',
  ],
  [
    'a block scalar takes no comment in',
    'title: |\n  a\nsummary: b\n\n  # deep\norder: 1\n',
    { summary: undefined },
    'title: |\n  a\n\n# deep\norder: 1\n',
  ],
  [
    'spaces and tabs around the colon',
    'title : a\nsummary:\tb\t# c\n',
    { title: 'c', summary: 'd' },
    'title : c\nsummary:\td\t# c\n',
  ],
  [
    'items below their hyphens',
    'questions:\n-\n  a\n- # c\n   b\n',
    { questions: ['a', 'x', 'b'] },
    'questions:\n-\n  a\n- x\n- # c\n   b\n',
  ],
  [
    'a block with an indicator in a list',
    'questions:\n- |2\n   a\n  b\n- c\n',
    { questions: [' x\ny\n', 'c'] },
    'questions:\n- |2\n   x\n  y\n- c\n',
  ],
  ['an anchor for all', '&r\ntitle: a\n', { title: undefined, summary: 'b' }, "&r\nsummary: 'b'\n"],
  [
    'aliases in unknown places',
    'title: &y "q"\nz:\n- *y\n- k: *y\n  l: *y\n? e\n: *y\n',
    { title: 'new' },
    'title: &y "new"\nz:\n- "q"\n- k: "q"\n  l: "q"\n? e\n: \'q\'\n',
  ],
  [
    'a merge key is a key like others',
    'title: a\n<<: {x: 1}\n',
    { title: 'b' },
    'title: b\n<<: {x: 1}\n',
  ],
  [
    'an explicit key is written anew',
    "? title\n: 'a'\n? meta\n: headline: b\n  x: 1\n",
    { title: 'c', 'meta.headline': 'd' },
    "title: 'c'\nmeta:\n  headline: 'd'\n  x: 1\n",
  ],
  [
    'a document end marker stays last',
    'title: a\n...\n',
    { order: 1 },
    'title: a\norder: 1\n...\n',
  ],
  [
    'the whole in braces',
    '{title: a, order: 1}\n',
    { title: 'b', order: undefined },
    '{title: b}\n',
  ],
];

describe('rare forms', () => {
  test.each(rare)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(rare)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, '\r\n')).toBe(expected.replaceAll('\n', '\r\n'));
  });
});

test.each([
  ['a text without a final line end', '---\ntitle: a\n---', 'b', '---\ntitle: a\n---\nb'],
  ['a body that goes', '---\ntitle: a\n---\nb', '', '---\ntitle: a\n---\n'],
  [
    'most line ends',
    '---\r\ntitle: a\r\n---\nb\r\n',
    'c\nd\n',
    '---\r\ntitle: a\r\n---\nc\r\nd\r\n',
  ],
  [
    'other line ends only',
    '\uFEFF---\ntitle: a\n---\nb\r\nc',
    'b\nc',
    '\uFEFF---\ntitle: a\n---\nb\r\nc',
  ],
])('the body: %s', (_, text, body, expected) => {
  expect(patch(articles, text, { title: 'a' }, body)).toBe(expected);
});

test('new lines end like the line before them', () => {
  const text = '\uFEFF---\r\ntitle: a\norder: 1\r\nmeta:\n  width: 1\r\n---\n';
  const value = {
    title: 'a',
    summary: 'x\ny',
    order: 1,
    rating: 1,
    meta: { headline: 'h', width: 1 },
  };

  expect(patch(articles, text, value, '')).toBe(
    '\uFEFF---\r\ntitle: a\nsummary: |-\n  x\n  y\norder: 1\r\nrating: 1\r\nmeta:\n' +
      "  headline: 'h'\r\n  width: 1\r\n---\n"
  );
});

test('the error for an unreadable text names the line', () => {
  expect(() => patch(articles, '---\ntitle: [\n---\n', {}, '')).toThrow(
    /^The source cannot be read at line/
  );
});
