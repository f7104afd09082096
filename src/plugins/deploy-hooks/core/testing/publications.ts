import fc from 'fast-check';
import type { LoggedPublication } from 'strapi-plugin-frontmatter/shared';
import type { HookFilter } from '../hook';

/** The token of every cursor here. */
export const TOKEN = 'f3a96c1e';

export const cursorAt = (seq: number) => ({ seq, token: seq === 0 ? '' : TOKEN });

/** A minute of the day on which everything here is published. */
export const minute = (minutes: number): Date =>
  new Date(Date.parse('2026-05-01T12:00:00Z') + minutes * 60_000);

/** Builds a publication of a live document, published for the first time unless overridden. */
export function buildPublication(overrides: Partial<LoggedPublication> = {}): LoggedPublication {
  return {
    cursor: cursorAt(1),
    collection: 'roadmaps',
    slug: 'backend',
    documentId: 'document-of-backend',
    state: 'live',
    reason: 'published',
    changed: [],
    at: minute(0),
    tagsKey: 'tags',
    ...overrides,
  };
}

/** Numbers publications in their order, one per minute. */
export const inOrder = (publications: readonly Partial<LoggedPublication>[]): LoggedPublication[] =>
  publications.map((publication, index) =>
    buildPublication({ cursor: cursorAt(index + 1), at: minute(index + 1), ...publication })
  );

const TAGS = ['role-roadmap', 'skill-roadmap', 'draft'];
const PATHS = ['title', 'seo.title', 'seo.keywords', 'order', 'tags'];
const COLLECTIONS = ['roadmaps', 'guides'];

const someData = fc.option(fc.record({ tags: fc.uniqueArray(fc.constantFrom(...TAGS)) }), {
  nil: null,
});

const somePublication = fc.record({
  collection: fc.constantFrom(...COLLECTIONS),
  slug: fc.constantFrom('backend', 'frontend', 'go', 'rust'),
  state: fc.constantFrom('live' as const, 'gone' as const),
  reason: fc.constantFrom('published', 'updated', 'renamed', 'unpublished'),
  changed: fc.uniqueArray(fc.constantFrom(...PATHS)),
  before: someData,
  after: someData,
});

export const somePublications = fc.array(somePublication, { maxLength: 40 }).map(inOrder);

export const someFilter: fc.Arbitrary<HookFilter> = fc.record(
  {
    collections: fc.uniqueArray(fc.constantFrom(...COLLECTIONS)),
    tags: fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1 }),
    changed: fc.uniqueArray(fc.constantFrom('title', 'seo', 'order'), { minLength: 1 }),
  },
  { requiredKeys: [] }
);
