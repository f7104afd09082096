import { render } from '../render';
import { OTHER_READERS } from '../testing/other-readers';
import { articles, fileOf, issuesOf, validLines } from '../testing/shape';
import { read } from './read';
import { readUpload } from './uploaded-text';

const notStored = (name: string) =>
  `holds the character ${name}, which cannot be stored: remove it`;
const noName = 'a key has no name: write one before the colon, or put it in quotes';
const twoWays =
  "'<<' is read in two ways, as a key or as the keys of another group: write the merged keys out";

test.each([
  ['U+0000 in a comment', '# a\0b', `4:4 error forbidden-character ${notStored('U+0000')}`],
  [
    'a control character beside a value',
    'isPinned: true # \u0007',
    `4:18 error forbidden-character ${notStored('U+0007')}`,
  ],
  [
    'U+0000 in the comment of a block',
    'summary: | # \0\n  a',
    `4:14 error forbidden-character ${notStored('U+0000')}`,
  ],
  [
    'a control character in a known value',
    'summary: a\u001bb',
    `4:10 error forbidden-character summary: ${notStored('U+001b')}`,
  ],
  [
    'U+0000 in an unknown key',
    '"a\\0": 1',
    `4:1 error forbidden-character a\0: ${notStored('U+0000')}`,
  ],
  [
    'a control character in an unknown value',
    'x: {y: [a\u0001]}',
    `4:9 error forbidden-character x.y: ${notStored('U+0001')}`,
  ],
  [
    'an escape in an unknown value',
    'x: "\\e[1m"',
    `4:4 error forbidden-character x: ${notStored('U+001b')}`,
  ],
  [
    'a carriage return alone in a comment',
    'isPinned: true # a\rb',
    '4:19 error forbidden-character a line ends in U+000d alone, which other readers treat as a line break: end it with LF or CRLF',
  ],
  [
    'a carriage return alone in an unknown value',
    'x: a\rb',
    `4:4 error forbidden-character x: ${notStored('U+000d')}`,
  ],
  ['a key without a name', ': x', `4:1 error invalid-type ${noName}`],
  ['a key without a name in a group', 'meta:\n  : x', `5:3 error invalid-type ${noName}`],
  ['a key without a name in braces', 'x: {a: 1, : 2}', `4:11 error invalid-type ${noName}`],
  ['a key that is nothing', '~: x', `4:1 error invalid-type ${noName}`],
  [
    'a quote that ends in two quotes',
    "meta:\n  headline: 'abc''\nsummary: 'x'",
    "5:13 error invalid-yaml missing closing ': add it at the end of the text",
  ],
  [
    'a quote that ends in an escaped quote',
    'meta:\n  headline: "abc\\"\nsummary: "x"',
    '5:13 error invalid-yaml missing closing ": add it at the end of the text',
  ],
])('%s is refused at its position', (_, line, issue) => {
  const file = fileOf(...validLines, line);

  expect(read(articles, file).kind).toBe('invalid');
  expect(issuesOf(file).filter((found) => !found.includes('note unknown-key'))).toEqual([issue]);
});

describe('a merge key', () => {
  test.each([
    [
      'of keys that the shape knows',
      ['x: &x {headline: H}', 'meta:', '  <<: *x'],
      `6:3 error forbidden-key meta.<<: ${twoWays}`,
    ],
    [
      'of several groups',
      ['x: &x {y: 1}', 'meta:', '  <<: [*x, {width: 1}]'],
      `6:3 error forbidden-key meta.<<: ${twoWays}`,
    ],
    [
      'of a group that merges one itself',
      ['x: &x {<<: {width: 1}}', 'meta: {<<: *x}'],
      `5:8 error forbidden-key meta.<<: ${twoWays}`,
    ],
    ['of what is no group', ['x:', '  <<: text'], `5:3 error forbidden-key x.<<: ${twoWays}`],
    [
      'within an anchored group',
      ['x: &x', '  <<: {y: 1}', 'meta: *x'],
      `5:3 error forbidden-key x.<<: ${twoWays}`,
    ],
  ])('%s is refused', (_, lines, issue) => {
    const errors = issuesOf(fileOf(...validLines, ...lines)).filter((each) =>
      each.includes(' error ')
    );

    expect(errors).toContain(issue);
  });

  test('is a single issue, even if required keys are missing without it', () => {
    expect(issuesOf(fileOf('x: &x {title: T, order: 1}', '<<: *x'))).toEqual([
      "2:1 note unknown-key x: unknown key 'x': kept as it is",
      `3:1 error forbidden-key <<: ${twoWays}`,
    ]);
  });

  test('of unknown keys alone is kept, with a warning', () => {
    const result = read(articles, fileOf(...validLines, 'x: &x {y: 1}', 'z:', '  <<: *x'));

    expect(result.kind).toBe('valid');
    expect(result.issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "x: unknown key 'x': kept as it is",
      "z: unknown key 'z': kept as it is",
      "z.<<: unknown key '<<': kept as it is; other readers treat it as the keys of another group: write the merged keys out",
    ]);
  });

  test('in quotes is a key like any other', () => {
    expect(issuesOf(fileOf(...validLines, '"<<": {title: U}'))).toEqual([
      "4:1 note unknown-key <<: unknown key '<<': kept as it is",
    ]);
  });
});

test.each([
  'a\u2028b',
  'a\u2029',
  '\u0085',
  '<<',
  'yes',
  '12:30',
  '2026-01-31',
  ': a',
  'a\nb',
  '',
  '~',
])('any reader reads the JSON key %j back as the same key', (key) => {
  const data = { title: 'T', order: 1, [key]: { [key]: 'x' } };
  const bytes = new TextEncoder().encode(JSON.stringify(data));
  const upload = readUpload(articles, { slug: 'a', format: 'json', bytes });
  const file = upload.kind === 'valid' ? upload.toFile(undefined) : undefined;

  expect(file?.data).toEqual(data);
  for (const [, readYaml] of OTHER_READERS) {
    expect(readYaml(file?.source.yaml ?? '')).toEqual(data);
    expect(readYaml(render(data, '').split('---\n')[1] ?? '')).toEqual(data);
  }
});
