import type { Core } from '@strapi/strapi';
import { withTimeout } from 'es-toolkit';
import {
  alertCause,
  describeAlert,
  hasEnded,
  shouldAlert,
  type AlertCause,
} from '../../../../core';
import {
  FAILING_EVENT,
  RECOVERED_EVENT,
  type HookFailing,
  type HookRecovered,
} from '../../../../shared';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import type { HookRow } from '../../models';
import { getClock } from '../foundation/clock';
import { getHookRows } from '../hooks/hook-rows';
import { findEmail } from './email';
import { serviceOf } from '../foundation/service-of';

/** A mail server, or a listener, that does not answer must not hold up the end of the process. */
const TIMEOUT_MS = 10_000;

/**
 * Alerts operators when a site is not notified. The process that alerts them records the cause in
 * the hook. It is cleared after the next message that the site accepts, or once the cause is gone.
 */
export function createAlerts({ strapi }: { strapi: Core.Strapi }) {
  const rows = () => getHookRows(strapi);

  async function emit(event: string, payload: HookFailing | HookRecovered): Promise<void> {
    try {
      await withTimeout(() => strapi.eventHub.emit(event, payload), TIMEOUT_MS);
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
        'alertEmail of the deploy-hooks plugin is set, but no email was sent: configure a provider of the email plugin';
      log(strapi, 'warn', message, { hook });
      return;
    }
    try {
      const subject = `Deploy hook '${hook}' needs attention`;
      await withTimeout(
        async () => email.send({ to: alertEmail, subject, text: `${text}.\n` }),
        TIMEOUT_MS
      );
    } catch (error) {
      log(strapi, 'error', 'the email of an alert was not sent', { hook, error });
    }
  }

  async function recovered({ id, name, alertedAt, alertedOf }: Alerted): Promise<void> {
    const isOurs = await rows().note(id, { alertedAt: null, alertedOf: null }, { alertedAt });
    if (!isOurs) return; // another process alerts them
    const what = alertedOf === 'build-failed' ? 'is built' : 'is notified of changes';
    log(strapi, 'info', `the site '${name}' ${what} again`, { hook: name });
    await emit(RECOVERED_EVENT, { hook: { id, name }, alertedAt });
  }

  async function failing(row: HookRow, cause: AlertCause): Promise<void> {
    const { id, name, alertedOf, cursorSeq, failures, pausedReason } = row;
    const alertedAt = getClock(strapi).now().toISOString();
    const isOurs = await rows().note(
      id,
      { alertedAt, alertedOf: cause.kind },
      { alertedOf, cursorSeq, failures, pausedReason }
    );
    if (!isOurs) return; // another process alerts them, or it is no longer true
    const text = describeAlert(name, cause);
    log(strapi, 'error', text, { hook: name });
    await emit(FAILING_EVENT, failingOf(row, cause));
    await write(name, text);
  }

  return {
    /**
     * Alerts operators when a site is no longer notified or built, and when it is again.
     *
     * @param pendingSince When the oldest change was published that the site was not notified of.
     */
    async check(row: HookRow, pendingSince?: Date): Promise<void> {
      if (hasRecovered(row)) return recovered(row);
      const now = getClock(strapi).now();
      const { alertAfterFailures: afterFailures, alertAfterMs: afterMs } = getConfig(strapi);
      const watched = { ...row, pendingSince };
      const cause = alertCause(watched, now, { afterFailures, afterMs });
      if (cause && shouldAlert(cause, row.alertedOf)) return failing(row, cause);
      const { id, alertedAt, alertedOf } = row;
      if (alertedOf === null || !hasEnded(watched, new Date(alertedAt ?? now))) return;
      // Without this, the next trouble would pass for the same one.
      await rows().note(id, { alertedOf: null }, { alertedAt, alertedOf });
    },
  };
}

type Alerted = HookRow & { alertedAt: string };

/** Whether the site accepted a message, or was built, since operators were alerted. */
function hasRecovered(row: HookRow): row is Alerted {
  const { alertedAt, alertedOf, buildFailure, lastDeliveredAt } = row;
  if (alertedAt === null) return false;
  if (alertedOf === 'build-failed') return buildFailure === null;
  return lastDeliveredAt !== null && new Date(lastDeliveredAt) >= new Date(alertedAt);
}

const failingOf = ({ id, name, failures }: HookRow, cause: AlertCause): HookFailing => ({
  hook: { id, name },
  kind: cause.kind,
  failures,
  reason: cause.kind === 'behind' ? 'changes wait for too long' : cause.reason,
  since: cause.since.toISOString(),
});

export const getAlerts = serviceOf('alerts', createAlerts);
