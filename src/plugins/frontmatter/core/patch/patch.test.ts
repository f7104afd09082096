import type { FrontmatterData } from '../parse';
import { articles } from '../testing/shape';
import { patch, patchParsed } from '.';
import { parse } from '../parse';

const fileOf = (yaml: string, lineEnd: string) =>
  `---\n${yaml}---\nBody\n`.replaceAll('\n', lineEnd);

/** What a file says, with changes by dotted path; `undefined` takes a key out. */
function changed(text: string, edits: Record<string, unknown>): FrontmatterData {
  const result = parse(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.issues));
  const value = structuredClone(result.file.data);
  for (const [path, part] of Object.entries(edits)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    let target = value;
    for (const key of keys) target = (target[key] ??= {}) as FrontmatterData;
    if (part === undefined) delete target[last];
    else target[last] = part;
  }
  return value;
}

function patchYaml(yaml: string, edits: Record<string, unknown>, lineEnd = '\n'): string {
  const text = fileOf(yaml, lineEnd);
  const result = parse(text);
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.issues));
  const value = changed(text, edits);
  const patched = patchParsed(articles, result.file, { value, body: 'Body\n' }, (failed) => {
    throw new Error(`an edit went wrong:\n${failed}`);
  });
  expect(patch(articles, patched, value, 'Body\n')).toBe(patched);
  const lines = patched.split(/(?<=\n)/);
  return lines.slice(1, -2).join('');
}

/** As long as a line gets before it is folded. */
const FOLDED = 'a line of text that is as wide as its author lets a line be, 64 .';

type Case = [title: string, yaml: string, edits: Record<string, unknown>, expected: string];

