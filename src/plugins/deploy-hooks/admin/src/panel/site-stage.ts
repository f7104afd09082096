import type { DocumentProgress } from '../../../shared';

/** How far a publication is on one site, as editors are told. */
export type SiteStage = 'waiting' | 'held-up' | 'told' | 'not-live-yet' | 'live' | 'unknown';

/** @returns Nothing for a site that the publication does not concern. */
export function siteStageOf({
  stage,
  at,
  isHeldUp,
  hasStatusUrl,
}: DocumentProgress): SiteStage | undefined {
  switch (stage) {
    case 'not-concerned':
      return undefined;
    case 'published':
      return isHeldUp ? 'held-up' : 'waiting';
    case 'triggered':
      // The hook was made after it was published, or its delivery is kept no more.
      if (at === null) return 'unknown';
      return hasStatusUrl ? 'not-live-yet' : 'told';
    case 'live':
      return 'live';
  }
}

/** Whether it comes further without anybody doing something. */
export const isUnderWay = (stage: SiteStage | undefined): boolean =>
  stage === 'waiting' || stage === 'not-live-yet';
