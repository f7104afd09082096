import fc from 'fast-check';
import {
  linkedIds,
  linkPending,
  pendingSlugs,
  resolveLinks,
  toLinkOrder,
  withRelationChange,
  withSlugs,
  type LinkEntry,
  type LinkOrder,
} from './link-order';

/** `a` is a link to the document a, whose slug is a-slug; `?x` is the pending slug x. */
const orderOf = (text: string): LinkOrder => text.split(' ').filter(Boolean).map(toEntry);
const toEntry = (word: string): LinkEntry =>
  word.startsWith('?') ? { slug: word.slice(1) } : { id: word };
const textOf = (order: LinkOrder): string =>
  order.map((entry) => ('id' in entry ? entry.id : `?${entry.slug}`)).join(' ');

const slugOf = (id: string): string => `${id}-slug`;
const words = (text: string): string[] => text.split(' ').filter(Boolean);
const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

describe('the stored list', () => {
  test.each([
    ['links and pending slugs', [{ id: 'a' }, { slug: 'x' }], 'a ?x'],
    ['a list without links', [], ''],
    ['a list with repeats', [{ id: 'a' }, { slug: 'a' }, { id: 'a' }, { slug: 'a' }], 'a ?a'],
    ['entries that hold something else as well', [{ id: 'a', at: 1 }], 'a'],
  ])('%s is parsed', (_, stored, expected) => {
    expect(toLinkOrder(stored)).toEqual(orderOf(expected));
  });

  test.each([
    null,
    undefined,
    'a',
    { id: 'a' },
    ['a'],
    [null],
    [{}],
    [{ id: 1 }],
    [{ id: '' }],
    [{ slug: '' }],
  ])('%j is not a list of links', (stored) => {
    expect(toLinkOrder(stored)).toBeUndefined();
  });
});

describe('after a write of the relation', () => {
  test.each([
    ['an added link comes by its place', 'a b', 'a b', 'a c b', 'a c b'],
    ['a removed link goes', 'a b c', 'a b c', 'a c', 'a c'],
    ['moved links stand as in the relation', 'a b c', 'a b c', 'c a b', 'c a b'],
    ['a pending slug stays behind its predecessor', 'a ?x b', 'a b', 'b a', 'b a ?x'],
    ['a pending slug stays at the beginning', '?x a b', 'a b', 'b a', '?x b a'],
    ['behind a link that goes it joins the one before', 'a b ?x c', 'a b c', 'c a', 'c a ?x'],
    ['behind the first link that goes it comes first', 'a ?x b', 'a b', 'b c', '?x b c'],
    ['several pending slugs stay together', 'a ?x b ?y c', 'a b c', 'c a', 'c a ?x ?y'],
    ['links that the relation had lost stay', 'a h b ?x', 'a b', 'b a', 'b ?x a h'],
    ['a lost link that comes back is placed by the relation', 'h a b', 'a b', 'a b h', 'a b h'],
    ['a link that the order lacks is placed by the relation', 'a ?x', 'a b', 'b a', 'b a ?x'],
    ['all links go', 'a ?x b h', 'a b', '', '?x h'],
    ['links come to an empty order', '', '', 'b a', 'b a'],
    ['a link that the relation holds twice comes once', 'a', 'a', 'b a b', 'b a'],
    ['a new link takes the part of its pending slug', 'a ?b-slug ?x', 'a', 'a b', 'a b ?x'],
    ['and stands where the relation has it', 'a ?b-slug ?x', 'a', 'b a', 'b ?x a'],
  ])('%s', (_, order, before, after, expected) => {
    const change = { before: words(before), after: words(after), slugOf };

    expect(textOf(withRelationChange(orderOf(order), change))).toBe(expected);
  });

  test.each([
    ['a new link first', '?x a b', 'a b', 'c a b', 'c', '', 'c ?x a b'],
    ['a known link first', '?x a ?y b', 'a b', 'b a', 'b', '', 'b ?x a ?y'],
    ['first what the relation has first already', '?x a ?y b', 'a b', 'a b', 'a', '', 'a ?x ?y b'],
    ['a link before the one that comes first', '?x a', 'a', 'd c a', 'c', '', 'd c ?x a'],
    ['a new link last', 'a b ?x', 'a b', 'a b c', '', 'c', 'a b ?x c'],
    ['last what the relation has last already', 'a b ?x', 'a b', 'a b', '', 'b', 'a ?x b'],
    ['first what was pending', '?x ?c-slug ?y a', 'a', 'c a', 'c', '', 'c ?x ?y a'],
    ['first what the relation had lost', '?x h a', 'a', 'h a', 'h', '', 'h ?x a'],
    ['a link into an empty relation', '?x', '', 'a', 'a', '', 'a ?x'],
  ])('that puts %s', (_, order, before, after, first, last, expected) => {
    const change = { before: words(before), after: words(after), slugOf };
    const ends = { first: words(first), last: words(last) };

    expect(textOf(withRelationChange(orderOf(order), { ...change, ...ends }))).toBe(expected);
  });

  test('that puts first what is first already, the order is the same object', () => {
    const order = orderOf('a ?x b');
    const change = { before: ['a', 'b'], after: ['a', 'b'], slugOf, first: ['a'] };

    expect(withRelationChange(order, change)).toBe(order);
  });

  test('that changes nothing, the order is the same object', () => {
    const order = orderOf('a ?x b ?b-slug');

    expect(withRelationChange(order, { before: ['b'], after: ['b'], slugOf })).toBe(order);
  });

  test('targets without a slug are not mistaken for one another', () => {
    const change = { before: [], after: ['a', 'b'], slugOf: () => undefined };

    expect(textOf(withRelationChange(orderOf('?x'), change))).toBe('?x a b');
  });
});

