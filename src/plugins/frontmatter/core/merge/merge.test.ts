import { article, conflict, merge } from '../testing/merging';

test('the text of the CMS changes nothing', () => {
  expect(merge({ file: article(), now: article() })).toEqual({ kind: 'unchanged' });
});

test('the text that was imported last changes nothing after an edit in the CMS', () => {
  const texts = { file: article(), now: article('summary: S'), source: article() };

  expect(merge(texts)).toEqual({ kind: 'outdated' });
});

test('line ends alone change nothing', () => {
  const [file, now] = [`${article('summary: S')}a\r\nb\n`, `${article('summary: S')}a\nb\r\n`];
  const crlf = article().replaceAll('\n', '\r\n');

  expect(merge({ file, now })).toEqual({ kind: 'unchanged' });
  expect(merge({ file: crlf, now, source: article() })).toEqual({ kind: 'outdated' });
});

test('an old checkout changes nothing', () => {
  const [file, source, now] = [article(), article('summary: S'), article('summary: S2')];

  expect(merge({ file, now, source, history: [source, file] })).toEqual({ kind: 'outdated' });
});

test('an author who started from a known text may go back to an older one', () => {
  const [file, source, now] = [article(), article('summary: S'), article('summary: S2')];
  const texts = { file, now, source, history: [source, file] };

  expect(merge({ ...texts, base: now })).toMatchObject({ kind: 'merged', changed: [['summary']] });
  expect(merge({ ...texts, base: source })).toMatchObject(
    conflict('summary', 'S', undefined, 'S2')
  );
  expect(merge({ ...texts, base: file })).toEqual({ kind: 'outdated' });
});

test('if the CMS knows no text of a document, a file may add keys but not change any', () => {
  const now = article('summary: S');

  expect(merge({ file: article('rating: 1'), now })).toMatchObject({
    kind: 'merged',
    value: { title: 'T', order: 1, summary: 'S', rating: 1 },
    changed: [['rating']],
    source: article('rating: 1'),
  });
  expect(merge({ file: article('summary: Another'), now })).toEqual(
    conflict('summary', undefined, 'Another', 'S')
  );
});

test('what only the file changed is applied, what only the CMS changed is kept', () => {
  const source = article('summary: S', 'rating: 0.5', 'layout: wide');
  const now = article('summary: S', 'rating: 1');
  const file = article("summary: 'S2'", 'rating: 0.5', 'layout: wide', 'isPinned: true');

  expect(merge({ file, now, source })).toEqual({
    kind: 'merged',
    value: { title: 'T', order: 1, summary: 'S2', rating: 1, isPinned: true },
    body: '',
    changed: [['summary'], ['isPinned']],
    source: file,
  });
});

test('a key that the file removed is among the changed ones', () => {
  const texts = { file: article(), now: article('summary: S'), source: article('summary: S') };

  expect(merge(texts)).toMatchObject({
    changed: [['summary']],
    value: { title: 'T', order: 1 },
  });
});

test('a key that both changed to different values is a conflict, even if nothing else changed', () => {
  const texts = {
    source: article('summary: base'),
    now: article('summary: cms'),
    file: article('summary: file'),
  };

  expect(merge(texts)).toEqual(conflict('summary', 'base', 'file', 'cms'));
});

test('it is also a conflict if the text of the CMS was already served', () => {
  const source = article();
  const given = article('summary: cms');
  const texts = { source, now: given, file: article('summary: file'), history: [given, source] };

  expect(merge(texts)).toEqual(conflict('summary', undefined, 'file', 'cms'));
});

test('a second edit of a key in the file is not a conflict, whatever older texts there are', () => {
  const [v1, v2, v3] = ['1', '2', '3'].map((text) => article(`summary: v${text}`));

  expect(merge({ file: v3!, now: v2!, source: v2!, history: [v2!, v1!] })).toMatchObject({
    kind: 'merged',
    changed: [['summary']],
  });
});

test('an edit of the only text that the CMS served is not a conflict', () => {
  const [v1, v2] = ['1', '2'].map((text) => article(`summary: v${text}`));

  expect(merge({ file: v2!, now: v1!, history: [v1!] })).toMatchObject({ kind: 'merged' });
});

test('an edit of what was served before the draft was edited is a conflict', () => {
  const [v1, v2, v3] = ['1', '2', '3'].map((text) => article(`summary: v${text}`));

  expect(merge({ file: v3!, now: v2!, history: [v1!] })).toEqual(
    conflict('summary', 'v1', 'v3', 'v2')
  );
});

test('a key that both changed to the same value is not a conflict', () => {
  const texts = {
    source: article(),
    now: article('summary: S', 'rating: 1'),
    file: article("summary: 'S'"),
  };

  expect(merge(texts)).toMatchObject({ kind: 'merged', changed: [], source: texts.file });
});

test('all conflicts of a file are reported, including the body', () => {
  const source = `${article('author: {url: a}')}base\n`;
  const now = `${article('author: {url: b}', 'rating: 1')}cms\n`;
  const file = `${article('author: {url: a, title: A}', 'rating: 0')}file\n`;

  expect(merge({ file, now, source })).toEqual({
    kind: 'conflict',
    conflicts: [
      { path: 'rating', base: undefined, file: 0, cms: 1 },
      { path: 'author', base: { url: 'a' }, file: { url: 'a', title: 'A' }, cms: { url: 'b' } },
      { path: 'body', base: 'base\n', file: 'file\n', cms: 'cms\n' },
    ],
  });
});

test('a body is changed as a whole', () => {
  const texts = { source: article(), now: article('rating: 1'), file: `${article()}# New\r\n` };

  expect(merge(texts)).toMatchObject({ changed: [['body']], body: '# New\n' });
});

