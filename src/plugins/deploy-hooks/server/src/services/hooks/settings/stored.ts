import { isEqual, pick } from 'es-toolkit';
import { hasReportSecret, needsToken, signs, type HookFilter } from '../../../../../core';
import type { HookSettings, HookUpdate } from '../../../../../shared';
import type { HookRow } from '../../../models';
import type { Credentials } from '../credentials';

const PLAIN = [
  'name',
  'preset',
  'filter',
  'quietPeriodMs',
  'maxWaitMs',
  'isEnabled',
  'statusUrl',
] as const satisfies (keyof HookSettings & keyof HookRow)[];

/** What a request consists of, and is about: a change outdates the messages created before. */
const REVISED = ['preset', 'url', 'token', 'headers', 'filter'] as const;

/** Settings that are stored encrypted, or decide what is. */
const SEALED = ['preset', 'url', 'token', 'reportSecret', 'headers'];

/** Columns that operators set; those of the dispatcher are never written with them. */
export type PlainColumns = Pick<HookRow, (typeof PLAIN)[number]>;

/** Returns the settings of a stored hook; without an address if that cannot be read. */
export const settingsOf = (row: HookRow, credentials: Credentials | undefined): HookSettings => ({
  ...pick(row, [...PLAIN]),
  url: credentials?.url ?? '',
  headers: credentials?.headers ?? {},
  ...(credentials?.token !== undefined && { token: credentials.token }),
  ...(credentials?.reportSecret !== undefined && { reportSecret: credentials.reportSecret }),
});

export const plainColumnsOf = (settings: PlainColumns): PlainColumns => ({
  ...pick(settings, [...PLAIN]),
  filter: withoutAbsent(settings.filter),
});

/** Whether an update affects what is stored encrypted. */
export const isSealedTouched = (update: object): boolean =>
  Object.keys(update).some((name) => SEALED.includes(name));

export const isRevised = (before: HookSettings, after: HookSettings): boolean =>
  !isEqual(comparable(before), comparable(after));

/** Whether settings are for another site: what is known about the previous one does not apply. */
export const isAnotherSite = (before: HookSettings, after: HookSettings): boolean =>
  before.url !== after.url || before.statusUrl !== after.statusUrl;

export const isSame = (before: HookSettings, after: HookSettings): boolean =>
  !isRevised(before, after) &&
  before.reportSecret === after.reportSecret &&
  isEqual(plainColumnsOf(before), plainColumnsOf(after));

const comparable = (settings: HookSettings): object => ({
  ...pick(settings, [...REVISED]),
  token: settings.token ?? null,
  filter: withoutAbsent(settings.filter),
});

const withoutAbsent = (filter: HookFilter): HookFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, items]) => items !== undefined));

/** Returns what is stored encrypted, without what the preset does not use. */
export const credentialsOf = (
  { preset, url, token, reportSecret, headers }: HookSettings,
  secrets: Credentials['secrets']
): Credentials => ({
  url,
  headers,
  ...(needsToken(preset) && { token }),
  ...(hasReportSecret(preset) && reportSecret !== undefined && { reportSecret }),
  secrets: signs(preset) ? secrets : [],
});

/**
 * Returns the settings after an update. What it leaves out stays, and so does the value of a header
 * that is `null`. Tokens and secrets of a host are useless for another preset.
 */
export function withUpdate(before: HookSettings, update: HookUpdate): HookSettings {
  const { headers, ...given } = update;
  const { token, reportSecret, ...merged } = { ...before, ...given };
  const isOtherHost = merged.preset !== before.preset;
  const isReportSecretKept = !isOtherHost || update.reportSecret !== undefined;
  const isTokenKept = needsToken(merged.preset) || update.token !== undefined;
  return {
    ...merged,
    ...(isTokenKept && token !== undefined && { token }),
    ...(isReportSecretKept && reportSecret !== undefined && { reportSecret }),
    headers: headers ? mergedHeaders(before.headers, headers) : before.headers,
  };
}

const mergedHeaders = (
  before: Record<string, string>,
  update: Record<string, string | null>
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(update).flatMap(([name, value]) => {
      const next = value ?? (Object.hasOwn(before, name) ? before[name] : undefined);
      return next === undefined ? [] : [[name, next]];
    })
  );
