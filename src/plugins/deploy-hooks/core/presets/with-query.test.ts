import { withQuery } from '.';

test('adds what is not there, encoded', () => {
  expect(withQuery('https://a.example/hook', { title: '2 changes: a & b' })).toBe(
    'https://a.example/hook?title=2+changes%3A+a+%26+b'
  );
});

test('what is there stays, also if it is empty', () => {
  const url = 'https://a.example/hook?title=Mine&branch=';

  expect(withQuery(url, { title: 'Ours', branch: 'main' })).toBe(url);
});

test('an address that lacks nothing stays as it is, to the letter', () => {
  const url = 'https://a.example/hook?signature=a%20b+c%7e';

  expect(withQuery(url, {})).toBe(url);
});
