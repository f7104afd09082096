import { patchYaml, type PatchCase } from '../testing/patching';

/** A line as long as it gets before it is folded. */
const FOLDED = 'a line of text that is as wide as its author lets a line be, 64 .';

const scalars: PatchCase[] = [
  ['single quotes stay', "title: 'a'\n", { title: "it's" }, "title: 'it''s'\n"],
  ['double quotes stay', 'title: "a"\n', { title: 'b "c"' }, 'title: "b \\"c\\""\n'],
  ['plain stays plain', 'title: a b\n', { title: 'c d' }, 'title: c d\n'],
  ['plain that would be a number is quoted', 'title: a\n', { title: '12' }, "title: '12'\n"],
  ['plain that would be a comment is quoted', 'title: a\n', { title: 'a #b' }, "title: 'a #b'\n"],
  ['plain that would be a key is quoted', 'title: a\n', { title: 'a: b' }, "title: 'a: b'\n"],
  [
    'plain on several lines becomes one',
    'title: a\n  b\norder: 1\n',
    { title: 'c' },
    'title: c\norder: 1\n',
  ],
  [
    'single quotes that fold become one line',
    "title: 'a\n\n  b'  # c\norder: 1\n",
    { title: 'c' },
    "title: 'c'  # c\norder: 1\n",
  ],
  [
    'the comment on its line stays',
    "title:   'a'   # about\n",
    { title: 'b' },
    "title:   'b'   # about\n",
  ],
  [
    'a value on the next line stays there',
    "title: # c\n  'a'\n",
    { title: 'b' },
    "title: # c\n  'b'\n",
  ],
  [
    'numbers are plain',
    'order: 1 # one\nrating: 0.50\n',
    { order: 20, rating: 0.25 },
    'order: 20 # one\nrating: 0.25\n',
  ],
  ['booleans are plain', 'isPinned: True\n', { isPinned: false }, 'isPinned: false\n'],
  [
    'a control character needs double quotes',
    "title: 'a'\n",
    { title: 'a\u0085b' },
    'title: "a\\u0085b"\n',
  ],
  [
    'a literal stays',
    'summary: |\n  a\n  b\norder: 1\n',
    { summary: 'c\n\n# d\n' },
    'summary: |\n  c\n\n  # d\norder: 1\n',
  ],
  [
    'a literal keeps its indentation and comment',
    'summary: |-  # c\n     a\n     b\norder: 1\n',
    { summary: 'c\nd' },
    'summary: |-  # c\n     c\n     d\norder: 1\n',
  ],
  [
    'a literal changes its chomping',
    'summary: |\n  a\n  b\n\norder: 1\n',
    { summary: 'c\nd' },
    'summary: |-\n  c\n  d\n\norder: 1\n',
  ],
  [
    'a literal that keeps blank lines',
    'summary: |+\n  a\n\norder: 1\n',
    { summary: 'c\n\n\n' },
    'summary: |+\n  c\n\n\norder: 1\n',
  ],
  [
    'a literal that begins with spaces',
    'summary: |2\n   a\n  b\norder: 1\n',
    { summary: ' c\nd\n' },
    'summary: |2\n   c\n  d\norder: 1\n',
  ],
  [
    'a literal of several lines becomes one line',
    'summary: | # c\n  a\n  b\n\norder: 1\n',
    { summary: 'c' },
    "summary: 'c' # c\n\norder: 1\n",
  ],
  [
    'a literal of one line stays one',
    'summary: |-\n  a\norder: 1\n',
    { summary: 'c' },
    'summary: |-\n  c\norder: 1\n',
  ],
  [
    'a folded text stays folded',
    `summary: >-\n  ${FOLDED}\n  ccc\norder: 1\n`,
    { summary: `${FOLDED} ddd` },
    `summary: >-\n  ${FOLDED}\n  ddd\norder: 1\n`,
  ],
  [
    'a folded text with paragraphs',
    `summary: >\n  ${FOLDED}\n  ccc\n\n  ddd\norder: 1\n`,
    { summary: `${FOLDED} ccc\neee\n` },
    `summary: >\n  ${FOLDED}\n  ccc\n\n  eee\norder: 1\n`,
  ],
  [
    'one line grows to several',
    "summary: 'a' # c\norder: 1\n",
    { summary: 'a\nb' },
    'summary: |- # c\n  a\n  b\norder: 1\n',
  ],
  [
    'plain grows to several',
    'meta:\n  headline: a\n  width: 1\n',
    { 'meta.headline': 'a\nb\n' },
    'meta:\n  headline: |\n    a\n    b\n  width: 1\n',
  ],
  [
    'double quotes with lines stay',
    'summary: "a\\nb"\n',
    { summary: 'a\nc' },
    'summary: "a\\nc"\n',
  ],
  [
    'double quotes of one line grow',
    'summary: "a"\n',
    { summary: 'a\nc' },
    'summary: |-\n  a\n  c\n',
  ],
  [
    'several lines above a deeper comment',
    "summary: 'a'\n    # deep\norder: 1\n",
    { summary: 'a\nb' },
    'summary: |-\n     a\n     b\n    # deep\norder: 1\n',
  ],
  [
    'blank lines at the end do not meet those that follow',
    "summary: 'a'\n\norder: 1\n",
    { summary: 'a\n\n' },
    'summary: "a\\n\\n"\n\norder: 1\n',
  ],
  ['a tag stays', 'title: !!str 5\n', { title: '6' }, "title: !!str '6'\n"],
  ['an empty text is filled', "summary: ''\n", { summary: 'a' }, "summary: 'a'\n"],
  [
    'an empty literal is filled',
    'summary: |\norder: 1\n',
    { summary: 'a' },
    "summary: 'a'\norder: 1\n",
  ],
];

