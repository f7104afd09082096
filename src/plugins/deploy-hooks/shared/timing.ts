import type { Timing } from '../core';

const HOUR_MS = 60 * 60 * 1_000;

/** The periods of a hook that sets no others. */
export const DEFAULT_TIMING = { quietPeriodMs: 5_000, maxWaitMs: 60_000 } satisfies Timing;

/** The longest periods that can be set; the shortest is 0. */
export const TIMING_LIMITS = { quietPeriodMs: HOUR_MS, maxWaitMs: 24 * HOUR_MS } satisfies Timing;
