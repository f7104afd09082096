import fc from 'fast-check';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import type { HookFilter } from './hook';
import { concerns, nothingPending, withPublications } from './pending';
import {
  buildPublication,
  cursorAt,
  inOrder,
  minute,
  someFilter,
  somePublications,
} from './testing/publications';

const keyOf = ({ collection, slug }: Pick<LoggedPublication, 'collection' | 'slug'>): string =>
  `${collection}/${slug}`;

const pendingOf = (publications: readonly LoggedPublication[], filter: HookFilter = {}) =>
  withPublications(nothingPending(cursorAt(0)), publications, filter);

const changesOf = (publications: Partial<LoggedPublication>[], filter?: HookFilter) => [
  ...pendingOf(inOrder(publications), filter).changes.values(),
];

const tagged = (...tags: string[]) => ({ tags });

describe('a change concerns a hook', () => {
  const cases: [title: string, HookFilter, Partial<LoggedPublication>, boolean][] = [
    ['without a filter', {}, {}, true],
    ['of a collection', { collections: ['roadmaps'] }, {}, true],
    ['not of another collection', { collections: ['guides'] }, {}, false],
    ['that has the tag', { tags: ['a'] }, { before: null, after: tagged('a', 'b') }, true],
    ['that gets the tag', { tags: ['a'] }, { before: tagged(), after: tagged('a') }, true],
    ['that loses the tag', { tags: ['a'] }, { before: tagged('a'), after: tagged() }, true],
    ['that had the tag and goes', { tags: ['a'] }, { before: tagged('a'), after: null }, true],
    ['not without the tag', { tags: ['a'] }, { before: tagged('b'), after: tagged('c') }, false],
    ['not that is new without the tag', { tags: ['a'] }, { before: null, after: {} }, false],
    ['with one of the tags', { tags: ['a', 'b'] }, { before: null, after: tagged('b') }, true],
    ['of which it is not known what it was', { tags: ['a'] }, { after: tagged() }, true],
    ['of which it is not known what it is', { tags: ['a'] }, { before: tagged() }, true],
    [
      'not with a text in place of tags',
      { tags: ['a'] },
      { before: null, after: { tags: 'a' } },
      false,
    ],
    ['of a key', { changed: ['title'] }, { changed: ['order', 'title'] }, true],
    ['not of another key', { changed: ['title'] }, { changed: ['order'] }, false],
    ['of a key below', { changed: ['seo'] }, { changed: ['seo.title'] }, true],
    ['of a key above', { changed: ['seo.title'] }, { changed: ['seo'] }, true],
    ['not of a key that begins alike', { changed: ['seo'] }, { changed: ['seoTitle'] }, false],
    ['that is published', { changed: ['title'] }, { changed: [] }, true],
    ['that goes', { changed: ['title'] }, { state: 'gone', changed: [] }, true],
    [
      'that is renamed, whatever else it changed',
      { changed: ['title'] },
      { reason: 'renamed', changed: ['order'] },
      true,
    ],
    [
      'that was found to differ, which may have another slug',
      { changed: ['title'] },
      { reason: 'reconciled', changed: ['order'] },
      true,
    ],
    [
      'that loses the tag, whichever keys of it are asked for',
      { tags: ['a'], changed: ['title'] },
      { before: tagged('a'), after: tagged(), changed: ['tags'] },
      true,
    ],
    [
      'not of another key while it keeps the tag',
      { tags: ['a'], changed: ['title'] },
      { before: tagged('a'), after: tagged('a'), changed: ['order'] },
      false,
    ],
    [
      'not if one part of the filter does not hold',
      { collections: ['roadmaps'], tags: ['a'], changed: ['title'] },
      { before: tagged('a'), after: tagged('a'), changed: ['order'] },
      false,
    ],
  ];

  test.each(cases)('%s', (_title, filter, publication, expected) => {
    expect(concerns(filter, buildPublication(publication))).toBe(expected);
  });
});

test('lists a slug once, with its newest state and all keys that changed, the newest last', () => {
  const changes = changesOf([
    { slug: 'go', changed: ['title'] },
    { slug: 'rust' },
    { slug: 'go', reason: 'updated', changed: ['order', 'title'] },
  ]);

  expect(changes).toEqual([
    { collection: 'roadmaps', slug: 'rust', state: 'live', reason: 'published', changed: [] },
    {
      collection: 'roadmaps',
      slug: 'go',
      state: 'live',
      reason: 'updated',
      changed: ['title', 'order'],
    },
  ]);
});

