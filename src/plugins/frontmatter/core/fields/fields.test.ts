import { asWritten, fromFrontmatter, toFrontmatter } from '../document';
import { frontmatterSchema } from '../json-schema';
import { read } from '../read/read';
import { storedFormOf } from '../testing/stored-form';
import { posts } from '../testing/posts';
import { parsedOf, patched } from '../testing/patching';
import { list } from './list';
import { names } from './references';
import { group } from '../tree';

const LINES = [
  'title: First',
  'author: Ada',
  'cover: ./images/first.jpg',
  'tags: [a, b]',
  'links:',
  '  - title: One',
  '    url: https://one.example',
  'distance: 3 km',
];

const fileOf = (...lines: string[]) => ['---', ...lines, '---', ''].join('\n');
const issuesOf = (...lines: string[]) =>
  read(posts, fileOf('title: a', ...lines)).issues.map(
    ({ path, message }) => `${path}: ${message}`
  );

test('a file is converted to what the CMS stores, and back', () => {
  const { data } = parsedOf(fileOf(...LINES));
  const content = fromFrontmatter(posts, data, '');

  expect(content.attributes).toMatchObject({
    title: 'First',
    links: [{ title: 'One', url: 'https://one.example', isNew: null, weight: null }],
    distance: 3000,
  });
  expect(content.attributes).not.toHaveProperty('draft');
  expect(content.references).toMatchObject([
    { kind: 'names', attribute: 'author', names: ['Ada'], isSingle: true },
    { kind: 'media', attribute: 'cover', path: './images/first.jpg' },
    { kind: 'names', attribute: 'tags', names: ['a', 'b'], isSingle: false },
  ]);
  expect(toFrontmatter(posts, storedFormOf(content))).toEqual(data);
});

test('keys without a value store nothing', () => {
  const content = fromFrontmatter(posts, { title: 'a' }, '');

  expect(content.references).toMatchObject([{ names: [] }, { path: null }, { names: [] }]);
  expect(content.attributes).toMatchObject({ date: null, links: [], distance: null });
  expect(toFrontmatter(posts, storedFormOf(content))).toEqual({ title: 'a' });
});

test.each([
  ['draft: yes', /^draft: expected true for a draft, or false, .* found the text 'yes'/],
  ['author: [Ada]', /^author: expected text, found a list/],
  ['links: [One]', /^links.0: expected a group of keys/],
  ['links: [{ weight: heavy }]', /^links.0.weight: expected a number/],
  ['distance: 3', /^distance: expected a distance such as '3 km'/],
  ['date: 31.1.2024', /^date: '31.1.2024' is not a date and time/],
])('%s is reported at its path', (line, message) => {
  expect(issuesOf(line)).toEqual([expect.stringMatching(message)]);
});

test('a custom kind describes in JSON Schema what it accepts', () => {
  expect(frontmatterSchema(posts).properties).toMatchObject({
    distance: { anyOf: [{ type: 'string', pattern: '^\\d+ km$' }, { type: 'null' }] },
    draft: { type: ['boolean', 'null'] },
    links: { anyOf: [{ type: 'array', items: { type: 'object' } }, { type: 'null' }] },
  });
});

test('the state of a document is a key, and false means the same as no key', () => {
  const draft = fileOf('title: a', 'draft: true # c');
  const released = fileOf('title: a', 'draft: false');

  expect(toFrontmatter(posts, { title: 'a', $isDraft: true })).toEqual({ title: 'a', draft: true });
  expect(toFrontmatter(posts, { title: 'a' })).toEqual({ title: 'a' });
  expect(patched(posts, draft, { title: 'a' })).toBe(fileOf('title: a'));
  expect(patched(posts, released, { title: 'a' })).toBe(released);
  expect(patched(posts, released, { title: 'a', draft: true })).toBe(
    fileOf('title: a', 'draft: true')
  );
  expect(patched(posts, fileOf('title: a'), { title: 'a', draft: false })).toBe(fileOf('title: a'));
});

test.each([
  [
    './images/first.jpg',
    { url: '/uploads/first_1a2b.jpg', name: 'first.jpg' },
    './images/first.jpg',
  ],
  [
    '/uploads/first_1a2b.jpg',
    { url: '/uploads/first_1a2b.jpg', name: 'x.jpg' },
    '/uploads/first_1a2b.jpg',
  ],
  [
    './images/first.jpg',
    { url: '/uploads/other_1a2b.jpg', name: 'other.jpg' },
    '/uploads/other_1a2b.jpg',
  ],
])('a path (%s) stays only while it refers to the stored file (%j)', (cover, stored, expected) => {
  const document = { title: 'a', cover: stored };
  const value = toFrontmatter(posts, document);

  expect(asWritten(posts, value, { written: { title: 'a', cover }, document })['cover']).toBe(
    expected
  );
});

test('the items of a list hold values only', () => {
  const tags = names({ target: 'api::tag.tag' });

  expect(() => list(group({ tags }))).toThrow(
    "The key 'tags' of a list refers to other documents: its items hold values only"
  );
});
