import type { Core, UID } from '@strapi/strapi';
import { parseCursor, type Cursor } from 'strapi-plugin-frontmatter/core';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import {
  concernsDelivery,
  hasReportSecret,
  readReport,
  reportProblem,
  type BuildReport,
  type KnownBuild,
  type Message,
} from '../../../../core';
import type { BuildFailure, Liveness, ReportedBuild } from '../../../../shared';
import { getConfig } from '../../config';
import { DELIVERY, type DeliveryRow, type HookRow } from '../../models';
import { getPublicationLog } from '../../plugin-id';
import { getDispatcher } from '../dispatching/dispatcher';
import { getClock } from '../foundation/clock';
import { serviceOf } from '../foundation/service-of';
import { getCredentials, validSecrets } from '../hooks/credentials';
import { getHookRows } from '../hooks/hook-rows';
import { getSettingsLock } from '../hooks/settings-lock';
import { isSigned, type SignedMessage } from './signature';

type ConcernedRow = Pick<DeliveryRow, 'id' | 'toSeq' | 'message' | 'live'>;

const NOT_GIVEN = 'the host gave no reason';

/** Records what hosts report about the builds that deliveries started. */
export function createBuildReports({ strapi }: { strapi: Core.Strapi }) {
  const deliveries = () => strapi.db.query(DELIVERY.uid as UID.Schema);
  const hooks = () => getHookRows(strapi);
  const now = (): Date => getClock(strapi).now();

  function secretsOf(hook: HookRow): string[] {
    const credentials = getCredentials(strapi).open(hook);
    if (!credentials) return [];
    if (!hasReportSecret(hook.preset)) {
      return validSecrets(credentials, now()).map(({ secret }) => secret);
    }
    return credentials.reportSecret === undefined ? [] : [credentials.reportSecret];
  }

  /** Whether this database ever had the position: otherwise, it is from another CMS. */
  async function isKnown(cursor: Cursor): Promise<boolean> {
    const options = { limit: 1, withData: false };
    return (await getPublicationLog(strapi).after(cursor, options)) !== undefined;
  }

  /**
   * Locks the row of a hook, and returns it. The dispatcher and the checks of status URLs also
   * write the hook before its deliveries. Settings do not change, because their lock is held.
   */
  async function lockRow(id: number): Promise<HookRow> {
    const { revision } = await hooks().get(id);
    await hooks().write(id, { revision });
    return hooks().get(id);
  }

  async function note(hook: HookRow, report: BuildReport, seq: number | undefined): Promise<void> {
    const reported = {
      id: report.build,
      state: report.state,
      createdAt: report.createdAt?.getTime(),
      seq,
    };
    const found: ConcernedRow[] = await deliveries().findMany({
      select: ['id', 'toSeq', 'message', 'live'] satisfies (keyof ConcernedRow)[],
      where: { hookId: hook.id, kind: 'changes', state: { $in: ['open', 'delivered'] } },
      orderBy: { id: 'desc' },
      limit: getConfig(strapi).retention,
    });
    const rows = sinceStartOver(hook, found);
    const concerned = rows.filter((row) => concernsDelivery(builtOf(row), reported));
    if (concerned.length === 0) return;
    for (const row of concerned) {
      row.live = livenessOf(report, row.live, now());
      const { id, live } = row;
      const columns = { live, ...(live.kind === 'live' && { liveCheckAt: null }) };
      await deliveries().updateMany({ where: { id }, data: columns });
    }
    const [newest] = rows.flatMap(({ live }) =>
      live && live.kind !== 'waiting' && 'build' in live ? [live] : []
    );
    const liveSeq = Math.max(...rows.map(({ live, toSeq }) => (live?.kind === 'live' ? toSeq : 0)));
    const { id } = hook;
    const buildFailure = failureOf(newest, hook.buildFailure);
    await hooks().note(id, { buildFailure });
    await hooks().note(id, { liveSeq }, { liveSeq: { $lt: liveSeq } });
  }

  return {
    /**
     * Receives a host's message. Ignores it unless it says something new about a build of the site.
     *
     * @throws NotFoundError, UnauthorizedError (signature), or ValidationError (report).
     */
    async receive(hookId: number, message: SignedMessage): Promise<void> {
      const hook = await hooks().get(hookId);
      const { preset } = hook;
      if (!isSigned(preset, message, secretsOf(hook))) {
        throw new errors.UnauthorizedError(
          hasReportSecret(preset)
            ? 'The signature is not valid: enter the same secret at the host and as the report secret of the hook'
            : 'The signature is not valid: sign with the signing secret of the hook, and check the clock of the sender'
        );
      }
      const body = parse(message.body);
      const report = readReport(preset, { headers: message.headers, body });
      // Hosts also send messages about something else.
      const problem = hasReportSecret(preset) ? undefined : reportProblem(body);
      if (problem) throw new errors.ValidationError(`The report is not valid: ${problem}`);
      if (!report) return;
      const cursor = report.cursor === undefined ? undefined : parseCursor(report.cursor);
      if (cursor && !(await isKnown(cursor))) return;
      await getSettingsLock(strapi).run(async () => {
        await note(await lockRow(hookId), report, cursor?.seq);
      });
      // Operators are alerted to a failed build at once.
      getDispatcher(strapi).wake();
    },
  };
}

