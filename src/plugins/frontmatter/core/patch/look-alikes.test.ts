import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import type { FrontmatterData } from '../read/parse';
import { render } from '../render';
import { awkwardText, articles } from '../testing/shape';
import { LOOK_ALIKES, OTHER_READERS } from '../testing/other-readers';
import { parsedOf, patched, patchYaml } from '../testing/patching';

/** Plain YAML, and an edit that writes a text into it. */
const PLACES: [name: string, yaml: string, edit: (text: string) => Record<string, unknown>][] = [
  ['a plain key', 'title: One\norder: 1\n', (text) => ({ title: text })],
  ['a key of a group', 'meta:\n  headline: One\n', (text) => ({ 'meta.headline': text })],
  ['a key of a group in braces', 'meta: {headline: One}\n', (text) => ({ 'meta.headline': text })],
  ['an item of a list', 'questions:\n  - One\n  - Two\n', (text) => ({ questions: [text, 'Two'] })],
  ['an item in brackets', 'questions: [One, Two]\n', (text) => ({ questions: [text, 'Two'] })],
  ['a new item', 'questions:\n  - One\n', (text) => ({ questions: ['One', text] })],
  ['a new item in brackets', 'questions: [One]\n', (text) => ({ questions: ['One', text] })],
  ['a new name', 'meta:\n  keywords:\n    - a\n', (text) => ({ 'meta.keywords': [text] })],
  ['a key without a value', 'title:\norder: 1\n', (text) => ({ title: text })],
  ['an added key', 'title: One\n', (text) => ({ summary: text })],
  ['an added key of a group', 'meta:\n  width: 1\n', (text) => ({ 'meta.headline': text })],
  ['an added group', 'title: One\n', (text) => ({ 'author.url': text })],
  ['an added key in braces', 'meta: {width: 1}\n', (text) => ({ 'meta.headline': text })],
];

describe.each(OTHER_READERS)('%s', (_, read) => {
  test.each(PLACES)('reads the text that is written for %s', (_name, yaml, edit) => {
    for (const text of LOOK_ALIKES) {
      const written = patchYaml(yaml, edit(text));

      expect({ text, data: read(written) }).toEqual({ text, data: dataOf(written) });
    }
  });

  test('reads any text that replaces a plain one', () => {
    const place = fc.constantFrom(...PLACES);
    const text = fc.oneof(fc.constantFrom(...LOOK_ALIKES), awkwardText);
    fc.assert(
      fc.property(place, text, ([, yaml, edit], value) => {
        const written = patchYaml(yaml, edit(value));

        expect(read(written)).toEqual(dataOf(written));
      }),
      { numRuns: runs(300) }
    );
  });

  test('reads the keys and texts of a rendered file', () => {
    for (const text of LOOK_ALIKES) {
      const data = { title: text, [text]: { [text]: [text] } };

      expect(read(yamlOf(render(data, '')))).toEqual(data);
    }
  });
});

test.each(LOOK_ALIKES)('a new %j is quoted', (text) => {
  expect(patchYaml('title: One\n', { title: text })).toBe(`title: '${text}'\n`);
});

test.each(['One', "it's", 'a: b'.replace(':', ''), '1st', 'v1.2', '12 monkeys', 'yes, we can'])(
  '%j stays plain',
  (text) => {
    expect(patchYaml('title: A title\n', { title: text })).toBe(`title: ${text}\n`);
  }
);

test('an unquoted value stays unquoted when it moves', () => {
  expect(patchYaml('questions: [yes, b, c]\n', { questions: ['b', 'c', 'yes'] })).toBe(
    'questions: [b, c, yes]\n'
  );
  expect(patchYaml('questions:\n  - 12:30\n  - b\n', { questions: ['b', '12:30'] })).toBe(
    'questions:\n  - b\n  - 12:30\n'
  );
});

test('an unquoted value stays unquoted when its alias is written out', () => {
  const yaml = 'title: &a yes\nsummary: *a\n';

  expect(patchYaml(yaml, { title: 'One' })).toBe('title: &a One\nsummary: yes\n');
});

const dataOf = (yaml: string): FrontmatterData => parsedOf(`---\n${yaml}---\n`).data;

const yamlOf = (file: string): string => parsedOf(file).source.yaml;

test('a key that needs quotes gets them in braces, too', () => {
  const keys = { ...articles.keys, on: articles.keys['title']! };
  const text = patched({ ...articles, keys }, '---\n{title: One}\n---\n', {
    title: 'One',
    on: 'a',
  });

  expect(text).toBe("---\n{title: One, 'on': 'a'}\n---\n");
});
