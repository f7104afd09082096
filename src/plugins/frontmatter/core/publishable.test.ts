import { publishingProblems } from './publishable';
import { MAX_BODY_BYTES } from './read/limits';
import { articles } from './testing/shape';

const frontmatter = { title: 'T', order: 1 };

test('a text that can be read again has no problems', () => {
  expect(publishingProblems(articles, { frontmatter, text: 'x' }, undefined)).toEqual([]);
});

test('a character that no file may hold is reported at its attribute', () => {
  const wrong = { ...frontmatter, meta: { keywords: ['a', 'b\u0007'] }, questions: [''] };

  expect(publishingProblems(articles, { frontmatter: wrong, text: 'x' }, undefined)).toEqual([
    {
      path: ['keywords'],
      message: 'holds the character U+0007, which cannot be stored: remove it',
    },
    { path: ['questions'], message: 'is empty: give it a text' },
  ]);
});

test('what was published before is not a problem', () => {
  const wrong = { ...frontmatter, summary: 'a\u0007' };

  expect(publishingProblems(articles, { frontmatter: wrong, text: 'x' }, wrong)).toEqual([]);
  expect(publishingProblems(articles, { frontmatter: wrong, text: 'x' }, frontmatter)).toHaveLength(
    1
  );
});

test('a body that is too large is reported at its attribute', () => {
  const text = `---\ntitle: T\norder: 1\n---\n${'ä'.repeat(MAX_BODY_BYTES / 2)}`;

  expect(publishingProblems(articles, { frontmatter, text }, undefined)).toEqual([]);
  expect(publishingProblems(articles, { frontmatter, text: `${text}x` }, undefined)).toEqual([
    { path: ['body'], message: expect.stringMatching(/^the body has 1025 kB, the limit is 1024/) },
  ]);
});

test('frontmatter that is too large is reported at its largest attribute', () => {
  const keywords = Array.from({ length: 10_001 }, (_, index) => `word ${index}`);
  const text = `---\ntitle: T\norder: 1\nmeta:\n  keywords: [${keywords.join(', ')}]\n---\n`;
  const large = { ...frontmatter, meta: { keywords } };

  expect(publishingProblems(articles, { frontmatter: large, text }, undefined)).toEqual([
    { path: ['keywords'], message: expect.stringMatching(/^the frontmatter has more than 10000/) },
  ]);
});
