import fc from 'fast-check';
import { BEGIN, formatCursor, parseCursor } from './cursor';

test('a formatted cursor is parsed back', () => {
  const cursors = fc.record({
    seq: fc.integer({ min: 1 }),
    token: fc.stringMatching(/^[0-9a-f]{8}$/),
  });

  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(parseCursor(formatCursor(cursor))).toEqual(cursor);
    })
  );
  expect(parseCursor(formatCursor(BEGIN))).toEqual(BEGIN);
});

test.each(['', '17', '17.', '0.f3a96c1e', '-1.f3a96c1e', '017.f3a96c1e', '17.F3A96C1E', ' 0'])(
  '%j is not a cursor',
  (text) => {
    expect(parseCursor(text)).toBeUndefined();
  }
);
