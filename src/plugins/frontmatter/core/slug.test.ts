import { isSlug } from './slug';

test.each([
  'backend',
  'c-plus-plus',
  'node.js',
  'json',
  'a.md.b',
  'A_b~c',
  '35mm',
  'a'.repeat(255),
])('%s is a slug', (slug) => {
  expect(isSlug(slug)).toBe(true);
});

test.each(['', 'a b', '../etc', '.hidden', 'a/b', 'é', 'a'.repeat(256), 'a\n', 'lint', 'LINT'])(
  '%j is not a slug',
  (text) => {
    expect(isSlug(text)).toBe(false);
  }
);

test.each(['a.json', 'a.yaml', 'node.js.md', 'a.zip', 'a.JSON', 'a.Yaml', 'a.MD', 'a.b.Zip'])(
  '%s is not a slug, as it addresses another document',
  (text) => {
    expect(isSlug(text)).toBe(false);
  }
);