describe('after an import', () => {
  /** Documents a to e are served; h and i exist, but are not served. */
  const idOf = (slug: string): string | undefined => /^([a-ehi])-slug$/.exec(slug)?.[1];
  const isVisible = (id: string): boolean => /[a-e]/.test(id);

  test.each([
    ['known slugs are links', '', 'b-slug a-slug', 'b a'],
    ['unknown slugs are pending', 'a', 'a-slug x', 'a ?x'],
    ['what the file holds twice comes once', 'a', 'a-slug x a-slug x', 'a ?x'],
    ['links and pending slugs that are not in the file go', 'a ?x b ?y', 'b-slug', 'b'],
    ['the sequence is that of the file', 'a ?x b', 'x b-slug a-slug', '?x b a'],
    [
      'links that are not given out stay behind their predecessor',
      'a h b',
      'b-slug a-slug',
      'b a h',
    ],
    ['also if that goes', 'b a h', 'c-slug b-slug', 'c b h'],
    ['or at the beginning', 'h a i', 'b-slug', 'h i b'],
    ['one that the file holds all the same is placed by it', 'h a', 'a-slug h-slug', 'a h'],
    ['a pending slug that has a document by now stays pending', '?b-slug a', 'b-slug', '?b-slug'],
    ['unless the document is linked as well', '?b-slug h a b', 'b-slug', 'b h'],
    ['an empty file keeps what is not given out', 'a h ?x', '', 'h'],
  ])('%s', (_, order, wanted, expected) => {
    const change = { wanted: words(wanted), idOf, isVisible };

    expect(textOf(withSlugs(orderOf(order), change))).toBe(expected);
  });

  test('that changes nothing, the order is the same object', () => {
    const order = orderOf('a h ?x b');
    const wanted = ['a-slug', 'x', 'b-slug'];

    expect(withSlugs(order, { wanted, idOf, isVisible })).toBe(order);
  });

  test('two slugs of one document are one link', () => {
    const oneDocument = (slug: string) => (slug === 'x' ? undefined : 'a');
    const change = { wanted: ['old', 'new', 'x'], idOf: oneDocument, isVisible };

    expect(textOf(withSlugs(orderOf(''), change))).toBe('a ?x');
  });
});

describe('linking pending slugs', () => {
  const idOf = (slug: string): string | undefined => (slug === 'x' ? 'a' : undefined);

  test.each([
    ['?y ?x b', '?y a b'],
    ['a b ?x', 'a b'],
    ['?x b a', 'a b'],
  ])('turns %s into %s', (order, expected) => {
    expect(textOf(linkPending(orderOf(order), idOf))).toBe(expected);
  });

  test('returns the same object if there is nothing to link', () => {
    const order = orderOf('a ?y');

    expect(linkPending(order, idOf)).toBe(order);
  });
});

describe('what readers get', () => {
  test('is published and pending slugs, in order', () => {
    const publishedSlugOf = (id: string) => (id === 'h' ? undefined : slugOf(id));

    expect(resolveLinks(orderOf('b ?x h a'), publishedSlugOf)).toEqual(['b-slug', 'x', 'a-slug']);
  });

  test('contains no slug twice', () => {
    expect(resolveLinks(orderOf('?a-slug a b ?b-slug'), slugOf)).toEqual(['a-slug', 'b-slug']);
  });
});

test('an order is split into ids and pending slugs', () => {
  expect(linkedIds(orderOf('b ?x a ?y'))).toEqual(['b', 'a']);
  expect(pendingSlugs(orderOf('b ?x a ?y'))).toEqual(['x', 'y']);
});