test('lists the same slug of two collections twice', () => {
  expect(changesOf([{ collection: 'roadmaps' }, { collection: 'guides' }])).toHaveLength(2);
});

test('changes that do not concern the hook only move its position', () => {
  const pending = pendingOf(inOrder([{}, {}]), { collections: ['guides'] });

  expect(pending).toEqual({ to: cursorAt(2), changes: new Map() });
});

test('the first and the last time are those of changes that concern the hook', () => {
  const pending = pendingOf(inOrder([{ collection: 'guides' }, {}, {}, { collection: 'guides' }]), {
    collections: ['roadmaps'],
  });

  expect(pending.during).toEqual({ firstAt: minute(2), lastAt: minute(3) });
});

test('a slug that lost its tag and was then unpublished is gone', () => {
  const changes = changesOf(
    [
      { before: tagged('a'), after: tagged() },
      { state: 'gone', reason: 'unpublished', before: tagged(), after: null },
    ],
    { tags: ['a'] }
  );

  expect(changes).toEqual([expect.objectContaining({ state: 'gone', reason: 'unpublished' })]);
});

test('a slug that was unpublished and is another document now is live', () => {
  const changes = changesOf(
    [
      { state: 'gone', before: tagged('a'), after: null },
      { documentId: 'another', before: null, after: tagged() },
    ],
    { tags: ['a'] }
  );

  expect(changes).toEqual([expect.objectContaining({ state: 'live' })]);
});

test('includes every publication that passes the filter, with its keys', () => {
  fc.assert(
    fc.property(somePublications, someFilter, (publications, filter) => {
      const { changes } = pendingOf(publications, filter);

      for (const publication of publications.filter((one) => concerns(filter, one))) {
        const pendingKeys = changes.get(keyOf(publication))?.changed;
        expect(pendingKeys).toEqual(expect.arrayContaining(publication.changed));
      }
    })
  );
});

test('includes no slug without a publication that passes the filter', () => {
  fc.assert(
    fc.property(somePublications, someFilter, (publications, filter) => {
      const passing = publications.filter((one) => concerns(filter, one)).map(keyOf);

      expect(new Set(pendingOf(publications, filter).changes.keys())).toEqual(new Set(passing));
    })
  );
});

test('the state of a slug is what readers find in the end', () => {
  fc.assert(
    fc.property(somePublications, someFilter, (publications, filter) => {
      for (const change of pendingOf(publications, filter).changes.values()) {
        const newest = publications.findLast((one) => keyOf(one) === keyOf(change));
        expect(change.state).toBe(newest?.state);
      }
    })
  );
});

test('a change that leaves a filter by its tag passes the filter', () => {
  fc.assert(
    fc.property(somePublications, fc.constantFrom('draft', 'role-roadmap'), (publications, tag) => {
      const leaving = publications.filter(({ before }) => before?.['tags'] !== undefined);

      for (const publication of leaving) {
        const had = (publication.before?.['tags'] as string[]).includes(tag);
        if (had) expect(concerns({ tags: [tag] }, publication)).toBe(true);
      }
    })
  );
});

test('reading in pieces has the same result as reading at once', () => {
  fc.assert(
    fc.property(
      somePublications,
      someFilter,
      fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
      (publications, filter, cuts) => {
        const bounds = [0, ...cuts.sort((one, other) => one - other), publications.length];
        const pieces = bounds.map((bound, index) =>
          publications.slice(bounds[index - 1] ?? 0, bound)
        );

        const inPieces = pieces.reduce(
          (pending, piece) => withPublications(pending, piece, filter),
          nothingPending(cursorAt(0))
        );

        const atOnce = pendingOf(publications, filter);
        expect(inPieces).toEqual(atOnce);
        expect([...inPieces.changes.keys()]).toEqual([...atOnce.changes.keys()]);
      }
    )
  );
});

test('does not modify what was read before', () => {
  const before = pendingOf(inOrder([{ slug: 'go' }]));

  withPublications(before, inOrder([{ slug: 'go', state: 'gone' }, { slug: 'rust' }]), {});

  expect([...before.changes.values()]).toEqual([expect.objectContaining({ state: 'live' })]);
});
