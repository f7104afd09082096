import { atDepth } from './depth';

/** Returns how many cases to try: a third of `all`, or all of them in `npm run test:full`. */
export const runs = (all: number): number => atDepth({ short: Math.ceil(all / 3), full: all });
