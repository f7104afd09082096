import { parsedOf, patched, patchYaml, type PatchCase } from '../testing/patching';
import { articles } from '../testing/shape';

const cases: PatchCase[] = [
  ['of a key', 'title: !!int 42 # c\norder: 2\n', { title: 'a' }, "title: 'a' # c\norder: 2\n"],
  ['in its long form', 'title: !<tag:yaml.org,2002:int> 4\n', { title: 'a' }, "title: 'a'\n"],
  ['after an anchor', 'title: &t !!int 42\n', { title: 'a' }, "title: &t 'a'\n"],
  ['before an anchor', 'title: !!int &t 42\n', { title: 'a' }, "title: &t 'a'\n"],
  ['on the line above', 'title: !!int # c\n  4\n', { title: 'a' }, "title: # c\n  'a'\n"],
  ['on a line of its own', 'title:\n  !!int 4\n', { title: 'a' }, "title:\n  'a'\n"],
  ['without a value', 'title: !!null\norder: 1\n', { title: 'a' }, "title: 'a'\norder: 1\n"],
  [
    'in braces',
    'meta: {headline: !!int 4, width: 1}\n',
    { 'meta.headline': 'a' },
    "meta: {headline: 'a', width: 1}\n",
  ],
  [
    'without a value, in braces',
    'meta: {headline: !!null , width: 1}\n',
    { 'meta.headline': 'a' },
    "meta: {headline: 'a', width: 1}\n",
  ],
  [
    'of a text that becomes a list',
    'questions: !!str ""\n',
    { questions: ['a'] },
    "questions:\n  - 'a'\n",
  ],
  ['of a number that becomes another', 'order: !!int 1\n', { order: 2 }, 'order: 2\n'],
];

test.each(cases)('a tag %s is removed when its value changes', (_, yaml, edits, expected) => {
  expect(patchYaml(yaml, edits)).toBe(expected);
});

test('the tag of a text stays when another text replaces it', () => {
  const yaml = 'title: !!str 42\nquestions:\n  - !!str 12\nrelated: [!!str 12,  !!str b]\n';
  const edits = { title: 'a', questions: ['13'], related: ['12', 'c'] };

  expect(patchYaml(yaml, edits)).toBe(
    "title: !!str a\nquestions:\n  - !!str '13'\nrelated: [!!str 12, c]\n"
  );
});

test('the tag of a list or group stays when something within it changes', () => {
  const yaml = 'meta: !!map\n  width: 1\nquestions: !!seq\n  - a\n';

  expect(patchYaml(yaml, { 'meta.width': 2, questions: ['a', 'b'] })).toBe(
    'meta: !!map\n  width: 2\nquestions: !!seq\n  - a\n  - b\n'
  );
});

test('a key without a name stays, and is not mistaken for another key', () => {
  const text = '---\n? title\n: &a One\n: Two\n---\n';
  const keys = { ...articles.keys, '': articles.keys['title']! };
  const { data } = parsedOf(text);

  expect(patched({ ...articles, keys }, text, data)).toBe(text);
  expect(patched({ ...articles, keys }, text, { ...data, '': 'Three' })).toBe(
    '---\n? title\n: &a One\n: Three\n---\n'
  );
});
