/** Whether `npm run test:full` runs: all kills and the full random runs. */
const isFull = process.env.TEST_DEPTH === 'full';

/** Chooses between the value for every change and the one for a release. */
export const atDepth = <T>({ short, full }: { short: T; full: T }): T => (isFull ? full : short);
