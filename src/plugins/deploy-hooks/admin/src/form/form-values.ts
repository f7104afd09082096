import { isEqual, omitBy } from 'es-toolkit';
import type { Preset } from '../../../core';
import { DEFAULT_TIMING, type Hook, type HookUpdate, type NewHook } from '../../../shared';
import { PRESET_FIELDS } from '../data/presets';

const SECOND_MS = 1_000;

export interface HeaderRow {
  /** Identifies a row while its name is typed. */
  key: number;
  name: string;
  /** `null` for a stored value that stays as it is: the server never returns it. */
  value: string | null;
}

/** A site as the form holds it. */
export interface FormValues {
  name: string;
  preset: Preset;
  /** Empty: stays as it is. */
  url: string;
  /** Empty: stays as it is. */
  token: string;
  /** Empty: stays as it is. */
  reportSecret: string;
  headers: HeaderRow[];
  /** One per line. */
  collections: string;
  tags: string;
  changed: string;
  /** In seconds; absent: the default. */
  quietPeriod: number | undefined;
  maxWait: number | undefined;
  statusUrl: string;
  isEnabled: boolean;
  fromBeginning: boolean;
}

export const NEW_VALUES: FormValues = {
  name: '',
  preset: 'generic',
  url: '',
  token: '',
  reportSecret: '',
  headers: [],
  collections: '',
  tags: '',
  changed: '',
  quietPeriod: undefined,
  maxWait: undefined,
  statusUrl: '',
  isEnabled: true,
  fromBeginning: false,
};

export const valuesOf = (hook: Hook): FormValues => ({
  ...NEW_VALUES,
  name: hook.name,
  preset: hook.preset,
  headers: hook.headerNames.map((name, key) => ({ key, name, value: null })),
  collections: toText(hook.filter.collections),
  tags: toText(hook.filter.tags),
  changed: toText(hook.filter.changed),
  quietPeriod: hook.quietPeriodMs / SECOND_MS,
  maxWait: hook.maxWaitMs / SECOND_MS,
  statusUrl: hook.statusUrl ?? '',
  isEnabled: hook.isEnabled,
});

/** Returns the body that creates a site. */
export const toNewHook = (values: FormValues): NewHook => ({
  ...toSettings(values),
  name: values.name,
  url: values.url,
  // A new row always has a value, even if it is empty.
  headers: toRecord(values.headers) as Record<string, string>,
  ...(values.fromBeginning && { fromBeginning: true }),
});

/** Returns what was changed since the form was opened: others may have changed the rest. */
export function toChanges(values: FormValues, opened: FormValues): HookUpdate {
  const before: object = { ...toSettings(opened), headers: toRecord(opened.headers) };
  const after: HookUpdate = {
    ...DEFAULT_TIMING,
    ...toSettings(values),
    headers: toRecord(values.headers),
    ...(values.url !== '' && { url: values.url }),
  };
  return omitBy(after, (value, name) => isEqual(value, before[name as keyof object]));
}

const toSettings = (values: FormValues) => ({
  name: values.name,
  preset: values.preset,
  ...(PRESET_FIELDS[values.preset].hasToken && values.token !== '' && { token: values.token }),
  ...(PRESET_FIELDS[values.preset].reports === 'host' &&
    values.reportSecret !== '' && { reportSecret: values.reportSecret }),
  filter: toFilter(values),
  ...(values.quietPeriod !== undefined && { quietPeriodMs: toMs(values.quietPeriod) }),
  ...(values.maxWait !== undefined && { maxWaitMs: toMs(values.maxWait) }),
  isEnabled: values.isEnabled,
  statusUrl: values.statusUrl === '' ? null : values.statusUrl,
});

/** Omits empty lists: like absent ones, they match every change. */
const toFilter = ({ collections, tags, changed }: FormValues) =>
  omitBy(
    { collections: toList(collections), tags: toList(tags), changed: toList(changed) },
    (list) => list.length === 0
  );

/** Returns the lines that are not blank. */
export const toList = (text: string): string[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const toText = (list: string[] | undefined): string => (list ?? []).join('\n');
const toMs = (seconds: number): number => Math.round(seconds * SECOND_MS);

/** Ignores rows in which nothing was typed. */
const toRecord = (rows: HeaderRow[]): Record<string, string | null> =>
  Object.fromEntries(
    rows.flatMap(({ name, value }) => (name === '' && !value ? [] : [[name.trim(), value]]))
  );

/** Finds a repeated name: one of its values would be lost. */
export function findRepeatedHeader(rows: HeaderRow[]): string | undefined {
  const names = rows.map(({ name }) => name.trim().toLowerCase());
  return rows.find(({ name }, index) => {
    const asked = name.trim().toLowerCase();
    return asked !== '' && names.indexOf(asked) < index;
  })?.name;
}
