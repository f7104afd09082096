import fc from 'fast-check';
import { runs } from './property-runs';

/** The same cases in every run, so that a run tells about the change and not about chance. */
const DEFAULT_SEED = 20_261_122;

/** The number of cases that fast-check tries where a test names none. */
const DEFAULT_RUNS = 100;

/** Look for more with `FC_SEED=$RANDOM npx jest --selectProjects unit`; what is found becomes a case. */
fc.configureGlobal({
  seed: Number(process.env.FC_SEED ?? DEFAULT_SEED),
  numRuns: runs(DEFAULT_RUNS),
});
