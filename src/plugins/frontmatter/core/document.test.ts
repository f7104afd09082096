import fc from 'fast-check';
import { runs } from '../../../../tests/helpers/property-runs';
import { bodyOf, fromFrontmatter, populateOf, toFrontmatter } from './document';
import { entry, newEntry, type EntryField } from './fields/entry';
import { text } from './fields/values';
import { defineShape } from './shape';
import { storedFormOf } from './testing/stored-form';
import { articleBody, articleDeclaration, articleFrontmatter, articles } from './testing/shape';
import { group } from './tree';

const author = articles.keys['author'] as EntryField;

const buildDocument = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  documentId: 'd1',
  slug: 'first-steps',
  title: 'First steps',
  order: 1,
  body: '# Body\n',
  ...parts,
});

test('a stored document becomes frontmatter in canonical order', () => {
  const document = buildDocument({
    questions: [{ id: 3, question: 'Why?' }],
    related: [{ documentId: 'd2', slug: 'second-steps' }],
    keywords: [{ name: 'guide' }, { name: 'how to' }],
    modified: '2026-05-02',
    published: '2026-05-01',
    meta: { id: 4, width: 968.25, headline: 'Steps' },
    author: { documentId: 'a1', name: 'Ada', title: 'A', url: 'https://example.com/ada' },
    isPinned: false,
    rating: 0,
    layout: 'wide',
    summary: 'S',
  });

  expect(JSON.stringify(toFrontmatter(articles, document))).toBe(
    JSON.stringify({
      title: 'First steps',
      summary: 'S',
      order: 1,
      rating: 0,
      isPinned: false,
      layout: 'wide',
      author: { url: 'https://example.com/ada', title: 'A' },
      meta: {
        headline: 'Steps',
        width: 968.25,
        published: '2026-05-01',
        modified: '2026-05-02',
        keywords: ['guide', 'how to'],
      },
      related: ['second-steps'],
      questions: ['Why?'],
    })
  );
  expect(bodyOf(articles, document)).toBe('# Body\n');
});

test('what is empty in the database is absent from the frontmatter', () => {
  const document = buildDocument({
    summary: '',
    rating: null,
    isPinned: null,
    layout: null,
    author: null,
    meta: { id: 4, headline: null, width: null },
    published: null,
    keywords: [],
    related: [],
    questions: [],
    body: null,
  });

  expect(toFrontmatter(articles, document)).toEqual({ title: 'First steps', order: 1 });
  expect(bodyOf(articles, document)).toBe('');
});

test('the populate query names relations, lists, components and the components of an entry', () => {
  expect(populateOf(articles)).toEqual({
    author: { populate: { contact: true } },
    meta: true,
    keywords: { select: ['documentId', 'name'] },
    related: { select: ['documentId', 'slug'] },
    questions: true,
  });
});

test('a file is split into attributes and references', () => {
  const frontmatter = {
    title: 'First steps',
    order: 1,
    author: { url: 'https://example.com/ada', contact: { label: 'Write', phone: '1' } },
    meta: { width: 2, published: '2026-05-01', keywords: ['b', 'a'] },
    related: ['second-steps'],
    questions: ['Why?', 'Why?'],
  };

  expect(fromFrontmatter(articles, frontmatter, 'B')).toEqual({
    attributes: {
      title: 'First steps',
      summary: null,
      order: 1,
      rating: null,
      isPinned: null,
      layout: null,
      meta: { headline: null, width: 2 },
      published: '2026-05-01',
      modified: null,
      questions: [{ question: 'Why?' }, { question: 'Why?' }],
      authorLabel: 'Write',
      body: 'B',
    },
    references: [
      {
        kind: 'entry',
        attribute: 'author',
        field: author,
        content: {
          url: 'https://example.com/ada',
          title: null,
          contact: { label: null, phone: '1' },
        },
      },
      {
        kind: 'names',
        attribute: 'keywords',
        target: 'api::keyword.keyword',
        nameAttribute: 'name',
        names: ['b', 'a'],
        isSingle: false,
      },
      {
        kind: 'links',
        path: ['related'],
        attribute: 'related',
        target: 'api::article.article',
        slugAttribute: 'slug',
        slugs: ['second-steps'],
      },
    ],
  });
});

test('keys that a file leaves out clear their attributes and references', () => {
  expect(fromFrontmatter(articles, { title: 'T', order: 1 }, '')).toMatchObject({
    attributes: { summary: null, meta: null, published: null, questions: [], authorLabel: null },
    references: [
      { kind: 'entry', content: null },
      { kind: 'names', names: [] },
      { kind: 'links', slugs: [] },
    ],
  });
});

