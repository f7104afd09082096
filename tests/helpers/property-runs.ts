import { atDepth } from './depth';

/** How many cases a property is tried with: a third of `all`, or all of them in `npm run test:full`. */
export const runs = (all: number): number => atDepth({ short: Math.ceil(all / 3), full: all });