/** @throws ValidationError */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new errors.ValidationError(
      'The report is not JSON: choose application/json as the content type at the host'
    );
  }
}

/**
 * Returns those of the newest deliveries whose positions belong to this database: a hook starts
 * over when the database was restored.
 */
function sinceStartOver(hook: HookRow, newestFirst: readonly ConcernedRow[]): ConcernedRow[] {
  if (hook.startOver === 'restored') return [];
  const first = newestFirst.findIndex((row) => messageOf(row).data.startOver !== undefined);
  return newestFirst.slice(0, first < 0 ? undefined : first + 1);
}

const messageOf = ({ message }: ConcernedRow) => JSON.parse(message) as Message;

const builtOf = (row: ConcernedRow) => ({
  toSeq: row.toSeq,
  changedAt: Date.parse(messageOf(row).timestamp),
  build: knownBuildOf(row.live),
});

function knownBuildOf(live: Liveness | null): KnownBuild | undefined {
  if (live?.kind === 'live') return { id: live.build?.id ?? '', state: 'live' };
  if (!live || !('build' in live) || !live.build) return undefined;
  const { id, createdAt } = live.build;
  return {
    id,
    createdAt: createdAt === undefined ? undefined : Date.parse(createdAt),
    state: live.kind === 'waiting' ? 'canceled' : live.kind,
  };
}

/** @param before What was known: a host may say only once when a build began. */
function livenessOf(report: BuildReport, before: Liveness | null, now: Date): Liveness {
  const { logUrl, reason = NOT_GIVEN, state, url } = report;
  const at = now.toISOString();
  const known = before && 'build' in before ? before.build : undefined;
  const createdAt =
    report.createdAt?.toISOString() ?? (known?.id === report.build ? known.createdAt : undefined);
  const build: ReportedBuild = { id: report.build, ...(createdAt !== undefined && { createdAt }) };
  switch (state) {
    case 'building':
      return { kind: state, at: createdAt ?? at, build, ...(logUrl && { logUrl }) };
    case 'live':
      return { kind: state, at, build, ...(url && { url }) };
    case 'failed':
      return { kind: state, at, build, reason, ...(logUrl && { logUrl }) };
    case 'canceled':
      return { kind: 'waiting', build };
  }
}

/** Returns what to record of the newest build. Operators are alerted once until one succeeds. */
function failureOf(newest: Liveness | undefined, before: BuildFailure | null): BuildFailure | null {
  if (newest?.kind === 'live') return null;
  if (newest?.kind !== 'failed') return before;
  const { at, logUrl, reason } = newest;
  return { at: before?.at ?? at, reason, ...(logUrl && { logUrl }) };
}

export const getBuildReports = serviceOf('build-reports', createBuildReports);
