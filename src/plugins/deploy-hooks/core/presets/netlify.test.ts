import fc from 'fast-check';
import { MAX_TITLE_LENGTH, netlify } from './netlify';
import type { Message } from '../message';
import { buildChange, messageOf, someMessage } from '../testing/messages';

const titleOf = (message: Message): string =>
  String(netlify.request(message, undefined).query['trigger_title']);

const titleOfSlugs = (...slugs: string[]): string =>
  titleOf(messageOf(slugs.map((slug) => buildChange({ slug }))));

test('the title counts the changes and names them', () => {
  expect(titleOfSlugs('backend')).toBe('1 change: backend');
  expect(titleOfSlugs('backend', 'frontend', 'go')).toBe('3 changes: backend, frontend, go');
});

test('a title that would be too long names as many as fit, and counts the others', () => {
  const slugs = Array.from({ length: 40 }, (_, index) => `roadmap-${index}`);

  const title = titleOfSlugs(...slugs);

  expect(title).toBe(`40 changes: ${slugs.slice(0, 7).join(', ')} and 33 more`);
  expect(title.length).toBeLessThanOrEqual(MAX_TITLE_LENGTH);
});

test('a slug that does not fit is only counted', () => {
  expect(titleOfSlugs('a'.repeat(500))).toBe('1 change');
});

test('without a list, changes are only counted', () => {
  const changes = Array.from({ length: 3_000 }, (_, index) => buildChange({ slug: `s${index}` }));

  expect(titleOf(messageOf(changes))).toBe('3000 changes');
});

test('changes of several collections are counted together', () => {
  expect(
    titleOf(messageOf([buildChange(), buildChange({ collection: 'guides', slug: 'how' })]))
  ).toBe('2 changes: backend, how');
});

test('the title of a message without changes says why it was sent', () => {
  expect(titleOf(messageOf([]))).toBe('Started by hand');
  expect(titleOf(messageOf([], { type: 'test' }))).toBe('Test of this build hook');
  expect(titleOf(messageOf([buildChange()], { startOver: 'restored' }))).toBe(
    'Everything that is published'
  );
});

test('a title is never longer than its limit', () => {
  fc.assert(
    fc.property(someMessage, (message) => {
      expect(titleOf(message).length).toBeLessThanOrEqual(MAX_TITLE_LENGTH);
    })
  );
});
