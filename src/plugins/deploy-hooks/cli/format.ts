import type { HookState } from '../core';
import type { Attempt, Delivery, Hook, Liveness } from '../shared';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** `failing, next try in 4 min: answered 503` */
export function stateInWords(state: HookState, now: Date): string {
  switch (state.kind) {
    case 'up-to-date':
      return 'up to date';
    case 'waiting':
      return `${state.changes > 0 ? `${changesInWords(state.changes)} waiting, ` : ''}sent ${fromNow(state.at, now)}`;
    case 'sending':
      return `sending ${changesInWords(state.changes)}`;
    case 'failing':
      return `failing (${state.failures} in a row), ${changesInWords(state.changes)} waiting, next try ${fromNow(state.nextAttemptAt, now)}: ${state.reason}`;
    case 'paused':
      return `paused since ${minuteOf(state.since)}, ${changesInWords(state.changes)} waiting: ${state.reason}`;
    case 'disabled':
      return 'disabled';
  }
}

/** `3  docs  netlify  https://api.netlify.com/build_hooks/…3f2a  up to date` */
export function lineOfHook(hook: Hook, now: Date): string {
  const { id, name, preset, maskedUrl, isDeclared, isReadable, state } = hook;
  const notes = [
    ...(isDeclared ? ['declared in the environment'] : []),
    ...(isReadable ? [] : ['saved with another ENCRYPTION_KEY']),
  ];
  const described = [stateInWords(state, now), ...notes].join('; ');
  return [id, name, preset, maskedUrl, described].join('  ');
}

/** `7  2026-11-22 10:15 UTC  docs  delivered  3 changes up to 12.9f3a00d1, 2 attempts: answered 204 within 90 ms; live at 2026-11-22 10:17 UTC` */
export function lineOfDelivery(delivery: Delivery): string {
  const { id, createdAt, hook, state, kind, counts, to, attempts, attemptCount, live } = delivery;
  const count = Object.values(counts).reduce((sum, some) => sum + some, 0);
  const what = kind === 'test' ? 'a test' : `${changesInWords(count)} up to ${to}`;
  const tries = attemptCount === 1 ? '1 attempt' : `${attemptCount} attempts`;
  const last = attempts.at(-1);
  const outcome = last ? `: ${attemptInWords(last)}` : '';
  const shown = live ? `; ${livenessInWords(live)}` : '';
  return [id, minuteOf(createdAt), hook.name, state, `${what}, ${tries}${outcome}${shown}`].join(
    '  '
  );
}

const attemptInWords = ({ status, error, durationMs }: Attempt): string =>
  error ?? `answered ${status} within ${durationMs} ms`;

function livenessInWords(live: Liveness): string {
  switch (live.kind) {
    case 'waiting':
      return 'not live yet';
    case 'building':
      return `building since ${minuteOf(live.at)}`;
    case 'live':
      return `live at ${minuteOf(live.at)}`;
    case 'failed':
      return `build failed at ${minuteOf(live.at)}: ${live.reason}`;
    case 'not-live':
      return `not live after ${Math.round(live.afterMs / MINUTE_MS)} min`;
    case 'unknown':
      return `unknown whether it is live: ${live.reason}`;
  }
}

const changesInWords = (count: number): string =>
  count === 1 ? '1 change' : `${count.toLocaleString('en')} changes`;

/** `2026-11-22 10:15 UTC` */
const minuteOf = (at: string): string =>
  `${at.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ')} UTC`;

function fromNow(at: string, now: Date): string {
  const ms = new Date(at).getTime() - now.getTime();
  if (ms <= 0) return 'now';
  if (ms < MINUTE_MS) return `in ${Math.ceil(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `in ${Math.ceil(ms / MINUTE_MS)} min`;
  return `in ${Math.ceil(ms / HOUR_MS)} h`;
}
