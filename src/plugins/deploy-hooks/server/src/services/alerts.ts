import type { Core, UID } from '@strapi/strapi';
import { withTimeout } from 'es-toolkit';
import {
  alertCause,
  describeAlert,
  PAUSED_BY_OPERATOR,
  type AlertCause,
  type WatchedHook,
} from '../../../core';
import {
  FAILING_EVENT,
  RECOVERED_EVENT,
  type HookFailing,
  type HookRecovered,
} from '../../../shared';
import { getConfig } from '../config';
import { log } from '../log';
import { HOOK_UID, type HookRow } from '../models';
import { getService } from '../plugin-id';
import { findEmail } from './email';

/** A mail server that does not answer must not hold up the sites. */
const EMAIL_TIMEOUT_MS = 10_000;

/**
 * Tells operators that a site is not told, once for as long as that lasts: `alertedAt` is set by
 * the process that tells them, and is empty again after the next message that the site took.
 */
export function createAlerts({ strapi }: { strapi: Core.Strapi }) {
  const hooks = () => strapi.db.query(HOOK_UID as UID.ContentType);

  async function emit(event: string, payload: HookFailing | HookRecovered): Promise<void> {
    try {
      await strapi.eventHub.emit(event, payload);
    } catch (error) {
      log(strapi, 'error', `a listener to ${event} failed`, { hook: payload.hook.name, error });
    }
  }

  async function write(hook: string, text: string): Promise<void> {
    const { alertEmail } = getConfig(strapi);
    if (!alertEmail) return;
    const email = findEmail(strapi);
    if (!email) {
      const message =
        'DEPLOY_HOOKS_ALERT_EMAIL is set, but no email was sent: configure a provider of the email plugin';
      log(strapi, 'warn', message, { hook });
      return;
    }
    try {
      const subject = `Deploy hook '${hook}' needs attention`;
      await withTimeout(
        async () => email.send({ to: alertEmail, subject, text: `${text}.\n` }),
        EMAIL_TIMEOUT_MS
      );
    } catch (error) {
      log(strapi, 'error', 'the email of an alert was not sent', { hook, error });
    }
  }

  return {
    /**
     * Tells operators if they have to know and were not told yet.
     *
     * @param pendingSince When the oldest change was published that the site was not told.
     */
    async check(row: HookRow, pendingSince?: Date): Promise<void> {
      if (row.alertedAt) return;
      const now = getService(strapi, 'clock').now();
      const { alertAfterFailures: afterFailures, alertAfterMs: afterMs } = getConfig(strapi);
      const cause = alertCause(watchedOf(row, pendingSince), now, { afterFailures, afterMs });
      if (!cause) return;
      const { count } = await hooks().updateMany({
        where: { id: row.id, alertedAt: { $null: true } },
        data: { alertedAt: now.toISOString() },
      });
      if (count === 0) return; // another process tells them, or the hook is gone
      const text = describeAlert(row.name, cause);
      log(strapi, 'error', text, { hook: row.name });
      await emit(FAILING_EVENT, failingOf(row, cause));
      await write(row.name, text);
    },

    /** To be called when the site has taken a message: ends an alert, if there was one. */
    async recovered({ id, name }: HookRow): Promise<void> {
      const told: Pick<HookRow, 'alertedAt'> | null = await hooks().findOne({
        select: ['alertedAt'],
        where: { id },
      });
      const alertedAt = told?.alertedAt;
      if (!alertedAt) return;
      const { count } = await hooks().updateMany({
        where: { id, alertedAt },
        data: { alertedAt: null },
      });
      if (count === 0) return;
      log(strapi, 'info', `the site '${name}' is told of changes again`, { hook: name });
      await emit(RECOVERED_EVENT, { hook: { id, name }, alertedAt });
    },
  };
}

const toDate = (text: string | null): Date | undefined => (text ? new Date(text) : undefined);

function watchedOf(row: HookRow, pendingSince: Date | undefined): WatchedHook {
  const { isEnabled, failures, pausedReason } = row;
  const pausedAt = toDate(row.pausedAt);
  return {
    isEnabled,
    failures,
    failingSince: toDate(row.failingSince),
    failureReason: row.failureReason ?? undefined,
    paused: pausedAt && {
      reason: pausedReason ?? 'the reason is not known',
      since: pausedAt,
      byOperator: pausedReason === PAUSED_BY_OPERATOR,
    },
    pendingSince,
  };
}

const failingOf = ({ id, name, failures }: HookRow, cause: AlertCause): HookFailing => ({
  hook: { id, name },
  kind: cause.kind,
  failures,
  reason: cause.kind === 'behind' ? 'changes wait for too long' : cause.reason,
  since: cause.since.toISOString(),
});
