import { parsedOf, patched, patchYaml, type PatchCase } from '../testing/patching';
import { articles } from '../testing/shape';

const cases: PatchCase[] = [
  [
    'spaces after a text that gets a second line',
    'title: One\n    \norder: 2\n',
    { title: 'a\nb' },
    'title: |-\n    a\n    b\n    \norder: 2\n',
  ],
  [
    'a tab after a text that gets a second line',
    'title: One\n\t\norder: 2\n',
    { title: 'a\nb' },
    'title: "a\\nb"\n\t\norder: 2\n',
  ],
  [
    'many spaces after a text that gets a second line',
    'title: One\n                    \norder: 2\n',
    { title: 'a\nb' },
    'title: "a\\nb"\n                    \norder: 2\n',
  ],
  [
    'spaces below the comment after a text that gets a second line',
    'title: One\n# c\n\t\norder: 2\n',
    { title: 'a\nb' },
    'title: |-\n  a\n  b\n# c\n\t\norder: 2\n',
  ],
  [
    'spaces between items, one of which is exchanged',
    'questions:\n  - One\n      \n  - "Two"\n',
    { questions: ['Uno', 'Two'] },
    'questions:\n  - Uno\n      \n  - "Two"\n',
  ],
  [
    'a tab between items, one of which gets a second line',
    'questions:\n  - One\n\t\n  # c\n  - "Two"\n',
    { questions: ['a\nb', 'Two'] },
    'questions:\n  - "a\\nb"\n\t\n  # c\n  - "Two"\n',
  ],
  [
    'spaces after a list that gets an item of two lines',
    'questions:\n  - One\n      \norder: 1\n',
    { questions: ['One', 'a\nb'] },
    'questions:\n  - One\n  - |-\n      a\n      b\n      \norder: 1\n',
  ],
  [
    'a tab where a key of two lines is added',
    'title: One\n\t\norder: 1\n',
    { summary: 'a\nb' },
    'title: One\nsummary: "a\\nb"\n\t\norder: 1\n',
  ],
  [
    'spaces where a list with a text of two lines is filled in',
    'questions:\n      \norder: 1\n',
    { questions: ['a\nb'] },
    'questions:\n  - "a\\nb"\n      \norder: 1\n',
  ],
  [
    'spaces after a removed key that follows a block',
    'title: |\n  One\norder: 2\n    \nlayout: wide\n',
    { order: undefined },
    'title: |\n  One\n\nlayout: wide\n',
  ],
  [
    'a tab after a removed key that follows a block and a blank line',
    'title: |-\n  One\n\norder: 2\n\t\nlayout: wide\n',
    { order: undefined },
    'title: |-\n  One\n\n\nlayout: wide\n',
  ],
  [
    'spaces after a removed key that follows a text which gets a second line',
    'title: One\norder: 2\n    \nlayout: wide\n',
    { title: 'a\nb', order: undefined },
    'title: |-\n  a\n  b\n\nlayout: wide\n',
  ],
  [
    'spaces after a removed item that follows a block',
    'questions:\n  - |\n    x\n  - b\n        \n  - c\n',
    { questions: ['x\n', 'c'] },
    'questions:\n  - |\n    x\n\n  - c\n',
  ],
];

describe.each(['\n', '\r\n'])('a blank line with line end %j that holds', (lineEnd) => {
  test.each(cases)('%s stays as it is, or only loses its spaces', (_, yaml, edits, expected) => {
    expect(patchYaml(yaml, edits, lineEnd)).toBe(expected.replaceAll('\n', lineEnd));
  });
});

test.each(['      ', '\t', '   \t'])('frontmatter that holds only %j can be filled', (blank) => {
  const text = `---\n${blank}\n...\n---\n`;

  expect(parsedOf(patched(articles, text, { title: 'a\nb' })).data).toEqual({ title: 'a\nb' });
});
