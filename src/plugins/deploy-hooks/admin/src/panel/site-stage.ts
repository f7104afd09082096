import type { DocumentProgress } from '../../../shared';

/** How far a publication is on one site, as editors are told. */
export type SiteStage =
  | 'waiting'
  | 'failing'
  | 'paused'
  | 'disabled'
  | 'notified'
  | 'not-live-yet'
  | 'live'
  | 'unknown'
  | 'silent';

/** @returns Nothing for a site that the publication does not concern. */
export function siteStageOf({
  stage,
  at,
  heldUp,
  nextAttemptAt,
  hasStatusUrl,
}: DocumentProgress): SiteStage | undefined {
  switch (stage) {
    case 'not-concerned':
      return undefined;
    case 'published':
      if (heldUp !== null) return heldUp;
      return nextAttemptAt === null ? 'waiting' : 'failing';
    case 'triggered':
      // The hook was made after it was published, or its delivery is kept no more.
      if (at === null) return hasStatusUrl ? 'unknown' : 'silent';
      return hasStatusUrl ? 'not-live-yet' : 'notified';
    case 'live':
      return 'live';
  }
}

/** Whether it comes further without anybody doing something. */
export const isUnderWay = (stage: SiteStage | undefined): boolean =>
  stage === 'waiting' || stage === 'failing' || stage === 'not-live-yet';
