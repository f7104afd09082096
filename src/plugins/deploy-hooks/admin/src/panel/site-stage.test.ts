import type { DocumentProgress } from '../../../shared';
import { isUnderWay, siteStageOf } from './site-stage';

const buildProgress = (overrides: Partial<DocumentProgress>): DocumentProgress => ({
  hook: { id: 1, name: 'My site' },
  stage: 'published',
  at: '2026-01-02T03:04:05.000Z',
  isHeldUp: false,
  hasStatusUrl: true,
  ...overrides,
});

test.each<[Partial<DocumentProgress>, string, boolean]>([
  [{ stage: 'published' }, 'waiting', true],
  [{ stage: 'published', isHeldUp: true }, 'held-up', false],
  [{ stage: 'triggered' }, 'not-live-yet', true],
  [{ stage: 'triggered', isHeldUp: true }, 'not-live-yet', true],
  [{ stage: 'triggered', hasStatusUrl: false }, 'told', false],
  [{ stage: 'triggered', at: null }, 'unknown', false],
  [{ stage: 'live' }, 'live', false],
])('of a site with %j an editor is told that it is %s', (progress, expected, underWay) => {
  const stage = siteStageOf(buildProgress(progress));

  expect([stage, isUnderWay(stage)]).toEqual([expected, underWay]);
});

test('of a site that is not concerned nothing is told, and nothing waited for', () => {
  const stage = siteStageOf(buildProgress({ stage: 'not-concerned' }));

  expect([stage, isUnderWay(stage)]).toEqual([undefined, false]);
});
