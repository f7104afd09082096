import { patchYaml, type PatchCase } from '../testing/patching';

const added: PatchCase[] = [
  [
    'after its predecessor',
    "title: 'a'\norder: 1\n",
    { summary: 'b' },
    "title: 'a'\nsummary: 'b'\norder: 1\n",
  ],
  [
    'after a block of lines',
    'title: |\n  a\n\n  b\n\n# c\norder: 1\n',
    { summary: 'b' },
    "title: |\n  a\n\n  b\nsummary: 'b'\n\n# c\norder: 1\n",
  ],
  [
    'after the comment of its predecessor',
    "title: 'a' # c\n  # d\n# e\norder: 1\n",
    { summary: 'b' },
    "title: 'a' # c\n  # d\nsummary: 'b'\n# e\norder: 1\n",
  ],
  [
    'before the first that follows, and its comment',
    '# c\norder: 1\nrating: 1\n',
    { title: 'b' },
    "title: 'b'\n# c\norder: 1\nrating: 1\n",
  ],
  [
    'after unknown keys alone',
    'x: 1\ny: 2\n',
    { title: 'b', order: 1 },
    "x: 1\ny: 2\ntitle: 'b'\norder: 1\n",
  ],
  [
    'several at one place, in order',
    "title: 'a'\nx: 1\n",
    { order: 1, summary: 'b', rating: 1 },
    "title: 'a'\nsummary: 'b'\norder: 1\nrating: 1\nx: 1\n",
  ],
  [
    'in a group, indented like its siblings',
    "meta:\n    headline: 'a'\norder: 1\n",
    { 'meta.width': 1, related: ['x'] },
    "meta:\n    headline: 'a'\n    width: 1\nrelated:\n    - 'x'\norder: 1\n",
  ],
  [
    'a group',
    "title: 'a'\nrelated:\n  - b\n",
    { meta: { keywords: ['k'], width: 1 } },
    "title: 'a'\nmeta:\n  width: 1\n  keywords:\n    - 'k'\nrelated:\n  - b\n",
  ],
  [
    'a group within an entry',
    "author:\n  url: 'a'\n",
    { 'author.contact': { label: 'l' } },
    "author:\n  url: 'a'\n  contact:\n    label: 'l'\n",
  ],
  [
    'text of several lines',
    "title: 'a'\n",
    { summary: 'a\nb\n' },
    "title: 'a'\nsummary: |\n  a\n  b\n",
  ],
  [
    'in an indented file',
    "  title: 'a'\n  order: 1\n",
    { summary: 'a\nb\n' },
    "  title: 'a'\n  summary: |\n    a\n    b\n  order: 1\n",
  ],
  [
    'in braces',
    'meta: { headline: a } # c\n',
    { 'meta.width': 1 },
    'meta: { headline: a, width: 1 } # c\n',
  ],
  [
    'in braces, at the beginning',
    'meta: {width: 1, x: 2}\n',
    { 'meta.headline': 'a\nb' },
    'meta: {headline: "a\\nb", width: 1, x: 2}\n',
  ],
  [
    'in braces with a comma at the end',
    'meta: {width: 1, }\n',
    { 'meta.published': '2026-05-01' },
    "meta: {width: 1, published: '2026-05-01', }\n",
  ],
  [
    'in braces on several lines',
    'meta: {\n  headline: a, # c\n  width: 1 # d\n}\n',
    { 'meta.published': '2026-05-01' },
    "meta: {\n  headline: a, # c\n  width: 1, # d\n  published: '2026-05-01'\n}\n",
  ],
  [
    'a list in braces',
    '{title: a}\n',
    { related: ['x', 'y'], meta: { width: 1 } },
    "{title: a, meta: { width: 1 }, related: ['x', 'y']}\n",
  ],
  [
    'a value in braces',
    'meta: {headline, width: , x: }\n',
    { 'meta.headline': 'a', 'meta.width': 2 },
    "meta: {headline: 'a', width: 2, x: }\n",
  ],
];

const removed: PatchCase[] = [
  [
    'with the comments above and beside it',
    "title: 'a'\n# c\n# d\nsummary: 'b' # e\n# f\norder: 1\n",
    { summary: undefined },
    "title: 'a'\n# f\norder: 1\n",
  ],
  [
    'without blank lines and comments beyond them',
    "title: 'a'\n# c\n\nsummary: 'b'\n\n# f\norder: 1\n",
    { summary: undefined },
    "title: 'a'\n# c\n\n\n# f\norder: 1\n",
  ],
  [
    'with all lines of its text',
    'title: |\n  # a\nsummary: |\n  # b\n\n  c\norder: 1\n',
    { summary: undefined },
    'title: |\n  # a\norder: 1\n',
  ],
  [
    'the last of a group',
    "title: 'a'\n# m\nmeta: # g\n  # c\n  headline: 'b'\n  # d\norder: 1\n",
    { 'meta.headline': undefined },
    "title: 'a'\norder: 1\n",
  ],
  [
    'the last known of a group',
    'meta:\n  headline: a\n  x: 1\norder: 1\n',
    { meta: undefined },
    'meta:\n  x: 1\norder: 1\n',
  ],
  ['a list', 'related:\n- a\n# c\n- b\n# d\norder: 1\n', { related: undefined }, '# d\norder: 1\n'],
  [
    'after a text that keeps blank lines',
    'summary: |+\n  a\n\nrating: 1\n\norder: 1\n',
    { rating: undefined },
    'summary: |+\n  a\n\norder: 1\n',
  ],
  [
    'out of braces',
    'meta: { headline: a, width: 1 } # c\n',
    { 'meta.headline': undefined },
    'meta: { width: 1 } # c\n',
  ],
  [
    'the last out of braces',
    'meta: { headline: a, width: 1, } # c\n',
    { 'meta.width': undefined },
    'meta: { headline: a, } # c\n',
  ],
  [
    'all out of braces',
    'title: a\nmeta: { headline: a } # c\n',
    { 'meta.headline': undefined },
    'title: a\n',
  ],
  [
    'out of braces on several lines',
    'meta: {\n  # h\n  headline: a, # c\n  width: 1 # d\n}\n',
    { 'meta.headline': undefined },
    'meta: {\n  width: 1 # d\n}\n',
  ],
  ['the only key', 'title: a\n', { title: undefined }, ''],
];

describe.each([
  ['a new key', added],
  ['a removed key', removed],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(cases)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, '\r\n')).toBe(expected.replaceAll('\n', '\r\n'));
  });
});
