import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { isSameMeaning, unknownKeys } from '../meaning';
import { parseOrThrow, patch } from '../patch';
import { parse, type FrontmatterData } from '../read/parse';
import { someFile, someValue } from '../testing/files';
import { mergeText, type MergedText } from '../testing/merging';
import { articles, fileOf } from '../testing/shape';
import type { MergeInput } from '.';
import { composed, contentOf, isSamePart, partsOf, type Content, type Part } from './parts';

const RUNS = { numRuns: runs(100) };

const PARTS = partsOf(articles);

const said = (text: string): Content => contentOf(articles, parseOrThrow(text));

const saying = (text: string, { value, body }: Content): string =>
  patch(articles, text, value, body);

interface Texts {
  file: string;
  now: string;
  source?: string;
  history?: string[];
  stored?: FrontmatterData;
  /** Whether the author started from `now`. */
  isCurrent?: boolean;
}

function merge({ file, now, source, history = [], stored, isCurrent }: Texts): MergedText {
  const current = parseOrThrow(now);
  const input: MergeInput = {
    shape: articles,
    file: parseOrThrow(file),
    now: current,
    stored: stored ?? current.data,
    source: source === undefined ? undefined : parseOrThrow(source),
    history: history.map(parseOrThrow),
    ...(isCurrent && { base: current }),
  };
  return mergeText(input);
}

/** Content of the draft after a merge, and the text that is served from it. */
function outcome(texts: Texts): { result: MergedText; content: Content; text: string } {
  const result = merge(texts);
  if (result.kind === 'conflict') throw new Error(JSON.stringify(result.conflicts, null, 2));
  if (result.kind !== 'merged') return { result, content: said(texts.now), text: texts.now };
  return { result, content: result, text: saying(result.source, result) };
}

const namesOf = (parts: readonly Part[]): string[] => parts.map(({ path }) => path.join('.'));

const differing = (one: Content, other: Content): string[] =>
  namesOf(PARTS.filter((part) => !isSamePart(part, one, other)));

const someBody = fc.constantFrom('', 'x', '# New\n', 'a\n\nb\n');
const someContent: fc.Arbitrary<Content> = fc
  .tuple(someValue, someBody)
  .map(([data, body]) => contentOf(articles, { data, body }));

/** Who edits each part of a text. */
type Editor = 'file' | 'cms' | 'old' | 'nobody';

const editors: fc.Arbitrary<Editor[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Editor>('nobody') },
    { weight: 1, arbitrary: fc.constantFrom<Editor>('file', 'cms', 'old') }
  ),
  { minLength: PARTS.length, maxLength: PARTS.length }
);

const editedBy = (
  who: readonly Editor[],
  editor: Editor,
  { before, after }: { before: Content; after: Content }
): Content => composed(PARTS, (part) => (who[PARTS.indexOf(part)] === editor ? after : before));

/** Lines at the beginning of the frontmatter, where they belong to no key of the shape. */
const COMMENT = '# a comment of an author';
const UNKNOWN = 'unknown-of-an-author: [1, x]';

function withLines(text: string, ...lines: string[]): string {
  const { yamlStart } = parseOrThrow(text).source;
  const changed =
    text.slice(0, yamlStart) + lines.map((line) => `${line}\n`).join('') + text.slice(yamlStart);
  return parse(changed).kind === 'parsed' ? changed : text;
}

/** A source, and the results of edits of different parts in the file and in the CMS. */
const disjoint = fc
  .record({
    source: someFile,
    ours: someContent,
    theirs: someContent,
    older: someContent,
    who: editors,
  })
  .map(({ source, ours, theirs, older, who }) => {
    const before = said(source);
    return {
      source,
      file: saying(source, editedBy(who, 'file', { before, after: ours })),
      now: saying(source, editedBy(who, 'cms', { before, after: theirs })),
      history: [saying(source, editedBy(who, 'old', { before, after: older })), source],
    };
  })
  .filter(({ file, history }) => file !== history[0]);

/** Expected result of a three-way merge of edits of different parts. */
function bothEdits({ source, file, now }: { source: string; file: string; now: string }): Content {
  const [base, ours, theirs] = [said(source), said(file), said(now)];
  return composed(PARTS, (part) => (isSamePart(part, ours, base) ? theirs : ours));
}

test('edits of different keys in the file and in the CMS are both in the result', () => {
  fc.assert(
    fc.property(disjoint, (texts) => {
      const wanted = bothEdits(texts);
      const { result, content, text } = outcome(texts);

      expect(differing(content, wanted)).toEqual([]);
      expect(differing(said(text), wanted)).toEqual([]);
      const paths = result.kind === 'merged' ? result.changed.map((path) => path.join('.')) : [];
      expect(paths).toEqual(differing(said(texts.now), wanted));
    }),
    RUNS
  );
});