test('a relation keeps the first of repeated items', () => {
  const frontmatter = {
    title: 'T',
    order: 1,
    meta: { keywords: ['b', 'a', 'b', 'c', 'a'] },
    related: ['x', 'x', 'y'],
  };
  const stored = storedFormOf(fromFrontmatter(articles, frontmatter, ''));

  expect(toFrontmatter(articles, stored)).toEqual({
    title: 'T',
    order: 1,
    meta: { keywords: ['b', 'a', 'c'] },
    related: ['x', 'y'],
  });
});

test('an empty value in a file equals an absent one', () => {
  const frontmatter = {
    title: 'T',
    order: 1,
    summary: '',
    layout: null,
    author: null,
    meta: { headline: null, keywords: [] },
    related: [],
    questions: null,
  };
  const stored = storedFormOf(fromFrontmatter(articles, frontmatter, ''));

  expect(toFrontmatter(articles, stored)).toEqual({ title: 'T', order: 1 });
});

test('any frontmatter is read back from its stored form', () => {
  const withoutRepeats = articleFrontmatter.map((frontmatter) => {
    const { meta, related } = frontmatter;
    if (meta?.keywords) meta.keywords = [...new Set(meta.keywords)];
    return { ...frontmatter, ...(related && { related: [...new Set(related)] }) };
  });
  fc.assert(
    fc.property(withoutRepeats, articleBody, (frontmatter, body) => {
      const stored = storedFormOf(fromFrontmatter(articles, frontmatter, body));

      expect(toFrontmatter(articles, stored)).toEqual(frontmatter);
      expect(bodyOf(articles, stored)).toBe(body);
    }),
    { numRuns: runs(500) }
  );
});

test('splitting a file does not change its frontmatter', () => {
  const frontmatter = { title: 'T', order: 1, author: { url: 'u', contact: { label: 'L' } } };

  fromFrontmatter(articles, frontmatter, '');

  expect(frontmatter).toEqual({
    title: 'T',
    order: 1,
    author: { url: 'u', contact: { label: 'L' } },
  });
});

describe('an entry that is shown within a window', () => {
  const documentWith = (startsAt: string | null, endsAt: string | null) =>
    buildDocument({ author: { url: 'u', startsAt, endsAt } });
  const from = '2026-03-01T08:00:00.000Z';
  const until = '2026-04-01T08:00:00.000Z';

  test.each([
    ['before its start', from, null, '2026-03-01T07:59:59.999Z'],
    ['at its end', null, until, '2026-04-01T08:00:00.000Z'],
    ['after its end', from, until, '2026-04-02T00:00:00.000Z'],
    ['whose end is before its start', until, from, '2026-03-15T00:00:00.000Z'],
    ['whose start and end are the same', from, from, '2026-03-01T08:00:00.000Z'],
  ])('is absent %s', (_, startsAt, endsAt, now) => {
    expect(toFrontmatter(articles, documentWith(startsAt, endsAt), new Date(now))).toEqual({
      title: 'First steps',
      order: 1,
    });
  });

  test.each([
    ['at its start', from, until, '2026-03-01T08:00:00.000Z'],
    ['until just before its end', from, until, '2026-04-01T07:59:59.999Z'],
    ['without an end', from, null, '2099-01-01T00:00:00.000Z'],
    ['without a start', null, until, '1999-01-01T00:00:00.000Z'],
    ['without both', null, null, '2026-03-15T00:00:00.000Z'],
    ['whose start has another time zone', '2026-03-01T10:00:00+02:00', null, from],
  ])('is present %s', (_, startsAt, endsAt, now) => {
    expect(toFrontmatter(articles, documentWith(startsAt, endsAt), new Date(now))).toEqual({
      title: 'First steps',
      order: 1,
      author: { url: 'u' },
    });
  });

  test('is present if no moment is given', () => {
    expect(toFrontmatter(articles, documentWith(until, from))).toMatchObject({
      author: { url: 'u' },
    });
  });
});

test('placeholders are filled in texts that may be overridden, in one pass, and nowhere else', () => {
  const document = buildDocument({
    title: 'A {title} $& c',
    author: { url: 'u/{title}', contact: { label: '{title} / {order}', phone: '{title}' } },
  });

  expect(toFrontmatter(articles, document)).toMatchObject({
    title: 'A {title} $& c',
    author: { url: 'u/{title}', contact: { label: 'A {title} $& c / {order}', phone: '{title}' } },
  });
});

