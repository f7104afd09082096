import { concerns, readFailure, reasonOf } from './failure';

const refused = {
  message: '2 errors occurred',
  response: {
    data: {
      error: {
        details: {
          errors: [
            { path: ['filter', 'tags', '0'], message: 'is empty' },
            { path: 'url', message: 'is not http or https' },
          ],
        },
      },
    },
  },
};

test('a problem is found by its field, whether its path is a list or a text', () => {
  const { problems } = readFailure(refused);
  expect(problems).toEqual([
    { path: 'filter.tags.0', message: 'is empty' },
    { path: 'url', message: 'is not http or https' },
  ]);
  expect(problems.map((problem) => concerns('filter.tags', problem))).toEqual([true, false]);
});

test('a field whose name only begins with the same letters is a different one', () => {
  expect(concerns('url', { path: 'urls', message: '' })).toBe(false);
});

test('the reason for a failure lists its problems, or else is its message', () => {
  expect(reasonOf(refused)).toBe('is empty; is not http or https');
  expect(reasonOf(new Error('Failed to fetch'))).toBe('Failed to fetch');
});
