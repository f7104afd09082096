import fc from 'fast-check';
import { runs } from './property-runs';

/** The same cases in every run, so that a failure is due to the change and not to chance. */
const DEFAULT_SEED = 20_261_122;

/** The number of cases that fast-check tries by default. */
const DEFAULT_RUNS = 100;

/** Find more with `FC_SEED=$RANDOM npx jest --selectProjects unit`; add each finding as a case. */
fc.configureGlobal({
  seed: Number(process.env.FC_SEED ?? DEFAULT_SEED),
  numRuns: runs(DEFAULT_RUNS),
});
