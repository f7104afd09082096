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

test('a refused setting is found at its field, whether its path is a list or a text', () => {
  const { problems } = readFailure(refused);
  expect(problems).toEqual([
    { path: 'filter.tags.0', message: 'is empty' },
    { path: 'url', message: 'is not http or https' },
  ]);
  expect(problems.map((problem) => concerns('filter.tags', problem))).toEqual([true, false]);
});

test('a field that only begins with the same letters is another one', () => {
  expect(concerns('url', { path: 'urls', message: '' })).toBe(false);
});

test('the reason of a failure is what is wrong, or else its message', () => {
  expect(reasonOf(refused)).toBe('is empty; is not http or https');
  expect(reasonOf(new Error('Failed to fetch'))).toBe('Failed to fetch');
});
