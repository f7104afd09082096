import type { Timing } from '../../../core';

/** What a period is where its field is left empty. As of the core, which cannot be brought into the panel. */
export const USUAL_TIMING = { quietPeriodMs: 5_000, maxWaitMs: 60_000 } satisfies Timing;
