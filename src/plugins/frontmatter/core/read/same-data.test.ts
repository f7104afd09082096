import fc from 'fast-check';
import { load } from 'js-yaml';
import { runs } from '../../../../../tests/helpers/property-runs';
import { parseOrThrow, patch } from '../patch';
import { readCases, roadmaps } from '../testing/cases';
import { someFile, someValue } from '../testing/files';
import { articles } from '../testing/shape';
import type { Shape } from '../shape';
import { readText } from './read';

/** What js-yaml reads differently without quotes (docs/frontends.md): dates and binary numbers. */
const KNOWN_DIFFERENCES: readonly [text: RegExp, isRead: (other: unknown) => boolean][] = [
  [/^\d{4}-\d{1,2}-\d{1,2}/, (other) => other instanceof Date],
  [/^[-+]?0b[01]+$/, (other) => typeof other === 'number'],
];

/** The data of another reader, with our values in place of those that are known to differ. */
function withoutKnownDifferences(own: unknown, other: unknown): unknown {
  if (typeof own === 'string') {
    const isKnown = KNOWN_DIFFERENCES.some(([text, isRead]) => text.test(own) && isRead(other));
    return isKnown ? own : other;
  }
  if (typeof own !== 'object' || own === null || typeof other !== 'object' || other === null) {
    return other;
  }
  if (Array.isArray(other)) {
    return other.map((item, index) => withoutKnownDifferences((own as unknown[])[index], item));
  }
  return Object.fromEntries(
    Object.entries(other).map(([key, part]) => [
      key,
      withoutKnownDifferences((own as Record<string, unknown>)[key], part),
    ])
  );
}

/** Compares the data of both readers if the core accepts the file, and returns whether it does. */
function expectSameData(shape: Shape, text: string): boolean {
  const result = readText(shape, text);
  if (result.kind === 'invalid') return false;
  const { data, source } = result.file;
  const other = load(source.yaml) ?? {};

  expect(withoutKnownDifferences(data, other)).toEqual(data);
  return true;
}

const cases = readCases();
const whenPresent = cases.length > 0 ? test : test.skip;

whenPresent('js-yaml reads the same data from real files, edited or not', () => {
  const anyCase = fc.constantFrom(...(cases.length > 0 ? cases : [{ name: '', text: '' }]));
  const keys = fc.subarray(Object.keys(roadmaps.keys));
  let taken = 0;
  for (const { text } of cases) taken += Number(expectSameData(roadmaps, text));

  expect(taken).toBe(cases.length);
  fc.assert(
    fc.property(anyCase, anyCase, keys, (one, other, changed) => {
      const { data, body } = parseOrThrow(one.text);
      const wanted = { ...data };
      for (const key of changed) wanted[key] = parseOrThrow(other.text).data[key];
      expectSameData(roadmaps, patch(roadmaps, one.text, wanted, body));
    }),
    { numRuns: runs(50) }
  );
});

test('js-yaml reads the same data from any file that the core accepts, edited or not', () => {
  let taken = 0;
  fc.assert(
    fc.property(someFile, someValue, (text, wanted) => {
      taken += Number(expectSameData(articles, text));
      const { body } = parseOrThrow(text);
      taken += Number(expectSameData(articles, patch(articles, text, wanted, body)));
    }),
    { numRuns: runs(200) }
  );

  expect(taken).toBeGreaterThan(40);
});

test('js-yaml reads the same data from random YAML', () => {
  const part = fc.constantFrom(
    ...['x', 'meta', '5', '1.0', 'yes', 'null', '~', '1_000', '0b1', '12:30', '2026-01-31', '-0'],
    ...['\n  - ', '\n- ', '\n  ', '\n', ': ', ':', '- ', '? ', '[', ']', '{', '}', ', ', ' # c'],
    ...['&a ', '*a', '<<: ', '!!str ', '!!int ', "'", '"', '|\n', '>-\n', '\r', '\0', 'é', "it's"]
  );
  const lines = fc.array(fc.array(part, { minLength: 1, maxLength: 6 }), { maxLength: 4 });
  let taken = 0;
  fc.assert(
    fc.property(lines, (parts) => {
      const yaml = parts.map((line) => `${line.join('')}\n`).join('');
      const text = `---\ntitle: T\norder: 1\n${yaml}---\n`;
      // A merge of unknown keys is only a note.
      if (!yaml.includes('<<') || readText(articles, text).kind === 'invalid') {
        taken += Number(expectSameData(articles, text));
      }
    }),
    { numRuns: runs(1_000) }
  );

  expect(taken).toBeGreaterThan(40);
});
