import { endsOf, withFormChange } from './form';

const ids = ['a', 'b', 'c'];
const at = (documentId: string, position?: object) => ({
  documentId,
  ...(position && { position }),
});

test.each([
  ['nothing', undefined, 'abc'],
  ['no change', { connect: [], disconnect: [] }, 'abc'],
  ['what is no change', 'a', 'abc'],
  ['one more', { connect: [at('d')] }, 'abcd'],
  ['one more at the end', { connect: [at('d', { end: true })] }, 'abcd'],
  ['one less', { disconnect: [at('b')] }, 'ac'],
  ['one at the beginning', { connect: [at('d', { start: true })] }, 'dabc'],
  ['one before another', { connect: [at('d', { before: 'b' })] }, 'adbc'],
  ['one behind another', { connect: [at('d', { after: 'b' })] }, 'abdc'],
  ['one that is moved', { connect: [at('c', { before: 'a' })] }, 'cab'],
  [
    'one before a removed link',
    { connect: [at('d', { before: 'b' })], disconnect: [at('b')] },
    'acd',
  ],
  [
    'some that stand before each other, in the wrong order',
    { connect: [at('d', { before: 'e' }), at('e', { before: 'b' })] },
    'adebc',
  ],
])('%s', (_what, change, expected) => {
  expect(withFormChange(ids, change).join('')).toBe(expected);
});

test('two that are each positioned before the other are both added', () => {
  const circle = { connect: [at('d', { before: 'e' }), at('e', { before: 'd' })] };

  expect(withFormChange(ids, circle).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a relation to a single target keeps the one connected last', () => {
  expect(withFormChange(['a'], { connect: [at('b')] }, { isSingle: true })).toEqual(['b']);
  expect(withFormChange(['a'], { disconnect: [at('a')] }, { isSingle: true })).toEqual([]);
});

test('the ends of a relation are the ids that a write puts there', () => {
  const positions = [
    at('a', { start: true }),
    { id: 7, position: { start: true } },
    at('b', { end: true }),
    at('c', { before: 'a' }),
    'd',
  ];

  expect(endsOf({ connect: positions })).toEqual({ first: ['a', '7'], last: ['b'] });
  expect(endsOf({ connect: positions[0] })).toEqual({ first: ['a'], last: [] });
  expect(endsOf(['a'])).toEqual({ first: [], last: [] });
  expect(endsOf(null)).toEqual({ first: [], last: [] });
});
