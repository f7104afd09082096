import fc from 'fast-check';
import { parse as parseYaml } from 'yaml';
import { runs } from '../../../../tests/helpers/property-runs';
import { read } from './read/read';
import { render, renderYaml } from './render';
import { articleBody, articleFrontmatter, articles, awkwardText } from './testing/shape';

test('the canonical form has single quotes, plain numbers and booleans, and indented lists', () => {
  const frontmatter = {
    title: 'First steps',
    order: 2,
    rating: 0.5,
    isPinned: false,
    meta: { published: '2026-05-01', keywords: ['guide', '1'] },
    questions: ['Why?'],
  };

  expect(render(frontmatter, '# Body\n')).toBe(
    [
      '---',
      "title: 'First steps'",
      'order: 2',
      'rating: 0.5',
      'isPinned: false',
      'meta:',
      "  published: '2026-05-01'",
      '  keywords:',
      "    - 'guide'",
      "    - '1'",
      'questions:',
      "  - 'Why?'",
      '---',
      '# Body',
      '',
    ].join('\n')
  );
});

test.each([
  ['a single quote is doubled', "it's", "a: 'it''s'\n"],
  ['other marks stay', 'a "b": c # d \\n', 'a: \'a "b": c # d \\n\'\n'],
  ['an empty text is quoted', '', "a: ''\n"],
  ['spaces at both ends stay', ' a ', "a: ' a '\n"],
  ['a long line is not folded', 'word '.repeat(40), `a: '${'word '.repeat(40)}'\n`],
  ['text of several lines is a block literal', 'a\n\n# b\n', 'a: |\n  a\n\n  # b\n'],
  ['a block without a final line feed says so', 'a\nb', 'a: |-\n  a\n  b\n'],
  ['a block with several final line feeds says so', 'a\n\n', 'a: |+\n  a\n\n'],
  ['a block that begins with a space says how far it is indented', ' a\nb', 'a: |2-\n   a\n  b\n'],
  ['a fence within a block is indented', 'a\n---\nb', 'a: |-\n  a\n  ---\n  b\n'],
  ['a control character is escaped', 'a\u0001\u007f', 'a: "a\\x01\\u007f"\n'],
  ['a control character in several lines is escaped', 'a\u0084\nb', 'a: "a\\u0084\\nb"\n'],
  ['a byte order mark within a text is escaped', 'a\uFEFFb', 'a: "a\\ufeffb"\n'],
  [
    'a separator that other parsers take for a line end is escaped',
    'a\u2028\u0085b',
    'a: "a\\u2028\\u0085b"\n',
  ],
  ['a line of spaces keeps them', 'a\n  \nb', 'a: "a\\n \\ \\nb"\n'],
  ['blank lines keep their spaces', ' \n\t\n', 'a: "\\ \\n\\t\\n"\n'],
])('%s', (_, text, yaml) => {
  expect(renderYaml({ a: text })).toBe(yaml);
});

const codes = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test.each(
  [...codes(0x7f, 0x9f), 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff].map((code) => [
    code.toString(16).padStart(4, '0'),
    String.fromCharCode(code),
  ])
)('U+%s is escaped in double quotes, in one line and in several', (hex, character) => {
  const texts = { a: `x${character}y`, b: `x${character}\n\ny\n`, c: ['\\', character] };

  expect(renderYaml(texts)).toBe(
    [`a: "x\\u${hex}y"`, `b: "x\\u${hex}\\n\\ny\\n"`, 'c:', "  - '\\'", `  - "\\u${hex}"`, ''].join(
      '\n'
    )
  );
  expect(parseYaml(renderYaml(texts))).toEqual(texts);
});

test.each([
  ['a space and a line feed', ' \n'],
  ['spaces, tabs and line feeds', ' \n\t\n'],
  ['line feeds', '\n\n\n'],
  ['a line feed and a space', '\n '],
  ['spaces', '   '],
  ['a tab', '\t'],
  ['a no-break space and a line feed', '\u00a0\n'],
  ['a separator before a long line and a line of a space', `\u2028${'x'.repeat(40)}\n \n`],
  ['a long line with an escape and many line feeds', `${'x '.repeat(60)}\u0085\n\n \n`],
  ['lines of spaces between others', 'a\n  \n \nb\n'],
  ['lines of spaces before others', '  \n \na'],
  ['lines of spaces after others', 'a\n \n  '],
  ['lines of tabs', 'a\n\t\n\tb\n\t'],
])('white space is read back exactly: %s', (_, text) => {
  const frontmatter = { title: 'T', summary: text, order: 1, author: { url: 'u', title: text } };

  expect(read(articles, render(frontmatter, ''))).toMatchObject({ kind: 'valid', frontmatter });
});

test('the layout can be changed', () => {
  const value = { a: { b: ['x'], c: '\n\n  d' } };

  expect(renderYaml(value, { indent: 4 })).toBe(
    'a:\n    b:\n        - \'x\'\n    c: "\\n\\n  d"\n'
  );
  expect(renderYaml({ a: ['x'] }, { indentSeq: false })).toBe("a:\n- 'x'\n");
  expect(renderYaml({ a: 'b\n\n' }, { escapeFinalBlankLines: true })).toBe('a: "b\\n\\n"\n');
});

test('frontmatter without keys is rendered as two fences', () => {
  expect(render({}, 'a')).toBe('---\n---\na');
});

test('the same list in two places is written twice, without an alias', () => {
  const list = ['x'];

  expect(renderYaml({ a: list, b: list })).toBe("a:\n  - 'x'\nb:\n  - 'x'\n");
});

test('an empty list and an empty group stay what they are', () => {
  expect(renderYaml({ a: [], b: {} })).toBe('a: []\nb: {}\n');
});

test('keys stay in the given order, whatever it is', () => {
  fc.assert(
    fc.property(
      articleFrontmatter.chain((value) => fc.shuffledSubarray(Object.entries(value))),
      (entries) => {
        const frontmatter = Object.fromEntries(entries);
        const written = parseYaml(renderYaml(frontmatter)) ?? {};

        expect(Object.keys(written)).toEqual(entries.map(([key]) => key));
        expect(JSON.stringify(written)).toBe(JSON.stringify(frontmatter));
      }
    )
  );
});

test('rendered YAML parses to the same data', () => {
  fc.assert(
    fc.property(articleFrontmatter, (frontmatter) => {
      expect(parseYaml(renderYaml(frontmatter))).toEqual(frontmatter);
    }),
    { numRuns: runs(500) }
  );
});

test('any text is rendered as YAML that parses to the same text, at any depth', () => {
  fc.assert(
    fc.property(awkwardText, (text) => {
      const value = { a: text, b: { c: { d: text }, e: [text, text] } };

      expect(parseYaml(renderYaml(value))).toEqual(value);
    }),
    { numRuns: runs(1_000) }
  );
});

test('a rendered file is read back without a difference', () => {
  fc.assert(
    fc.property(articleFrontmatter, articleBody, (frontmatter, body) => {
      expect(read(articles, render(frontmatter, body))).toMatchObject({
        kind: 'valid',
        frontmatter,
        body,
      });
    }),
    { numRuns: runs(500) }
  );
});

test('reading and rendering a rendered file again changes no byte', () => {
  fc.assert(
    fc.property(articleFrontmatter, articleBody, (frontmatter, body) => {
      const file = render(frontmatter, body);
      const again = read(articles, file);

      expect(again.kind === 'valid' && render(again.frontmatter, again.body)).toBe(file);
    }),
    { numRuns: runs(500) }
  );
});
