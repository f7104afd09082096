import { givingProblems } from './givable';
import { MAX_FILE_BYTES } from './read/decode';
import { articles } from './testing/shape';

const frontmatter = { title: 'T', order: 1 };

test('a text that can be read again has none', () => {
  expect(givingProblems(articles, { frontmatter, text: 'x' }, undefined)).toEqual([]);
});

test('a character that no file may hold is told at its attribute', () => {
  const wrong = { ...frontmatter, meta: { keywords: ['a', 'b\u0007'] }, questions: [''] };

  expect(givingProblems(articles, { frontmatter: wrong, text: 'x' }, undefined)).toEqual([
    {
      path: ['keywords'],
      message: 'holds the character U+0007, which cannot be stored: remove it',
    },
    { path: ['questions'], message: 'is empty: give it a text' },
  ]);
});

test('what was given out before is no reason', () => {
  const wrong = { ...frontmatter, summary: 'a\u0007' };

  expect(givingProblems(articles, { frontmatter: wrong, text: 'x' }, wrong)).toEqual([]);
  expect(givingProblems(articles, { frontmatter: wrong, text: 'x' }, frontmatter)).toHaveLength(1);
});

test('a text that is too large is told at the body', () => {
  const text = 'ä'.repeat(MAX_FILE_BYTES / 2);

  expect(givingProblems(articles, { frontmatter, text }, undefined)).toEqual([]);
  expect(givingProblems(articles, { frontmatter, text: `${text}x` }, undefined)).toEqual([
    {
      path: ['body'],
      message: expect.stringMatching(/^the file would have 1025 kB, at most 1024/),
    },
  ]);
});
