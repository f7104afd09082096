import { fileOf, issuesOf } from '../testing/shape';

const template = (opening: string) =>
  `error invalid-yaml ${opening} begins a group of keys: put the value in quotes`;
const continuation =
  'error invalid-yaml a quoted text continues on a line that is not indented: indent the continuation lines';
const check = 'check indentation, quotes and colons here';

test.each([
  ['a template as a value', ['title: {{ date }}', 'order: 1'], [`2:8 ${template('{{')}`]],
  [
    'a template before other text',
    ['title: {{ a | b }} and more', 'order: 1'],
    [`2:8 ${template('{{')}`],
  ],
  ['a template in a list', ['questions:', '  - {{ a }}', '  - b'], [`3:5 ${template('{{')}`]],
  ['a template in brackets', ['questions: [{{ a }}, b]'], [`2:13 ${template('{{')}`]],
  ['a tag of a template', ['title: {% now %}', 'order: 1'], [`2:8 ${template('{%')}`]],
  ['a template that is not closed', ['title: {{ date', 'order: 1'], [`2:8 ${template('{{')}`]],
  [
    'a quoted text that goes on in column 1',
    ['title: "a', 'b: c."', 'order: 1'],
    [`2:8 ${continuation}`],
  ],
  [
    'a quoted text that goes on as far left as its key',
    ['meta:', "  headline: 'a", "  b'", 'order: 1'],
    [`3:13 ${continuation}`],
  ],
  [
    'a quoted item that goes on in column 1',
    ['questions: ["a', 'b", c]'],
    [`2:13 ${continuation}`],
  ],
  [
    'a quote that is never closed',
    ['title: "a', 'order: 1'],
    ['2:8 error invalid-yaml missing closing ": add it at the end of the text'],
  ],
  [
    'a quote that only another text closes',
    ['title: "a', 'summary: "x"'],
    ['2:8 error invalid-yaml missing closing ": add it at the end of the text'],
  ],
  [
    'a key that is indented too far',
    ['meta:', '  headline: a', '   width: 1'],
    [`3:13 error invalid-yaml nested mappings are not allowed in compact mappings: ${check}`],
  ],
  [
    'an item in the place of a key',
    ['title: a', '- b'],
    [`3:1 error invalid-yaml implicit keys need to be on a single line: ${check}`],
  ],
  [
    'a list before keys',
    ['- a', 'title: b'],
    [
      '2:1 error invalid-type the frontmatter must consist of keys with values, such as title: My title',
    ],
  ],
])('%s is reported once', (_, lines, issues) => {
  expect(issuesOf(fileOf(...lines))).toEqual(issues);
});

test('two mistakes are two messages', () => {
  expect(issuesOf(fileOf('title: {{ a }}', 'summary: "b', 'c"', 'layout: @x'))).toEqual([
    `2:8 ${template('{{')}`,
    `3:10 ${continuation}`,
    `5:9 error invalid-yaml plain value cannot start with reserved character @: ${check}`,
  ]);
});
