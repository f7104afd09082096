import type { DocumentProgress } from '../../../shared';

/** The progress of a publication on one site, as editors see it. */
export type SiteStage =
  | 'waiting'
  | 'failing'
  | 'paused'
  | 'disabled'
  | 'notified'
  | 'not-live-yet'
  | 'building'
  | 'build-failed'
  | 'live'
  | 'unknown'
  | 'silent';

/** @returns `undefined` for a site that the publication does not concern. */
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
      // The hook was added after the publication, or its delivery is no longer kept.
      if (at === null) return hasStatusUrl ? 'unknown' : 'silent';
      return hasStatusUrl ? 'not-live-yet' : 'notified';
    case 'building':
    case 'build-failed':
    case 'live':
      return stage;
  }
}

const UNDER_WAY: readonly unknown[] = ['waiting', 'failing', 'not-live-yet', 'building'];
/** May still change: a host may report a build, or be asked for another one. */
const OPEN: readonly unknown[] = ['notified', 'build-failed'];
const REPORTED_WITHIN_MS = 30 * 60_000;

/** Whether a site may progress without any action in the panel. */
export function isUnderWay(site: DocumentProgress, now = Date.now()): boolean {
  const stage = siteStageOf(site);
  if (UNDER_WAY.includes(stage)) return true;
  return OPEN.includes(stage) && site.at !== null && Date.parse(site.at) > now - REPORTED_WITHIN_MS;
}
