import { patchYaml, type PatchCase } from '../testing/patching';

const lists: PatchCase[] = [
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
    { related: ['a', 'x', 'b', 'z'] },
    "related: ['a', 'x', b, z] # c\n",
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

describe('lists', () => {
  test.each(lists)('%s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits)).toBe(expected);
  });

  test.each(lists)('with Windows line ends: %s', (_title, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, '\r\n')).toBe(expected.replaceAll('\n', '\r\n'));
  });
});