describe('for every order', () => {
  const id = fc.constantFrom(...'abcdef');
  const slug = fc.oneof(id.map(slugOf), fc.constantFrom('x', 'y', 'z'));
  const entry: fc.Arbitrary<LinkEntry> = fc.oneof(fc.record({ id }), fc.record({ slug }));
  const anyOrder = fc.array(entry, { maxLength: 8 }).map((entries) => toLinkOrder(entries) ?? []);
  const anyIds = fc.uniqueArray(id, { maxLength: 6 });
  const anyChange = fc.record({ before: anyIds, after: anyIds });
  const anyKnown = fc.uniqueArray(id).map((ids) => new Set(ids));
  const idOfKnown = (known: ReadonlySet<string>) => (wanted: string) =>
    [...known].find((one) => slugOf(one) === wanted);

  test('a write of the relation sets the sequence of the relation', () => {
    fc.assert(
      fc.property(anyOrder, anyChange, (order, change) => {
        fc.pre(change.before.join() !== change.after.join());
        const ids = linkedIds(withRelationChange(order, { ...change, slugOf }));

        expect(ids.filter((one) => change.after.includes(one))).toEqual(change.after);
      })
    );
  });

  test('a write of the relation keeps pending slugs and lost links, unless it links them', () => {
    fc.assert(
      fc.property(anyOrder, anyChange, (order, change) => {
        const result = withRelationChange(order, { ...change, slugOf });
        const touched = [...change.before, ...change.after];
        const untouched = (others: LinkOrder) =>
          others.filter((one) =>
            'id' in one
              ? !touched.includes(one.id)
              : !change.after.some((linked) => slugOf(linked) === one.slug)
          );
        const byText = (others: LinkOrder) => textOf(untouched(others)).split(' ').sort();

        expect(byText(result)).toEqual(byText(order));
        expect(linkedIds(result)).toEqual(unique(linkedIds(result)));
      })
    );
  });

  test('entries that a write does not touch stay behind their predecessor', () => {
    fc.assert(
      fc.property(anyOrder, anyChange, (order, change) => {
        const result = withRelationChange(order, { ...change, slugOf: () => undefined });
        const survivors = order.filter((one) =>
          textOf(result)
            .split(' ')
            .includes(textOf([one]))
        );
        const isUntouched = (one: LinkEntry | undefined) =>
          one !== undefined && !('id' in one && change.after.includes(one.id));
        survivors.forEach((one, index) => {
          if (!isUntouched(one)) return;
          const at = result.findIndex((other) => textOf([other]) === textOf([one]));
          expect(result[at - 1]).toEqual(survivors[index - 1]);
        });
      })
    );
  });

  test('repeating a write of the relation changes nothing', () => {
    fc.assert(
      fc.property(anyOrder, anyChange, (order, change) => {
        const once = withRelationChange(order, { ...change, slugOf });

        expect(withRelationChange(once, { ...change, slugOf })).toEqual(once);
      })
    );
  });

  test('readers get the slugs of the file if nothing is hidden', () => {
    fc.assert(
      fc.property(anyOrder, fc.array(slug), anyKnown, (order, wanted, known) => {
        const result = withSlugs(order, { wanted, idOf: idOfKnown(known), isVisible: () => true });

        expect(resolveLinks(result, slugOf)).toEqual(unique(wanted));
        expect(linkedIds(result)).toEqual(unique(linkedIds(result)));
      })
    );
  });

  test('an import keeps links that are not served, and is idempotent', () => {
    fc.assert(
      fc.property(anyOrder, fc.array(slug), anyKnown, anyKnown, (order, wanted, known, hidden) => {
        const isVisible = (one: string) => !hidden.has(one);
        const change = { wanted, idOf: idOfKnown(known), isVisible };
        const result = withSlugs(order, change);

        for (const one of linkedIds(order)) {
          if (!isVisible(one)) expect(linkedIds(result)).toContain(one);
        }
        expect(linkedIds(result)).toEqual(unique(linkedIds(result)));
        expect(withSlugs(result, change)).toBe(result);
      })
    );
  });

  test('linking pending slugs changes nothing for readers if the targets are published', () => {
    fc.assert(
      fc.property(anyOrder, anyKnown, (order, known) => {
        const result = linkPending(order, idOfKnown(known));

        expect(resolveLinks(result, slugOf)).toEqual(resolveLinks(order, slugOf));
        expect(linkPending(result, idOfKnown(known))).toBe(result);
        expect(toLinkOrder(result)).toEqual(result);
      })
    );
  });
});
