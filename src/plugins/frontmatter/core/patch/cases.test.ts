import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { CASES, readCases, roadmaps } from '../testing/cases';
import { parsedOf, patched } from '../testing/patching';
import { patch } from '.';

const cases = readCases();
const whenPresent = cases.length > 0 ? test : test.skip;
if (cases.length === 0) process.stderr.write(`no files in ${CASES}: their tests are skipped\n`);

/** Lines that only one of two texts has, by the longest common subsequence of lines. */
function lineDiff(before: string, after: string): { removed: string[]; added: string[] } {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  return { removed: a.slice(start, a.length - end), added: b.slice(start, b.length - end) };
}

whenPresent('real files come back as they are', () => {
  for (const { text: content } of cases) {
    const { data, body } = parsedOf(content);
    expect(patch(roadmaps, content, data, body)).toBe(content);
  }
});

const anyCase = fc.constantFrom(...(cases.length > 0 ? cases : [{ name: '', text: '' }]));

whenPresent('an item put into a list of a real file adds one line', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(50), ({ text: content }, at) => {
      const value = structuredClone(parsedOf(content).data);
      const seo = value['seo'] as { keywords: string[] };
      const unique = [...new Set(seo.keywords)];
      unique.splice(at % (unique.length + 1), 0, 'a new keyword');
      const result = patched(roadmaps, content, { ...value, seo: { ...seo, keywords: unique } });

      expect(lineDiff(content, result)).toEqual({ removed: [], added: ["    - 'a new keyword'"] });
    }),
    { numRuns: runs(200) }
  );
});

whenPresent('an item taken out of a list of a real file takes its repeats along', () => {
  fc.assert(
    fc.property(anyCase, fc.nat(50), ({ text: content }, at) => {
      const value = structuredClone(parsedOf(content).data);
      const seo = value['seo'] as { keywords: string[] };
      const gone = seo.keywords[at % seo.keywords.length] as string;
      const keywords = [...new Set(seo.keywords)].filter((keyword) => keyword !== gone);
      const result = patched(roadmaps, content, { ...value, seo: { ...seo, keywords } });
      const expected = seo.keywords.filter((keyword) => keyword !== gone);

      expect(parsedOf(result).data).toEqual({ ...value, seo: { ...seo, keywords: expected } });
      const lines = content.split('\n').length - (seo.keywords.length - expected.length);
      expect(result.split('\n')).toHaveLength(lines);
    }),
    { numRuns: runs(200) }
  );
});

whenPresent('a text, number or boolean of a real file changes its own line', () => {
  const edits: [string, unknown, RegExp][] = [
    ['title', "What's new: 1 # 2", /^title: /],
    ['order', 77, /^order: 77$/],
    ['hasTopics', undefined, /^hasTopics: /],
  ];
  fc.assert(
    fc.property(anyCase, fc.constantFrom(...edits), ({ text: content }, [key, part, line]) => {
      const { data } = parsedOf(content);
      const { removed, added } = lineDiff(
        content,
        patched(roadmaps, content, { ...data, [key]: part })
      );

      expect(removed.length + added.length).toBeLessThanOrEqual(2);
      for (const changed of [...removed.slice(1), ...added]) expect(changed).toMatch(line);
    }),
    { numRuns: runs(200) }
  );
});

whenPresent('a text of a real file grows to several lines and back', () => {
  fc.assert(
    fc.property(anyCase, ({ text: content }) => {
      const { data } = parsedOf(content);
      const schema = data['schema'] as Record<string, unknown>;
      const grown = { ...data, schema: { ...schema, headline: 'a\n\n## b\n' } };
      const result = patched(roadmaps, content, grown);

      expect(result).toContain('  headline: |\n    a\n\n    ## b\n');
      const back = patched(roadmaps, result, data);
      expect(back.replaceAll(/headline: .*/g, '')).toBe(content.replaceAll(/headline: .*/g, ''));
    }),
    { numRuns: runs(100) }
  );
});

whenPresent('keys taken from another real file say what is wanted', () => {
  fc.assert(
    fc.property(anyCase, anyCase, fc.subarray(Object.keys(roadmaps.keys)), (one, other, keys) => {
      const wanted = { ...parsedOf(one.text).data };
      const source = parsedOf(other.text).data;
      for (const key of keys) wanted[key] = source[key];
      const result = patched(roadmaps, one.text, wanted);

      expect(patched(roadmaps, result, wanted)).toBe(result);
    }),
    { numRuns: runs(300) }
  );
});