const emptyValues: PatchCase[] = [
  ['a key without value', 'summary:\norder: 1\n', { summary: 'a' }, "summary: 'a'\norder: 1\n"],
  [
    'a key without value, with a comment',
    'summary:   # c\n',
    { summary: 'a' },
    "summary: 'a'   # c\n",
  ],
  ['a tilde', 'summary: ~ # c\n', { summary: 'a\nb' }, 'summary: |- # c\n  a\n  b\n'],
  [
    'an empty list',
    'related: [] # c\norder: 1\n',
    { related: ['a', 'b'] },
    "related: # c\n  - 'a'\n  - 'b'\norder: 1\n",
  ],
  [
    'an empty list with a comment in it',
    'related: [ # c\n  ]\norder: 1\n',
    { related: ['a', 'b'] },
    "related: [ 'a', 'b' # c\n  ]\norder: 1\n",
  ],
  [
    'a list without value',
    'related:\n  # c\norder: 1\n',
    { related: ['a'] },
    "related:\n  # c\n  - 'a'\norder: 1\n",
  ],
  [
    'a list that is null',
    'related: null\norder: 1\n',
    { related: ['a'] },
    "related:\n  - 'a'\norder: 1\n",
  ],
  [
    'a list laid out as the other one',
    'related:\nquestions:\n- a\n',
    { related: ['a'] },
    "related:\n- 'a'\nquestions:\n- a\n",
  ],
  [
    'a group without value',
    'meta:\norder: 1\n',
    { meta: { width: 1, headline: 'a' } },
    "meta:\n  headline: 'a'\n  width: 1\norder: 1\n",
  ],
  [
    'an empty group',
    'meta: {}\norder: 1\n',
    { meta: { width: 1 } },
    'meta:\n  width: 1\norder: 1\n',
  ],
  ['no key at all', '# c\n', { title: 'a', order: 1 }, "# c\ntitle: 'a'\norder: 1\n"],
  ['nothing at all', '', { title: 'a' }, "title: 'a'\n"],
  ['null for all', '~ # c\n', { title: 'a', order: 1 }, "title: 'a'\norder: 1 # c\n"],
  ['an empty mapping for all', '{}\n', { title: 'a', order: 1 }, "title: 'a'\norder: 1\n"],
];

describe.each([
  ['a changed value', scalars],
  ['a value where there was none', emptyValues],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(cases)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, '\r\n')).toBe(expected.replaceAll('\n', '\r\n'));
  });
});
