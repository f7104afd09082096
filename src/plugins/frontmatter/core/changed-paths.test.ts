import { changedPaths } from './changed-paths';

const before = {
  title: 'A',
  order: 1,
  seo: { title: 'A', keywords: ['x', 'y'] },
  dimensions: { width: 968 },
};

test('returns each key whose value differs, including keys within groups', () => {
  const after = {
    title: 'B',
    order: 1,
    seo: { title: 'A', keywords: ['y', 'x'] },
    dimensions: { width: 968, height: 2 },
  };

  expect(changedPaths(before, after)).toEqual(['dimensions.height', 'seo.keywords', 'title']);
});

test('returns the keys of a group that is added or removed', () => {
  const { dimensions: _dimensions, ...without } = before;

  expect(changedPaths(before, without)).toEqual(['dimensions.width']);
  expect(changedPaths(without, before)).toEqual(['dimensions.width']);
});

test('ignores the order of keys', () => {
  const { title, ...others } = before;

  expect(changedPaths(before, { ...others, title })).toEqual([]);
});
