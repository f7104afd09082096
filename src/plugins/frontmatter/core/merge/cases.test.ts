import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { parseOrThrow, patch } from '../patch';
import { CASES, readCases, roadmaps } from '../testing/cases';
import { mergeText, type MergedText } from '../testing/merging';
import { composed, contentOf, isSamePart, partsOf, type Content } from './parts';

const PARTS = partsOf(roadmaps);

const cases = readCases();
const whenPresent = cases.length > 0 ? test : test.skip;
if (cases.length === 0) process.stderr.write(`no files in ${CASES}: their tests are skipped\n`);

const anyCase = fc.constantFrom(...(cases.length > 0 ? cases.map(({ text }) => text) : ['']));

const RUNS = { numRuns: runs(60) };

const said = (text: string): Content => contentOf(roadmaps, parseOrThrow(text));

const saying = (text: string, { value, body }: Content): string =>
  patch(roadmaps, text, value, body);

/** Returns the text with some parts taken from another one. */
const withParts = (text: string, other: string, isTaken: (index: number) => boolean): string =>
  saying(
    text,
    composed(PARTS, (part) => (isTaken(PARTS.indexOf(part)) ? said(other) : said(text)))
  );

const merge = (texts: { file: string; now: string; source: string }): MergedText =>
  mergeText({
    shape: roadmaps,
    file: parseOrThrow(texts.file),
    now: parseOrThrow(texts.now),
    stored: parseOrThrow(texts.now).data,
    source: parseOrThrow(texts.source),
    history: [parseOrThrow(texts.source)],
  });

whenPresent('a line that the author of a real file wrote and one of the CMS are both there', () => {
  fc.assert(
    fc.property(anyCase, (source) => {
      const edit = (text: string) =>
        text.replace(/^title: .*$/m, '# why: asked for by readers\ntitle: "New" # short');
      const content = said(source);
      const renumbered = (text: string) =>
        saying(text, { ...content, value: { ...content.value, order: 77 } });
      const result = merge({ source, file: edit(source), now: renumbered(source) });

      expect(result).toMatchObject({ kind: 'merged', changed: [['title']], source: edit(source) });
      expect(saying(edit(source), result as Content)).toBe(edit(renumbered(source)));
    }),
    RUNS
  );
});

whenPresent('different keys from two other real files are all there', () => {
  const who = fc.array(fc.constantFrom('file', 'cms', 'nobody', 'nobody'), {
    minLength: PARTS.length,
    maxLength: PARTS.length,
  });
  fc.assert(
    fc.property(anyCase, anyCase, anyCase, who, (source, one, other, editors) => {
      const file = withParts(source, one, (index) => editors[index] === 'file');
      const now = withParts(source, other, (index) => editors[index] === 'cms');
      const result = merge({ source, file, now });

      const [ours, theirs, base] = [said(file), said(now), said(source)];
      const wanted = composed(PARTS, (part) => (isSamePart(part, ours, base) ? theirs : ours));
      const given = result.kind === 'merged' ? saying(result.source, result) : now;
      expect(result.kind).not.toBe('conflict');
      expect(PARTS.filter((part) => !isSamePart(part, said(given), wanted))).toEqual([]);
    }),
    RUNS
  );
});

whenPresent('a title that both changed is a conflict', () => {
  fc.assert(
    fc.property(anyCase, (source) => {
      const [file, now] = ['file', 'cms'].map((title) => {
        const { value, body } = said(source);
        return saying(source, { value: { ...value, title }, body });
      });

      expect(merge({ source, file: file!, now: now! })).toEqual({
        kind: 'conflict',
        conflicts: [{ path: 'title', base: said(source).value['title'], file: 'file', cms: 'cms' }],
      });
    }),
    RUNS
  );
});

whenPresent('one real file in the place of another is taken as it is', () => {
  fc.assert(
    fc.property(anyCase, anyCase, (file, now) => {
      fc.pre(file !== now);
      const result = merge({ file, now, source: now });

      expect(result).toMatchObject({ kind: 'merged', source: file });
      expect(saying(file, result as Content)).toBe(file);
    }),
    RUNS
  );
});