test.each([
  ['a repeated keyword', 'meta: {keywords: [a, b]}', 'meta: {keywords: [a, b, a]}'],
  ['an empty key', '', 'summary:'],
  ['other quotes', 'summary: S', 'summary: "S"'],
  ['a comment', 'summary: S', 'summary: S # why'],
  ['an unknown key', 'meta: {width: 1}', 'meta: {width: 1, unknown: 2}'],
])('%s changes only the source', (_, now, file) => {
  expect(merge({ file: article(file), now: article(now) })).toMatchObject({
    kind: 'merged',
    changed: [],
    source: article(file),
  });
});

test('unknown keys are not in the value', () => {
  const result = merge({
    file: article('x: 1', 'author: {url: u, y: 2}', 'meta: {z: 3}'),
    now: article('x: 1'),
  });

  expect(result).toMatchObject({
    value: { title: 'T', order: 1, author: { url: 'u' } },
    changed: [['author']],
  });
  expect(result).not.toHaveProperty('value.x');
  expect(result).not.toHaveProperty('value.author.y');
  expect(result).not.toHaveProperty('value.meta');
});

describe('the date of the last change', () => {
  const dated = (day: string, ...lines: string[]) =>
    article(...lines, `meta: {modified: ${day}, published: 2026-01-01}`);

  test.each([
    ['of the file', '2026-03-01', '2026-02-01', [['summary'], ['meta', 'modified']]],
    ['of the CMS', '2026-02-01', '2026-03-01', [['summary']]],
  ])('the later one wins: that %s', (_, file, now, changed) => {
    const texts = {
      source: dated('2026-01-01'),
      now: dated(now, 'rating: 1'),
      file: dated(file, 'summary: S'),
    };

    expect(merge(texts)).toMatchObject({
      kind: 'merged',
      changed,
      value: { rating: 1, summary: 'S', meta: { modified: '2026-03-01' } },
    });
  });

  test('one that a side removed loses against any other', () => {
    const source = dated('2026-02-01');
    const now = dated('2026-01-01', 'rating: 1');
    const file = article('summary: S', 'meta: {published: 2026-01-01}');

    expect(merge({ file, now, source })).toMatchObject({
      changed: [['summary']],
      value: { meta: { modified: '2026-01-01' } },
    });
  });

  test('the date of the first publication is a key like any other', () => {
    const texts = {
      source: article('meta: {published: 2026-01-01}'),
      now: article('meta: {published: 2026-01-02}'),
      file: article('meta: {published: 2026-01-03}'),
    };

    expect(merge(texts)).toEqual(
      conflict('meta.published', '2026-01-01', '2026-01-03', '2026-01-02')
    );
  });
});

describe('an entry outside its window', () => {
  const shown = article('author: {url: a}');
  const hidden = { author: { url: 'a' } };

  test('is not removed by a file without it', () => {
    const file = article('summary: S');

    expect(merge({ file, now: article(), source: shown, hidden })).toMatchObject({
      changed: [['summary']],
    });
    const texts = { file, now: article('rating: 1'), source: shown, hidden };
    expect(merge({ ...texts, history: [article()] })).toMatchObject({ changed: [['summary']] });
  });

  test('is a conflict with another one in the file', () => {
    const file = article('author: {url: b}');

    expect(merge({ file, now: article(), hidden })).toEqual(
      conflict('author', undefined, { url: 'b' }, { url: 'a' })
    );
    expect(merge({ file, now: article(), source: shown, hidden })).toMatchObject({
      kind: 'conflict',
      conflicts: [{ path: 'author', cms: { url: 'a' } }],
    });
  });

  test('is left alone by a file that holds the same', () => {
    const result = merge({ file: article('author: {url: "a"}'), now: article(), hidden });

    expect(result).toMatchObject({ kind: 'merged', changed: [], value: { title: 'T', order: 1 } });
    expect(result).not.toHaveProperty('value.author');
  });

  test('is left alone by an edited checkout from its time', () => {
    const texts = { file: article('author: {url: a}', 'summary: S'), now: article(), hidden };

    expect(merge({ ...texts, source: shown })).toMatchObject({ changed: [['summary']] });
  });

  test('does not prevent an entry in a document that has none', () => {
    expect(merge({ file: shown, now: article() })).toMatchObject({ changed: [['author']] });
  });
});

describe('a link whose target is not published', () => {
  const texts = { source: article('related: [a, b]'), now: article('related: [a]') };
  const hidden = { related: ['a', 'b'] };

  test('does not count as removed by the CMS', () => {
    const file = article('related: [a, b, c]');

    expect(merge({ ...texts, file, hidden })).toMatchObject({
      changed: [['related']],
      value: { related: ['a', 'b', 'c'] },
    });
  });

  test('can be removed by the CMS for good, and then a change of the file is a conflict', () => {
    const file = article('related: [a, b, c]');

    expect(merge({ ...texts, file })).toEqual(
      conflict('related', ['a', 'b'], ['a', 'b', 'c'], ['a'])
    );
  });
});

test('a checkout without a hidden key becomes the source even if the key is shown again', () => {
  const source = article("author: {'url': 'a'} # ours", 'rating: 1');
  const given = article('rating: 1');
  const file = article('# why', 'rating: 1');

  expect(merge({ file, now: source, source, history: [given] })).toMatchObject({
    kind: 'merged',
    changed: [],
    source: file,
    value: { author: { url: 'a' } },
  });
});

test('texts that an earlier shape allowed are only compared', () => {
  const odd = article('related: 5', 'meta: [1]', 'author: x', 'summary: [a]', 'questions: {a: 1}');
  const texts = { file: article('related: [a]'), now: article('related: [b]'), source: article() };

  expect(merge({ ...texts, history: [odd] })).toEqual(conflict('related', undefined, ['a'], ['b']));
});
