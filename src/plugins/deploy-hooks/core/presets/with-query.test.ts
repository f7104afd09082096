import { withQuery } from '.';

test('adds missing parameters, encoded', () => {
  expect(withQuery('https://a.example/hook', { title: '2 changes: a & b' })).toBe(
    'https://a.example/hook?title=2+changes%3A+a+%26+b'
  );
});

test('keeps existing parameters, even empty ones', () => {
  const url = 'https://a.example/hook?title=Mine&branch=';

  expect(withQuery(url, { title: 'Ours', branch: 'main' })).toBe(url);
});

test('keeps an address that lacks no parameter exactly as it is', () => {
  const url = 'https://a.example/hook?signature=a%20b+c%7e';

  expect(withQuery(url, {})).toBe(url);
});
