import fc from 'fast-check';
import { MAX_MESSAGE_BYTES } from './message';
import { nothingPending, withPublications } from './pending';
import { buildChange, messageOf, someChange, someChanges } from './testing/messages';
import { cursorAt, someFilter, somePublications, TOKEN } from './testing/publications';

const bytesOf = (message: unknown): number => Buffer.byteLength(JSON.stringify(message));

test('it says which slugs changed, how, and between which positions', () => {
  expect(messageOf([buildChange(), buildChange({ slug: 'go', state: 'gone' })])).toEqual({
    type: 'content.changed',
    timestamp: '2026-05-01T12:01:00.000Z',
    data: {
      cursor: { from: `3.${TOKEN}`, to: `17.${TOKEN}` },
      counts: { roadmaps: 2 },
      changes: [
        {
          collection: 'roadmaps',
          slug: 'backend',
          state: 'live',
          reason: 'updated',
          changed: ['title'],
        },
        {
          collection: 'roadmaps',
          slug: 'go',
          state: 'gone',
          reason: 'updated',
          changed: ['title'],
        },
      ],
    },
  });
});

test('it says why a site has to read everything', () => {
  expect(messageOf([], { startOver: 'restored' }).data.startOver).toBe('restored');
  expect(messageOf([]).data).not.toHaveProperty('startOver');
});

test('a test contains no changes', () => {
  expect(messageOf([], { type: 'test', from: cursorAt(0), to: cursorAt(0) })).toMatchObject({
    type: 'test',
    data: { cursor: { from: '0', to: '0' }, counts: {}, changes: [] },
  });
});

test('slugs are counted per collection, whatever its name', () => {
  const collections = ['roadmaps', 'constructor', 'roadmaps', '__proto__'];

  const { counts } = messageOf(collections.map((collection) => buildChange({ collection }))).data;

  expect(Object.entries(counts)).toEqual([
    ['roadmaps', 2],
    ['constructor', 1],
    ['__proto__', 1],
  ]);
});

test('it has only counts and positions if the list is too long', () => {
  const changes = Array.from({ length: 3_000 }, (_, index) => buildChange({ slug: `s${index}` }));

  expect(messageOf(changes).data).toEqual({
    cursor: { from: `3.${TOKEN}`, to: `17.${TOKEN}` },
    counts: { roadmaps: 3_000 },
  });
});

test('its length is measured in bytes of UTF-8', () => {
  const changes = [buildChange({ slug: 'あ'.repeat(MAX_MESSAGE_BYTES / 3) })];

  expect(messageOf(changes).data).not.toHaveProperty('changes');
});

test('it has the list up to the last byte that fits', () => {
  const room = MAX_MESSAGE_BYTES - 1 - bytesOf(messageOf([buildChange({ slug: '' })]));

  const fitting = messageOf([buildChange({ slug: 'a'.repeat(room) })]);
  const tooLong = messageOf([buildChange({ slug: 'a'.repeat(room + 1) })]);

  expect(bytesOf(fitting)).toBe(MAX_MESSAGE_BYTES - 1);
  expect(fitting.data.changes).toHaveLength(1);
  expect(tooLong.data).not.toHaveProperty('changes');
});

test('it is shorter than 20 kB, whatever changed, and lists or counts everything', () => {
  fc.assert(
    fc.property(someChanges, (changes) => {
      const message = messageOf(changes);

      const { counts, changes: listed } = message.data;
      expect(bytesOf(message)).toBeLessThan(MAX_MESSAGE_BYTES);
      expect(listed ?? changes).toEqual(changes);
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(changes.length);
    })
  );
});

test('it contains every slug with a publication that passes the filter', () => {
  fc.assert(
    fc.property(somePublications, someFilter, (publications, filter) => {
      const pending = withPublications(nothingPending(cursorAt(0)), publications, filter);

      const { changes } = messageOf(pending.changes.values(), { to: pending.to }).data;

      expect(changes?.map(({ collection, slug }) => `${collection}/${slug}`)).toEqual([
        ...pending.changes.keys(),
      ]);
    })
  );
});

test('its JSON is the same text after it was stored and read', () => {
  fc.assert(
    fc.property(fc.array(someChange, { maxLength: 5 }), (changes) => {
      const text = JSON.stringify(messageOf(changes));

      expect(JSON.stringify(JSON.parse(text))).toBe(text);
    })
  );
});
