import { patch } from '../patch';
import { article, conflict, merge } from '../testing/merging';
import { articles, fileOf } from '../testing/shape';

describe('an old checkout that was merged into newer text', () => {
  const old = article('summary: old');
  const edited = article("summary: 'new'");
  const checkout = old.replace('order: 1', 'order: 2');
  const merged = edited.replace('order: 1', 'order: 2');
  const texts = { now: merged, source: merged, history: [merged, edited, old] };

  test('changes nothing when it is imported again', () => {
    expect(merge({ ...texts, file: checkout, lastFile: checkout })).toEqual({ kind: 'outdated' });
  });

  test('is the base of what its author edits next', () => {
    const file = `${checkout}Body\n`;

    expect(merge({ ...texts, file, lastFile: checkout })).toMatchObject({
      kind: 'merged',
      changed: [['body']],
      value: { summary: 'new' },
    });
  });

  test('causes a conflict for a key that its author and an editor changed', () => {
    const file = checkout.replace('old', 'file');

    expect(merge({ ...texts, file, lastFile: checkout })).toEqual(
      conflict('summary', 'old', 'file', 'new')
    );
  });

  test('undoes nothing if the CMS does not remember it', () => {
    expect(merge({ ...texts, file: checkout })).toEqual(conflict('summary', 'old', 'old', 'new'));
  });
});

describe('if several texts are equally close to the file', () => {
  const source = article('summary: v0');
  const v1 = article('summary: v1');
  const v2 = `${v1}Body of the editor\n`;
  const v3 = v2.replace('order: 1', 'order: 2');

  test('a key that an editor changed after one of them is a conflict', () => {
    const file = `${v1}Body of the author\n`;

    expect(merge({ file, now: v3, source, history: [v3, v2, v1, source] })).toEqual(
      conflict('body', '', 'Body of the author\n', 'Body of the editor\n')
    );
  });

  test('lines that an editor added and that the file has identify the base', () => {
    const file = `${v2}Another line of the author\n`;

    expect(merge({ file, now: v3, source, history: [v3, v2, v1, source] })).toMatchObject({
      kind: 'merged',
      changed: [['body']],
      value: { order: 2 },
      body: 'Body of the editor\nAnother line of the author\n',
    });
  });

  test.each([
    ['is missing', ['questions: [a, b, of-the-author]']],
    ['was removed by the editor', ['questions: [a, b, c, removed, of-the-author]']],
    ['has another order', ['questions: [c, a, b, of-the-author]']],
  ])('a list does not identify the base if a part of it %s', (_, [questions]) => {
    const one = article('questions: [a, b, removed]');
    const two = article('questions: [a, b, c]');

    expect(merge({ file: article(questions!), now: two, history: [two, one] })).toMatchObject({
      kind: 'conflict',
      conflicts: [{ path: 'questions' }],
    });
  });

  test('a key that an editor changed is a conflict without an import, too', () => {
    const file = article('summary: of the author');

    expect(merge({ file, now: v1, history: [v1, source] })).toEqual(
      conflict('summary', 'v0', 'of the author', 'v1')
    );
  });

  test('a key that an editor changed and changed back is a conflict', () => {
    const file = article('summary: of the author');

    expect(merge({ file, now: source, source, history: [source, v1, source] })).toEqual(
      conflict('summary', 'v0', 'of the author', 'v0')
    );
  });

  test('what all of them agree on is merged', () => {
    const [one, two] = [article('rating: 0'), article('rating: 1')];
    const file = article('rating: 1', 'layout: wide');

    expect(merge({ file, now: two, history: [two, one] })).toMatchObject({
      kind: 'merged',
      changed: [['layout']],
    });
    expect(
      merge({ file: article('layout: wide'), now: two, history: [two, article()] })
    ).toMatchObject({ kind: 'merged', changed: [['layout']], value: { rating: 1 } });
  });

  test('the later of two dates stays', () => {
    const dated = (day: string, summary: string) =>
      article(`summary: ${summary}`, `meta: {modified: ${day}}`);
    const [one, two] = [dated('2026-01-01', 'same'), dated('2026-02-01', 'same')];
    const file = dated('2026-03-01', 'of the author');

    expect(merge({ file, now: two, history: [two, one] })).toMatchObject({
      kind: 'merged',
      value: { summary: 'of the author', meta: { modified: '2026-03-01' } },
    });
  });
});

