import type { BuildReport } from './report';

/** What is known of the build of a delivery; the newest build that contains it. */
export interface KnownBuild {
  id: string;
  /** Milliseconds since 1970, when the host began; absent if it never said it. */
  createdAt?: number | undefined;
  state: BuildReport['state'];
}

/** A delivery that a site took, as far as builds are about it. */
export interface Built {
  /** Position up to which it tells of changes. */
  toSeq: number;
  /** Milliseconds since 1970, of its newest change. */
  changedAt: number;
  build?: KnownBuild | undefined;
}

/** The parts of a report that decide. */
export interface Reported {
  id: string;
  state: BuildReport['state'];
  createdAt?: number | undefined;
  /** Position that the build contains. */
  seq?: number | undefined;
}

/**
 * Whether a report says something new about a delivery. Messages of hosts come twice, late and in any order:
 * a build that has ended stays as it ended, and an older build says nothing about what a newer one contains.
 */
export function concernsDelivery({ build, changedAt, toSeq }: Built, report: Reported): boolean {
  if (build?.state === 'live') return false;
  const isMissing = report.seq !== undefined && report.state === 'live' && toSeq > report.seq;
  if (isMissing) return false;
  if (build?.id === report.id) return build.state === 'building' && report.state !== 'building';
  // It takes nothing back that another build did.
  if (report.state === 'canceled' && build !== undefined) return false;
  return contains(report, { changedAt, toSeq }) && !isOlder(report, build);
}

/** Whether the build began when everything of the delivery was published. */
function contains(
  { createdAt, seq }: Reported,
  { changedAt, toSeq }: Pick<Built, 'changedAt' | 'toSeq'>
): boolean {
  if (seq !== undefined) return toSeq <= seq;
  return createdAt !== undefined && changedAt <= createdAt;
}

/** What is live is live, whichever build showed it. */
const isOlder = ({ createdAt, state }: Reported, build: KnownBuild | undefined): boolean =>
  state !== 'live' &&
  build?.createdAt !== undefined &&
  createdAt !== undefined &&
  createdAt < build.createdAt;
