/** Set by `npm run test:full`: all kills and the full random runs. */
const isFull = process.env.TEST_DEPTH === 'full';

/** Chooses between what every change waits for and what a release does. */
export const atDepth = <T>({ short, full }: { short: T; full: T }): T => (isFull ? full : short);