const scalars: Case[] = [
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

const emptyValues: Case[] = [
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

const added: Case[] = [
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

const removed: Case[] = [
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

const lists: Case[] = [
  [
    'an item is inserted',
    "related:\n  - 'a' # x\n  # y\n  - 'b'\n",
    { related: ['a', 'c', 'b'] },
    "related:\n  - 'a' # x\n  - 'c'\n  # y\n  - 'b'\n",
  ],
  [
    'an item is inserted first',
    'related:\n# y\n-   a\n-   b\n',
    { related: ['c', 'a', 'b'] },
    'related:\n-   c\n# y\n-   a\n-   b\n',
  ],
  [
    'an item is added in double quotes',
    'related:\n  - "a"\norder: 1\n',
    { related: ['a', 'b', 'c'] },
    'related:\n  - "a"\n  - "b"\n  - "c"\norder: 1\n',
  ],
  [
    'an item is removed with its comments',
    'related:\n  - a # x\n  # y\n  - b # z\n  - c\n',
    { related: ['a', 'c'] },
    'related:\n  - a # x\n  - c\n',
  ],
  [
    'an item is exchanged',
    'related:\n  - a\n  - b # x\n  - c\n',
    { related: ['a', 'd', 'c'] },
    'related:\n  - a\n  - d\n  - c\n',
  ],
  [
    'a text is corrected',
    "questions:\n  - a\n  - 'b' # x\n  - c\n",
    { questions: ['a', 'd', 'c'] },
    "questions:\n  - a\n  - 'd' # x\n  - c\n",
  ],
  [
    'a text grows',
    'questions:\n  - a # x\n  - c\n',
    { questions: ['a\nb', 'c'] },
    'questions:\n  - |- # x\n    a\n    b\n  - c\n',
  ],
  [
    'an item moves with its comments',
    "related:\n  - 'a'\n  # y\n  - b # x\n  - c\n",
    { related: ['b', 'a', 'c'] },
    "related:\n  # y\n  - b # x\n  - 'a'\n  - c\n",
  ],
  [
    'all items are exchanged',
    'related:\n  - a\n  - b\norder: 1\n',
    { related: ['c'] },
    'related:\n  - c\norder: 1\n',
  ],
  [
    'repeats are no difference',
    'meta:\n  keywords: \n  - a\n  - b\n  - a\n',
    { 'meta.keywords': ['a', 'b'] },
    'meta:\n  keywords: \n  - a\n  - b\n  - a\n',
  ],
  [
    'repeats of other items stay',
    'related:\n  - a\n  - b\n  - a\n  - b\n  - c\n  - a\n',
    { related: ['a', 'c'] },
    'related:\n  - a\n  - a\n  - c\n  - a\n',
  ],
  [
    'an insertion among repeats',
    'related:\n  - a\n  - b\n  - a\n',
    { related: ['a', 'x', 'b'] },
    'related:\n  - a\n  - x\n  - b\n  - a\n',
  ],
  [
    'a move among repeats',
    'related:\n  - a\n  - b\n  - a\n  - c\n',
    { related: ['b', 'c', 'a'] },
    'related:\n  - b\n  - c\n  - a\n',
  ],
  [
    'repeats of text count',
    'questions:\n  - a\n  - b\n  - a\n',
    { questions: ['a', 'b'] },
    'questions:\n  - a\n  - b\n',
  ],
  [
    'in brackets',
    "related: ['a', b] # c\n",
    { related: ['a', 'x', 'b', 'y'] },
    "related: ['a', 'x', b, y] # c\n",
  ],
  ['in brackets, first', 'related: [a, b]\n', { related: ['x', 'a', 'b'] }, 'related: [x, a, b]\n'],
  ['in brackets, removed', 'related: [ a, b, c, ]\n', { related: ['b'] }, 'related: [ b, ]\n'],
  ['in brackets, exchanged', 'related: [ "a", "b" ]\n', { related: ['x'] }, 'related: [ "x" ]\n'],
  [
    'in brackets on several lines',
    'related: [\n  a, # 1\n  b, # 2\n  c # 3\n]\n',
    { related: ['a', 'c', 'd'] },
    'related: [\n  a, # 1\n  c, # 3\n  d\n]\n',
  ],
  [
    'in brackets on several lines, moved',
    'related: [\n  a,\n  b,\n]\n',
    { related: ['b', 'a', 'x'] },
    'related: [\n  b,\n  a,\n  x,\n]\n',
  ],
];

const anchors: Case[] = [
  [
    'an alias that changes is written out',
    "title: &t 'a'\nsummary: *t # c\n",
    { summary: 'b' },
    "title: &t 'a'\nsummary: 'b' # c\n",
  ],
  [
    'aliases keep what the anchor held',
    'title: &t "a"\nsummary: *t\nx: [*t, {k: *t}]\n',
    { title: 'b' },
    'title: &t "b"\nsummary: "a"\nx: [\'a\', {k: \'a\'}]\n',
  ],
  [
    'an anchor that goes',
    'title: a\nrating: &r 0.5\nmeta:\n  width: *r # c\n',
    { rating: undefined },
    'title: a\nmeta:\n  width: 0.5 # c\n',
  ],
  [
    'an anchored group that changes',
    'meta: &m\n  headline: a\n  width: 1\nx: *m\ny:\n  z: *m\n',
    { 'meta.width': 2 },
    "meta: &m\n  headline: a\n  width: 2\nx:\n  headline: 'a'\n  width: 1\ny:\n  z:\n    headline: 'a'\n    width: 1\n",
  ],
  [
    'an alias of a group that changes',
    'x: &m\n  headline: a\n  width: 1\nmeta: *m\n',
    { meta: { headline: 'b', width: 1 } },
    "x: &m\n  headline: a\n  width: 1\nmeta:\n  headline: 'b'\n  width: 1\n",
  ],
  [
    'an alias of a list that changes',
    'related: &l [a, b]\nquestions: *l\n',
    { questions: ['a', 'b', 'c'] },
    "related: &l [a, b]\nquestions:\n  - 'a'\n  - 'b'\n  - 'c'\n",
  ],
  [
    'other aliases stay',
    'title: &t a\nsummary: *t\nx: &u b\ny: *u\n',
    { title: 'c', summary: undefined },
    'title: &t c\nx: &u b\ny: *u\n',
  ],
  [
    'an anchored item goes',
    'related:\n  - &a x\n  - y\nquestions:\n  - *a\n',
    { related: ['y'] },
    'related:\n  - y\nquestions:\n  - x\n',
  ],
];

const rare: Case[] = [
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

describe.each([
  ['a changed value', scalars],
  ['a value where there was none', emptyValues],
  ['a new key', added],
  ['a removed key', removed],
  ['lists', lists],
  ['anchors and aliases', anchors],
  ['rare forms', rare],
])('%s', (_, cases) => {
  test.each(cases)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(cases)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    const windows = patchYaml(yaml, edits, '\r\n');

    expect(windows.replaceAll('\r\n', '')).not.toContain('\n');
    expect(windows.replaceAll('\r\n', '\n')).toBe(expected);
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

test('a text that cannot be read is refused with its line', () => {
  expect(() => patch(articles, '---\ntitle: [\n---\n', {}, '')).toThrow(
    /^The source cannot be read at line/
  );
});