test('an override replaces a text of the entry verbatim, at its position among the keys', () => {
  const contact = { label: 'Shared label', phone: '1' };
  const document = buildDocument({ author: { url: 'u', contact }, authorLabel: '{title} / Own' });

  const { author } = toFrontmatter(articles, document);

  expect(JSON.stringify(author)).toBe(
    JSON.stringify({ url: 'u', contact: { label: '{title} / Own', phone: '1' } })
  );
  expect(contact).toEqual({ label: 'Shared label', phone: '1' });
});

test('an override precedes the keys that follow it, even if the entry has no such text', () => {
  const contact = { label: null, phone: '1' };
  const document = buildDocument({ author: { url: 'u', contact }, authorLabel: 'L' });

  const { author } = toFrontmatter(articles, document);

  expect(JSON.stringify(author)).toBe(
    JSON.stringify({ url: 'u', contact: { label: 'L', phone: '1' } })
  );
});

describe('an entry with two texts that may be overridden', () => {
  const shape = defineShape({
    ...articleDeclaration,
    keys: {
      title: text(),
      author: entry({
        target: 'api::author.author',
        keys: { label: text(), url: text(), contact: group({ label: text(), phone: text() }) },
        overrides: {
          label: { attribute: 'ownLabel', placeholders: ['title', 'summary'] },
          'contact.label': { attribute: 'ownContactLabel', placeholders: [] },
        },
      }),
    },
    dates: { ...articleDeclaration.dates, relevant: [] },
  });
  const authorOf = (document: Record<string, unknown>) => toFrontmatter(shape, document)['author'];

  test('fills all placeholders of a text at once, so that values are never filled again', () => {
    const document = {
      title: '{summary}',
      summary: '{title}',
      author: { label: '{title}{summary}' },
    };

    expect(authorOf(document)).toEqual({ label: '{summary}{title}' });
  });

  test('fills each occurrence of a placeholder, and one without a value with an empty text', () => {
    const document = { title: 'T', summary: null, author: { label: '{title} {title}-{summary}-' } };

    expect(authorOf(document)).toEqual({ label: 'T T--' });
  });

  test('leaves everything else in braces as it is', () => {
    const label = '{} {order} { title } {{title}} {Title} $&';

    expect(authorOf({ title: 'T', order: 1, author: { label } })).toEqual({
      label: '{} {order} { title } {T} {Title} $&',
    });
  });

  test('fills only the placeholders that each text allows', () => {
    const contact = { label: '{title}', phone: '{title}' };

    expect(authorOf({ title: 'T', author: { label: '{title}', url: '{title}', contact } })).toEqual(
      { label: 'T', url: '{title}', contact: { label: '{title}', phone: '{title}' } }
    );
  });

  test('applies overrides in canonical order, whatever the order they are stored in', () => {
    const document = {
      author: { contact: { phone: '1' }, url: 'u' },
      ownContactLabel: 'C {title}',
      ownLabel: 'L {title}',
      title: 'T',
    };

    expect(JSON.stringify(toFrontmatter(shape, document))).toBe(
      JSON.stringify({
        title: 'T',
        author: { label: 'L {title}', url: 'u', contact: { label: 'C {title}', phone: '1' } },
      })
    );
  });
});

test.each([null, ''])('an override of %j leaves the text of the entry alone', (authorLabel) => {
  const document = buildDocument({ author: { url: 'u', contact: { label: 'L' } }, authorLabel });

  expect(toFrontmatter(articles, document)).toMatchObject({
    author: { url: 'u', contact: { label: 'L' } },
  });
});

test('an override adds a text that the entry does not have', () => {
  const document = buildDocument({ author: { url: 'u', contact: null }, authorLabel: 'L' });

  expect(toFrontmatter(articles, document)).toMatchObject({
    author: { url: 'u', contact: { label: 'L' } },
  });
});

test('an override without an entry shows nothing', () => {
  expect(toFrontmatter(articles, buildDocument({ author: null, authorLabel: 'L' }))).toEqual({
    title: 'First steps',
    order: 1,
  });
});

test('a new entry is named after the first of its texts that has a value', () => {
  expect(newEntry(author, { url: 'u', title: 'A' })).toEqual({ url: 'u', title: 'A', name: 'A' });
  expect(newEntry(author, { url: 'u', title: null })).toEqual({ url: 'u', title: null, name: 'u' });
  expect(newEntry(author, { url: 'u'.repeat(300) })).toMatchObject({ name: 'u'.repeat(255) });
});

test('the name of a new entry is well-formed, even if a character is cut', () => {
  expect(newEntry(author, { url: `${'u'.repeat(254)}😀` })).toMatchObject({
    name: `${'u'.repeat(254)}\uFFFD`,
  });
});
