import { load } from 'js-yaml';
import { safeLoad } from 'js-yaml-3';

/** Independent readers: of YAML 1.2 with a few types of 1.1, and of YAML 1.1. */
export const OTHER_READERS: readonly [name: string, read: (yaml: string) => unknown][] = [
  ['js-yaml 4', (yaml) => load(yaml)],
  ['js-yaml 3', (yaml) => safeLoad(yaml)],
];

/** Texts that a reader of YAML 1.1 or 1.2 misreads unless they are quoted. */
export const LOOK_ALIKES: readonly string[] = [
  ...['yes', 'No', 'on', 'OFF', 'y', 'N', 'True', 'tRuE', '~', 'null', 'Null'],
  ...['2026-01-31', '2026-1-31', '2026-01-31T12:30:00Z', '2026-01-31 12:30:00.5 +1', '-2026-01-31'],
  ...['12:30', '-12:30', '190:20:30', '190:20:30.15', '1:2'],
  ...['0', '-0', '+12', '017', '0o17', '0b101', '-0b1', '0x1F', '0XAB', '1_000', '1,000', '0b_1'],
  ...['.5', '1.', '-1.5', '1.2.3', '1_0.5', '1e3', '1.5E-3', '.inf', '-.Inf', '+.INF', '.NaN'],
  ...['<<', '=', ':symbol', '?what', 'a\tb'],
];
