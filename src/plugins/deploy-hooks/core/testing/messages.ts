import fc from 'fast-check';
import { anyCharacter } from '../../../../../tests/helpers/any-text';
import { createMessage, type Message, type MessageInput } from '../message';
import type { SlugChange } from '../pending';
import { cursorAt, minute } from './publications';

export const buildChange = (overrides: Partial<SlugChange> = {}): SlugChange => ({
  collection: 'roadmaps',
  slug: 'backend',
  state: 'live',
  reason: 'updated',
  changed: ['title'],
  ...overrides,
});

export const messageOf = (
  changes: Iterable<SlugChange>,
  overrides: Partial<MessageInput> = {}
): Message =>
  createMessage({
    type: 'content.changed',
    timestamp: minute(1),
    from: cursorAt(3),
    to: cursorAt(17),
    changes,
    ...overrides,
  });

/** Texts of any length, of which only a few characters have to be generated. */
const someText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.string({ unit: anyCharacter, minLength: 1, maxLength: 5 }),
      fc.nat({ max: maxLength / 5 })
    )
    .map(([text, times]) => text.repeat(times));

const someChangeOf = (longest: { slug: number; keys: number }): fc.Arbitrary<SlugChange> =>
  fc.record({
    collection: fc.constantFrom('roadmaps', 'guides', 'videos'),
    slug: someText(longest.slug),
    state: fc.constantFrom('live' as const, 'gone' as const),
    reason: fc.constantFrom('published', 'unpublished'),
    changed: fc
      .tuple(someText(50), fc.nat({ max: longest.keys }))
      .map(([path, count]) => Array.from({ length: count }, (_, index) => `${path}.${index}`)),
  });

export const someChange = someChangeOf({ slug: 1_000, keys: 60 });

/** A few long changes, or thousands of short ones. */
export const someChanges: fc.Arbitrary<SlugChange[]> = fc.oneof(
  fc.array(someChange, { maxLength: 10 }),
  fc
    .array(someChangeOf({ slug: 10, keys: 1 }), { maxLength: 5 })
    .map((changes) => Array.from({ length: 600 }, () => changes).flat())
);

export const someMessage: fc.Arbitrary<Message> = fc
  .record({
    type: fc.constantFrom('content.changed' as const, 'test' as const),
    changes: someChanges,
    startOver: fc.constantFrom(undefined, 'new' as const, 'restored' as const),
  })
  .map(({ changes, ...others }) => messageOf(changes, others));