test('comments and unknown keys that the file adds are in the result', () => {
  fc.assert(
    fc.property(disjoint, (texts) => {
      const file = withLines(texts.file, COMMENT, UNKNOWN);
      fc.pre(file !== texts.file);
      const { result, content, text } = outcome({ ...texts, file });

      expect(differing(content, bothEdits(texts))).toEqual([]);
      expect(result).toMatchObject({ kind: 'merged', source: file });
      expect(text).toContain(`${COMMENT}\n${UNKNOWN}\n`);
      const unknown = unknownKeys(articles.keys, parseOrThrow(text).data);
      expect(unknown).toEqual(
        expect.arrayContaining(unknownKeys(articles.keys, parseOrThrow(file).data))
      );
    }),
    RUNS
  );
});

test('comments and unknown keys that were added since an old checkout are in the result', () => {
  fc.assert(
    fc.property(disjoint, (texts) => {
      const [source, now] = [texts.source, texts.now].map((text) =>
        withLines(text, COMMENT, UNKNOWN)
      );
      fc.pre(source !== texts.source && now !== texts.now);
      const { content, text } = outcome({
        source: source!,
        now: now!,
        file: texts.file,
        history: [source!, texts.source],
      });

      expect(differing(content, bothEdits(texts))).toEqual([]);
      expect(differing(said(text), content)).toEqual([]);
      expect(text).toContain(`${COMMENT}\n${UNKNOWN}\n`);
    }),
    RUNS
  );
});

const isDate = (name: string): boolean => name === 'meta.modified';

test('a key that both changed is a conflict unless they agree', () => {
  fc.assert(
    fc.property(
      disjoint,
      someContent,
      someContent,
      fc.nat(PARTS.length - 1),
      (texts, one, other, at) => {
        const part = PARTS[at] as Part;
        const name = part.path.join('.');
        const [base, ours, theirs] = [said(texts.source), said(texts.file), said(texts.now)];
        const edited = (content: Content, after: Content) =>
          composed(PARTS, (each) => (each === part ? after : content));
        fc.pre(!isSamePart(part, one, base) && !isSamePart(part, other, base));
        // A file that matches the CMS by chance might be based on its text.
        fc.pre(isSamePart(part, ours, base) && isSamePart(part, theirs, base));
        const file = saying(texts.source, edited(ours, one));
        const now = saying(texts.source, edited(theirs, other));
        const result = merge({ source: texts.source, file, now, history: [texts.source] });

        const hasAgreed = isSamePart(part, one, other) || isDate(name);
        expect(result.kind === 'conflict' ? result.conflicts : []).toEqual(
          hasAgreed
            ? []
            : [
                {
                  path: name,
                  base: part.get(base),
                  file: part.get(said(file)),
                  cms: part.get(said(now)),
                },
              ]
        );
        if (!hasAgreed) return;
        const { content } = outcome({ source: texts.source, file, now, history: [texts.source] });
        const later = [part.get(one), part.get(other)].sort().findLast(Boolean);
        expect(part.get(content)).toEqual(isDate(name) ? later : part.get(said(now)));
      }
    ),
    RUNS
  );
});

test('a file that is based on the served text is imported as it is', () => {
  fc.assert(
    fc.property(someFile, someFile, (now, file) => {
      fc.pre(now !== file);
      const { result, text } = outcome({ now, file, isCurrent: true });

      expect(result).toMatchObject({ kind: 'merged', source: file });
      expect(text).toBe(file);
    }),
    RUNS
  );
});

test('texts that the CMS knows change nothing', () => {
  fc.assert(
    fc.property(disjoint, ({ source, file, now, history }) => {
      expect(merge({ file: now, now, source, history })).toEqual({ kind: 'unchanged' });
      fc.pre(file !== now && source !== now);
      expect(merge({ file: source, now, source, history })).toEqual({ kind: 'outdated' });
      expect(merge({ file, now, source, history: [...history, file] })).toEqual({
        kind: 'outdated',
      });
    }),
    RUNS
  );
});

test('an imported file changes nothing when it is imported again', () => {
  fc.assert(
    fc.property(disjoint, ({ source, file, now, history }) => {
      const { result, text } = outcome({ source, file, now, history });
      fc.pre(result.kind === 'merged');
      const taken = result.kind === 'merged' ? result.source : source;

      expect(merge({ file: text, now: text, source: taken, history }).kind).toBe('unchanged');
      expect(merge({ file, now: text, source: taken, history }).kind).toMatch(
        /^(unchanged|outdated)$/
      );
    }),
    RUNS
  );
});

