import type { BuildReport } from './report';

/** What is known about the build of a delivery: the newest build that contains it. */
export interface KnownBuild {
  id: string;
  /** When the host began, in milliseconds since 1970; absent if the host never said so. */
  createdAt?: number | undefined;
  state: BuildReport['state'];
}

/** The parts of a delivery that decide whether a build is about it. */
export interface Built {
  /** Position up to which it contains changes. */
  toSeq: number;
  /** Time of its newest change, in milliseconds since 1970. */
  changedAt: number;
  build?: KnownBuild | undefined;
}

/** The parts of a report that decide whether it is about a delivery. */
export interface Reported {
  id: string;
  state: BuildReport['state'];
  createdAt?: number | undefined;
  /** Position up to which the build contains the content. */
  seq?: number | undefined;
}

/**
 * Whether a report says something new about a delivery. Hosts may repeat messages, and send them
 * late and in any order: a build that has ended stays as it ended, and an older build says nothing
 * about what a newer one contains.
 */
export function concernsDelivery({ build, changedAt, toSeq }: Built, report: Reported): boolean {
  if (build?.state === 'live') return false;
  const isMissing = report.seq !== undefined && report.state === 'live' && toSeq > report.seq;
  if (isMissing) return false;
  if (build?.id === report.id) return build.state === 'building' && report.state !== 'building';
  // A canceled build does not undo what another build did.
  if (report.state === 'canceled' && build !== undefined) return false;
  return contains(report, { changedAt, toSeq }) && !isOlder(report, build);
}

/** Whether the build began after everything in the delivery was published. */
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
