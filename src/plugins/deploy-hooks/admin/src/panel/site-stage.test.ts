import type { DocumentProgress } from '../../../shared';
import { isUnderWay, siteStageOf } from './site-stage';

const NOW = Date.parse('2026-01-02T03:04:05.000Z');

const buildProgress = (overrides: Partial<DocumentProgress>): DocumentProgress => ({
  hook: { id: 1, name: 'My site' },
  stage: 'published',
  at: '2026-01-02T03:04:05.000Z',
  link: null,
  heldUp: null,
  nextAttemptAt: null,
  hasStatusUrl: true,
  ...overrides,
});

test.each<[Partial<DocumentProgress>, string, boolean]>([
  [{ stage: 'published' }, 'waiting', true],
  [{ stage: 'published', heldUp: 'paused' }, 'paused', false],
  [{ stage: 'published', heldUp: 'disabled' }, 'disabled', false],
  [{ stage: 'published', nextAttemptAt: '2026-01-02T03:05:00.000Z' }, 'failing', true],
  [{ stage: 'triggered' }, 'not-live-yet', true],
  [{ stage: 'triggered', heldUp: 'paused' }, 'not-live-yet', true],
  [{ stage: 'triggered', hasStatusUrl: false }, 'notified', true],
  [{ stage: 'triggered', hasStatusUrl: false, at: '2026-01-02T02:34:05.000Z' }, 'notified', false],
  [{ stage: 'building' }, 'building', true],
  [{ stage: 'build-failed' }, 'build-failed', true],
  [{ stage: 'triggered', at: null }, 'unknown', false],
  [{ stage: 'triggered', at: null, hasStatusUrl: false }, 'silent', false],
  [{ stage: 'live' }, 'live', false],
])('a site with %j is shown to editors as %s', (progress, expected, underWay) => {
  const site = buildProgress(progress);

  expect([siteStageOf(site), isUnderWay(site, NOW)]).toEqual([expected, underWay]);
});

test('a site that is not concerned has no stage and is not waited for', () => {
  const site = buildProgress({ stage: 'not-concerned' });

  expect([siteStageOf(site), isUnderWay(site, NOW)]).toEqual([undefined, false]);
});