const anyTexts = fc
  .record({ source: someFile, file: someFile, now: someContent, old: someFile })
  .map(({ source, file, now, old }) => ({
    source,
    file,
    now: saying(source, now),
    history: [old],
  }));

test('whatever the texts are, no value is lost without a conflict', () => {
  fc.assert(
    fc.property(fc.oneof(anyTexts, disjoint), (texts) => {
      const result = merge(texts);
      fc.pre(result.kind === 'merged');
      const content = result as Content;
      const [ours, theirs] = [said(texts.file), said(texts.now)];
      const known = [texts.source, ...texts.history].map(said);
      for (const part of PARTS) {
        const isIn = (others: Content[]) => (one: Content) =>
          others.some((other) => isSamePart(part, one, other));
        expect(isIn([ours, theirs])(content)).toBe(true);
        if (isDate(part.path.join('.'))) continue;
        // A value that only the file has is in the result.
        if (!isIn([...known, theirs])(ours)) expect(isIn([ours])(content)).toBe(true);
      }
    }),
    RUNS
  );
});

/** Few values, so that texts are equally close to each other and editors return to old ones. */
const edit = fc.record({
  line: fc.constantFrom('summary', 'layout', 'rating'),
  value: fc.constantFrom(undefined, 0, 1),
});
type Edit = { line: string; value: number | undefined };

const VALUES: Record<string, string[]> = {
  summary: ['S', 'S2'],
  layout: ['wide', 'narrow'],
  rating: ['0.5', '1'],
};

function versionsOf(edits: readonly Edit[]): string[] {
  const lines = new Map<string, string>();
  return [undefined, ...edits].map((each) => {
    const value = each?.value === undefined ? undefined : VALUES[each.line]?.[each.value];
    if (each && value === undefined) lines.delete(each.line);
    else if (each) lines.set(each.line, String(value));
    return fileOf('title: T', 'order: 1', ...[...lines].sort().map((pair) => pair.join(': ')));
  });
}

test('an edit of any served text overwrites nothing that an editor changed since', () => {
  fc.assert(
    fc.property(
      fc.array(edit, { minLength: 1, maxLength: 5 }),
      edit,
      fc.nat(5),
      fc.boolean(),
      (edits, last, at, isImported) => {
        const versions = versionsOf(edits);
        const known = versions.map(said);
        const index = Math.min(at, edits.length);
        const file = versionsOf([...edits.slice(0, index), last]).at(-1) as string;
        const [base, ours, now] = [known[index]!, said(file), known.at(-1)!];
        // Such a file cannot be distinguished from an old checkout that nobody edited.
        fc.pre(!known.some((content) => differing(content, ours).length === 0));
        const result = merge({
          file,
          now: versions.at(-1) as string,
          history: versions.toReversed(),
          ...(isImported && { source: versions[0] as string }),
        });
        const isEdited = differing(base, ours);
        const isEditedSince = differing(base, now);
        if (result.kind === 'conflict') return;
        const content = result.kind === 'merged' ? result : now;
        expect(differing(content, ours)).toEqual(
          differing(now, ours).filter((name) => !isEdited.includes(name))
        );
        const lost = isEditedSince.filter((name) => isEdited.includes(name));
        expect(lost.filter((name) => differing(now, ours).includes(name))).toEqual([]);
      }
    ),
    RUNS
  );
});

test('a hidden entry is neither overwritten nor removed', () => {
  fc.assert(
    fc.property(disjoint, fc.constantFrom('a', 'b'), (texts, url) => {
      const withoutEntry = (text: string): string => {
        const { value, body } = said(text);
        return patch(articles, text, { ...value, author: undefined }, body);
      };
      const now = withoutEntry(texts.now);
      const stored = { ...parseOrThrow(now).data, author: { url } };
      const result = merge({ ...texts, now, stored });

      const isNamed = (path: string): boolean => path === 'author';
      if (result.kind === 'merged') {
        expect(result.changed.map((path) => path.join('.')).filter(isNamed)).toEqual([]);
      }
      if (result.kind !== 'conflict') return;
      const author = articles.leaves.find(({ path }) => isNamed(path.join('.')));
      for (const { path, file, cms } of result.conflicts) {
        if (!isNamed(path)) continue;
        expect(cms).toEqual({ url });
        expect(isSameMeaning(author!.field, file, cms)).toBe(false);
      }
    }),
    RUNS
  );
});
