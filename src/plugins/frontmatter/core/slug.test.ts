import { isSlug } from './slug';

test.each(['backend', 'c-plus-plus', 'node.js', 'A_b~c', '35mm', 'a'.repeat(255)])(
  '%s is a slug',
  (slug) => {
    expect(isSlug(slug)).toBe(true);
  }
);

test.each(['', 'a b', '../etc', '.hidden', 'a/b', 'é', 'a'.repeat(256), 'a\n'])(
  '%j is no slug',
  (text) => {
    expect(isSlug(text)).toBe(false);
  }
);
