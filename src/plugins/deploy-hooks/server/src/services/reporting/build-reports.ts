import type { Core, UID } from '@strapi/strapi';
import { parseCursor } from 'strapi-plugin-frontmatter/core';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import {
  concernsDelivery,
  hasReportSecret,
  readReport,
  type BuildReport,
  type KnownBuild,
  type Message,
} from '../../../../core';
import type { BuildFailure, Liveness, ReportedBuild } from '../../../../shared';
import { getConfig } from '../../config';
import { DELIVERY, HOOK_UID, type DeliveryRow, type HookRow } from '../../models';
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

/** Notes what hosts report of the builds that deliveries started. */
export function createBuildReports({ strapi }: { strapi: Core.Strapi }) {
  const deliveries = () => strapi.db.query(DELIVERY.uid as UID.Schema);
  const hooks = () => strapi.db.query(HOOK_UID as UID.ContentType);
  const now = (): Date => getClock(strapi).now();

  function secretsOf(hook: HookRow): string[] {
    const credentials = getCredentials(strapi).open(hook);
    if (!credentials) return [];
    if (!hasReportSecret(hook.preset)) {
      return validSecrets(credentials, now()).map(({ secret }) => secret);
    }
    return credentials.reportSecret === undefined ? [] : [credentials.reportSecret];
  }

  /** @returns Nothing for a position that this database never had: it says nothing. */
  async function seqOf(report: BuildReport): Promise<number | undefined> {
    const cursor = report.cursor === undefined ? undefined : parseCursor(report.cursor);
    if (!cursor) return undefined;
    const options = { limit: 1, withData: false };
    return (await getPublicationLog(strapi).after(cursor, options)) ? cursor.seq : undefined;
  }

  async function note(hook: HookRow, report: BuildReport, seq: number | undefined): Promise<void> {
    const reported = {
      id: report.build,
      state: report.state,
      createdAt: report.createdAt?.getTime(),
      seq,
    };
    const rows: ConcernedRow[] = await deliveries().findMany({
      select: ['id', 'toSeq', 'message', 'live'] satisfies (keyof ConcernedRow)[],
      where: { hookId: hook.id, kind: 'changes', state: { $in: ['open', 'delivered'] } },
      orderBy: { id: 'desc' },
      limit: getConfig(strapi).retention,
    });
    const concerned = rows.filter((row) => concernsDelivery(builtOf(row), reported));
    if (concerned.length === 0) return;
    const live = livenessOf(report, now());
    await deliveries().updateMany({
      where: { id: { $in: concerned.map(({ id }) => id) } },
      data: { live, ...(live.kind === 'live' && { liveCheckAt: null }) },
    });
    if (live.kind === 'live') {
      const liveSeq = Math.max(...concerned.map(({ toSeq }) => toSeq));
      const { id } = hook;
      await hooks().updateMany({ where: { id, liveSeq: { $lt: liveSeq } }, data: { liveSeq } });
      await hooks().updateMany({ where: { id }, data: { buildFailure: null } });
    }
    if (live.kind === 'failed') {
      const { at, reason, logUrl } = live;
      // Operators are told once for as long as no build succeeds.
      const since = hook.buildFailure?.at ?? at;
      const buildFailure: BuildFailure = { at: since, reason, ...(logUrl && { logUrl }) };
      await hooks().updateMany({ where: { id: hook.id }, data: { buildFailure } });
    }
  }

  return {
    /**
     * Takes a message of a host. What is about no build of the site, or says nothing new, is ignored.
     *
     * @throws NotFoundError, UnauthorizedError for what is not signed, or ValidationError for what is no JSON.
     */
    async receive(hookId: number, message: SignedMessage): Promise<void> {
      const hook = await getHookRows(strapi).get(hookId);
      const { preset } = hook;
      if (!isSigned(preset, message, secretsOf(hook))) {
        throw new errors.UnauthorizedError(
          'The signature is not valid: check that the host signs with the secret that was entered for its reports'
        );
      }
      const report = readReport(preset, { headers: message.headers, body: parse(message.body) });
      if (!report) return;
      const seq = await seqOf(report);
      await getSettingsLock(strapi).run(async () => {
        const current = await getHookRows(strapi).get(hookId);
        await note(current, report, seq);
      });
      // A failed build is told to operators at once.
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

const builtOf = ({ toSeq, message, live }: ConcernedRow) => ({
  toSeq,
  changedAt: Date.parse((JSON.parse(message) as Message).timestamp),
  build: knownBuildOf(live),
});

function knownBuildOf(live: Liveness | null): KnownBuild | undefined {
  if (live?.kind !== 'building' && live?.kind !== 'live' && live?.kind !== 'failed')
    return undefined;
  const { build, kind } = live;
  const createdAt = build?.createdAt === undefined ? undefined : Date.parse(build.createdAt);
  return { id: build?.id ?? '', createdAt, state: kind };
}

function livenessOf(report: BuildReport, now: Date): Liveness {
  const { createdAt, logUrl, reason = NOT_GIVEN, state, url } = report;
  const at = now.toISOString();
  const build: ReportedBuild = {
    id: report.build,
    ...(createdAt && { createdAt: createdAt.toISOString() }),
  };
  switch (state) {
    case 'building':
      return { kind: state, at: build.createdAt ?? at, build, ...(logUrl && { logUrl }) };
    case 'live':
      return { kind: state, at, build, ...(url && { url }) };
    case 'failed':
      return { kind: state, at, build, reason, ...(logUrl && { logUrl }) };
    case 'canceled':
      return { kind: 'waiting' };
  }
}

export const getBuildReports = serviceOf('build-reports', createBuildReports);
