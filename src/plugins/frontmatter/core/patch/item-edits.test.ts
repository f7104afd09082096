import fc from 'fast-check';
import { runs } from '../../../../../tests/helpers/property-runs';
import { parsedOf, patched } from '../testing/patching';
import { posts } from '../testing/posts';
import type { Field } from '../fields/field';
import { isSameMeaning } from '../meaning';
import { merged } from './compare';

type Item = Record<string, unknown>;

const wrap = (yaml: string) => `---\n${yaml}---\n`;
const change = (yaml: string, links: Item[] | undefined) =>
  patched(posts, wrap(yaml), links ? { links } : {}, '');

const TWO = `links:
  # the first
  - title: 'One' # c
    url: https://one.example
  - url: "https://two.example"
    title: Two
    extra: kept
`;

test('a value changes in place', () => {
  const links = [
    { title: 'Uno', url: 'https://one.example' },
    { title: 'Two', url: 'https://two.example/b' },
  ];

  expect(change(TWO, links)).toBe(
    wrap(TWO.replace('One', 'Uno').replace('two.example', 'two.example/b'))
  );
});

test('a key is added and removed within its item', () => {
  const links = [
    { title: 'One', url: 'https://one.example', isNew: true },
    { url: 'https://two.example' },
  ];

  expect(change(TWO, links)).toBe(
    wrap(
      TWO.replace(
        '    url: https://one.example\n',
        '    url: https://one.example\n    isNew: true\n'
      ).replace('    title: Two\n', '')
    )
  );
});

test('an item is rewritten if the key on the line of its hyphen is removed', () => {
  const links = [{ title: 'One', url: 'https://one.example' }, { title: 'Two' }];

  expect(change(TWO, links)).toBe(
    wrap(
      TWO.replace(
        '  - url: "https://two.example"\n    title: Two\n    extra: kept\n',
        "  - title: 'Two'\n    extra: 'kept'\n"
      )
    )
  );
});

test('items are added, removed and moved', () => {
  const one = { title: 'One', url: 'https://one.example' };
  const two = { title: 'Two', url: 'https://two.example' };
  const three = { title: 'Three', weight: 0.5 };
  const [first, second] = [TWO.slice(7, TWO.indexOf('  - url')), TWO.slice(TWO.indexOf('  - url'))];
  const third = "  - title: 'Three'\n    weight: 0.5\n";

  expect(change(TWO, [one, three, two])).toBe(wrap(`links:\n${first}${third}${second}`));
  expect(change(TWO, [two])).toBe(wrap(`links:\n${second}`));
  expect(change(TWO, [two, one])).toBe(wrap(`links:\n${second}${first}`));
  expect(change(TWO, undefined)).toBe(wrap(''));
});

test('lists at the column of their key, and in brackets, keep their form', () => {
  const flat = 'links:\n- title: a\n- title: b\n  url: d\n';
  const flow = 'links: [{ title: a, url: x }, { title: b, weight: 1 }]\n';

  expect(change(flat, [{ title: 'a' }, { title: 'c', url: 'd' }, { title: 'e' }])).toBe(
    wrap("links:\n- title: a\n- title: c\n  url: d\n- title: 'e'\n")
  );
  expect(change(flow, [{ title: 'a', url: 'w' }, { title: 'c', weight: 1 }, { url: 'z' }])).toBe(
    wrap("links: [{ title: a, url: w }, { title: c, weight: 1 }, { url: 'z' }]\n")
  );
});

test('an alias of a value in an item is written out if the item is removed', () => {
  const yaml = 'links:\n  - url: &k https://x.example\n    weight: 1\ncanonical: *k\n';

  expect(change(yaml, [{ weight: 1 }])).toBe(
    wrap('links:\n  - weight: 1\ncanonical: https://x.example\n')
  );
});

test('a key that belongs before the first one of an item is written after it', () => {
  const yaml = 'links:\n  - url: https://x.example # docs\n    # about\n    weight: 1\n';

  expect(change(yaml, [{ title: 'X', url: 'https://x.example', weight: 1 }])).toBe(
    wrap("links:\n  - url: https://x.example # docs\n    title: 'X'\n    # about\n    weight: 1\n")
  );
});

test('items that move keep their unknown keys', () => {
  const flow = 'links: [{ title: a, extra: 1 }, { title: b }]\n';
  const block =
    'links:\n  - title: a\n    url: https://x.example/?b&c\n    extra: 1\n  - title: b\n';

  expect(change(flow, [{ title: 'b' }, { title: 'a' }])).toMatch(/title: '?a'?, extra: 1/);
  expect(change(block, [{ title: 'b' }, { title: 'a', url: 'https://x.example/?b&c' }])).toContain(
    'extra: 1\n'
  );
});

