import { names } from './fields/references';
import { MAX_NAMES, parseNameList } from './name-list';

const { schema } = names({ target: 'api::keyword.keyword' });
const parse = (text: string) => parseNameList(schema, text);

test.each([
  ['one on each line', 'guide to tea\nguide to coffee'],
  ['with Windows line ends and blank lines', 'guide to tea\r\n\r\n  guide to coffee  \r\n'],
  ['between commas', 'guide to tea, guide to coffee,'],
  ['as a YAML list', '    - \'guide to tea\'\n    - "guide to coffee"\n'],
  ['twice', 'guide to tea\nguide to coffee\nguide to tea'],
])('parses names %s', (_how, text) => {
  expect(parse(text)).toEqual({
    kind: 'names',
    names: ['guide to tea', 'guide to coffee'],
  });
});

test('quotes and hyphens within a name stay', () => {
  expect(parse("what's new\nstep-by-step\n-1 degree")).toMatchObject({
    names: ["what's new", 'step-by-step', '-1 degree'],
  });
});

test.each([
  ['', /^no names/],
  [' ,\n- ', /^no names/],
  ['x'.repeat(256), /^'x{40}…' has 256 characters, at most 255 fit: shorten it$/],
  ['tea\ncof\u0007fee', /^'cof\\u0007fee' holds the character U\+0007, which cannot be stored/],
  [
    Array.from({ length: 10_000 }, (_, index) => `name ${index}`).join('\n'),
    new RegExp(`^10,000 names are too many: paste ${MAX_NAMES} at most$`),
  ],
])('%j is refused with advice', (text, message) => {
  expect(parse(text)).toEqual({ kind: 'refused', message: expect.stringMatching(message) });
});
