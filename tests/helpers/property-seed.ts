import fc from 'fast-check';

/** The same cases in every run, so that a run tells about the change and not about chance. */
const DEFAULT_SEED = 20_261_122;

/** Look for more with `FC_SEED=$RANDOM npx jest --selectProjects unit`; what is found becomes a case. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? DEFAULT_SEED) });