test.each([
  ['pairs without braces', 'links: [title: a, title: b]\n'],
  ['an empty item', 'links:\n  - {}\n  - title: a\n'],
  ['an empty item in brackets', 'links: [{ title: a }, {}]\n'],
])('%s can be edited', (_, yaml) => {
  const wanted = [{ title: 'c' }, { title: 'a', url: 'd' }];

  expect(parsedOf(change(yaml, wanted)).data['links']).toEqual(wanted);
});

const word = fc.constantFrom(
  'a',
  'b',
  'c d',
  '2026-01-31',
  'yes',
  'e: f',
  '# g',
  "h'i",
  'j\nk',
  ' l '
);
const item = fc.record(
  { title: word, url: word, isNew: fc.boolean(), weight: fc.constantFrom(0, 1, -2.5) },
  { requiredKeys: [] }
);
const filled = item.filter((keys) => Object.keys(keys).length > 0);
const items = fc.array(filled, { minLength: 1, maxLength: 5 });

const layouts = {
  indented: '  ',
  flat: '',
};

/** A list with a comment above each item, an unknown key, and plain values where possible. */
function write(links: readonly Item[], indent: string): string {
  const lines = links.flatMap((each, index) => [
    `${indent}# item ${index}`,
    ...[...Object.entries(each), ['other', index] as const].map(
      ([key, value], place) =>
        `${indent}${place === 0 ? '-' : ' '} ${key}: ${JSON.stringify(value)}`
    ),
  ]);
  return `before: 1\nlinks:\n${lines.map((line) => `${line}\n`).join('')}after: 2\n`;
}

test.each(Object.entries(layouts))('any change of a list can be read back (%s)', (_, indent) => {
  fc.assert(
    fc.property(items, items, (from, to) => {
      const before = wrap(write(from, indent));
      const after = patched(posts, before, { links: to }, '');
      const { data } = parsedOf(after);

      expect(isSameMeaning(posts.keys['links'] as never, data['links'], to)).toBe(true);
      expect(data).toMatchObject({ before: 1, after: 2 });
      expect(patched(posts, before, { links: from }, '')).toBe(before);
      expect(patched(posts, after, { links: to }, '')).toBe(after);
    }),
    { numRuns: runs(300) }
  );
});

test('an item that stays keeps its lines, with the comment above it', () => {
  fc.assert(
    fc.property(items, items, fc.nat(5), (from, added, at) => {
      const before = write(from, '  ');
      const place = Math.min(at, from.length);
      const after = change(before, [...from.slice(0, place), ...added, ...from.slice(place)]);
      const lines = after.split('\n');

      for (const line of before.split('\n').slice(0, -1)) expect(lines).toContain(line);
    }),
    { numRuns: runs(300) }
  );
});

test('the unknown keys of an edited item are written, too', () => {
  const links = [
    { title: 'One', url: 'https://one.example' },
    { title: 'Deux', url: 'https://two.example', extra: 'changed', more: 1 },
  ];

  expect(change(TWO, links)).toBe(
    wrap(TWO.replace('title: Two\n    extra: kept', 'title: Deux\n    extra: changed\n    more: 1'))
  );
});

test('unknown keys of items stay if their list has to be rewritten', () => {
  const field = posts.keys['links'] as Field;
  const present = [
    { title: 'One', extra: 1 },
    { title: 'Two', extra: 2 },
    { title: 'Three', extra: 3 },
  ];

  const whole = merged(field, present, [
    { title: 'Three' },
    { title: 'Uno' },
    { title: 'Two' },
    { title: 'New' },
  ]);

  expect(whole).toEqual([
    { title: 'Three', extra: 3 },
    { title: 'Uno' },
    { title: 'Two', extra: 2 },
    { title: 'New' },
  ]);
  const pages = [
    { title: 'One', url: '/1', extra: 1 },
    { title: 'Two', url: '/2', extra: 2 },
  ];
  expect(merged(field, pages, [{ title: 'Zwei', url: '/2' }])).toEqual([
    { title: 'Zwei', url: '/2', extra: 2 },
  ]);
  expect(merged(field, pages, [{ title: 'Uno' }, { title: 'Two', url: '/2' }])).toEqual([
    { title: 'Uno', extra: 1 },
    { title: 'Two', url: '/2', extra: 2 },
  ]);
});