describe('an edited checkout from before the last import', () => {
  const old = article('summary: S', 'rating: 0.5');
  const source = article('# a comment', "summary: 'S'", 'unknown: 1', 'rating: 1');
  const now = article('# a comment', "summary: 'S'", 'unknown: 1', 'rating: 1', "layout: 'wide'");
  const history = [now, source, old];

  test('keeps comments, unknown keys and layout that were added since', () => {
    const file = article('summary: S', 'rating: 0.5', 'isPinned: true');
    const result = merge({ file, now, source, history });

    expect(result).toMatchObject({
      kind: 'merged',
      changed: [['isPinned']],
      value: { rating: 1, layout: 'wide', isPinned: true },
      source: article(
        '# a comment',
        "summary: 'S'",
        'unknown: 1',
        'rating: 1',
        'isPinned: true',
        "layout: 'wide'"
      ),
    });
  });

  test.each([
    ['comments', ['# a comment', 'summary: S']],
    ['quotes', ["summary: 'S'", "layout: 'wide'"]],
  ])('is recognized by its %s if the values are the same', (_, lines) => {
    const current = article('rating: 1', ...lines);
    const before = article(
      'rating: 1',
      'summary: S',
      ...(lines[1]?.startsWith('l') ? ['layout: wide'] : [])
    );
    const file = before.replace('rating: 1', 'rating: 0');
    const texts = { now: current, source: current, history: [current, before] };

    expect(merge({ ...texts, file })).toMatchObject({
      changed: [['rating']],
      source: article('rating: 0', ...lines),
    });
  });

  test('is recognized by its unknown keys if the values are the same', () => {
    const current = article('summary: S', 'unknown: 1');
    const before = article('summary: S');
    const file = article('summary: S2', '# why');

    expect(merge({ file, now: current, source: current, history: [current, before] })).toEqual(
      conflict('', before, file, current)
    );
  });

  test.each([
    ['comments', ['# another comment', 'summary: S', 'rating: 0.5']],
    ['unknown keys', ['summary: S', 'rating: 0.5', 'unknown: 2']],
    ['quotes', ['summary: "S"', 'rating: 0.5', 'isPinned: true']],
    ['a comment on a value', ['summary: S2 # why', 'rating: 0.5']],
  ])('is a conflict if it changed %s as well', (_, lines) => {
    const file = article(...lines);

    expect(merge({ file, now, source, history })).toEqual(conflict('', old, file, now));
  });

  test('may write its new values in its own style', () => {
    const file = article('summary: "S2"', 'questions: [Why?]', 'rating: 0.5', 'isPinned: true');

    expect(merge({ file, now, source, history })).toMatchObject({
      changed: [['summary'], ['isPinned'], ['questions']],
      source: now
        .replace("'S'", "'S2'")
        .replace("layout: 'wide'", "isPinned: true\nlayout: 'wide'\nquestions:\n  - 'Why?'"),
    });
  });

  test('becomes the source if only the style of changed values was added since', () => {
    const given = article('summary: S', 'rating: 0.5');
    const current = article('summary: "S2"', 'rating: 0.5');
    const file = article('# why', 'summary: S', 'rating: 0.5', 'layout: wide');
    const texts = { now: current, source: current, history: [current, given] };

    expect(merge({ ...texts, file })).toMatchObject({
      changed: [['layout']],
      value: { summary: 'S2', layout: 'wide' },
      source: file,
    });
  });

  test('is outdated if the CMS made the same edits', () => {
    const file = article('summary: S', 'rating: 0.5', 'layout: wide');

    expect(merge({ file, now, source, history })).toEqual({ kind: 'outdated' });
  });

  test('becomes the source if only values changed since', () => {
    const given = article('summary: S', 'rating: 0.5');
    const current = article('summary: S2', 'rating: 0.5', 'layout: wide');
    const file = article('summary: S', '# why', 'rating: 0.6');
    const texts = { now: current, source: current, history: [current, given] };

    expect(merge({ ...texts, file })).toMatchObject({
      changed: [['rating']],
      value: { summary: 'S2', layout: 'wide', rating: 0.6 },
      source: file,
    });
  });

  test('keeps what is currently hidden in the source', () => {
    const lines = ['# a comment', 'author: {url: a} # ours', '', 'rating: 1 # stars'];
    const taken = article(...lines);
    const shown = patch(articles, taken, { title: 'T', order: 1, rating: 1 }, '');
    const result = merge({
      file: article('rating: 0', 'summary: S'),
      now: shown,
      source: taken,
      history: [shown, article('rating: 0')],
      hidden: { author: { url: 'a' } },
    });

    expect(result).toMatchObject({
      changed: [['summary']],
      source: fileOf('title: T', "summary: 'S'", 'order: 1', ...lines),
    });
  });
});
