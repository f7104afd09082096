import fc from 'fast-check';
import { STATEMENTS, type KillPoint } from './kill-points';

/** The same moments in every run; `FC_SEED=$RANDOM` tries others. */
export const SEED = Number(process.env.FC_SEED ?? 20_261_122);

/** When to kill a server that publishes and notifies sites. */
export type KillMoment =
  /** As soon as the sites have received that many requests; the last one is not answered. */
  | { kind: 'request'; count: number }
  /** As soon as the sites have accepted that many messages. */
  | { kind: 'answer'; count: number }
  /** At a commit, where the process kills itself. */
  | { kind: 'commit'; point: KillPoint };

/** Statements that identify the transactions at whose commit a server is killed. */
const COMMITTED = {
  publication: STATEMENTS.publication,
  message: '^sql insert into deploy_hook_deliveries ',
  attempt: '^sql update deploy_hook_deliveries set .*\\battempts\\b',
} as const;

const KINDS = ['answer', 'publication', 'request', 'attempt', 'message'] as const;

/** Draws moments of each kind in turn. */
export function drawMoments(count: number): KillMoment[] {
  const draw = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    when: fc.constantFrom('before', 'after'),
  });
  return fc.sample(draw, { seed: SEED, numRuns: count }).map((drawn, index) => {
    const kind = KINDS[index % KINDS.length] ?? 'answer';
    if (kind === 'answer' || kind === 'request') return { kind, count: drawn.count };
    // A server publishes far more often than it sends.
    const times = kind === 'publication' ? 5 + 3 * drawn.count : drawn.count;
    const after = [{ step: COMMITTED[kind], count: times }, { step: STATEMENTS.commit }];
    return { kind: 'commit', point: { after, when: drawn.when } };
  });
}

type FlakyAnswer = 204 | 503 | 'reset' | 'silence';

/** Draws answers: three of ten fail, by a status, a reset or silence, and never three in a row. */
export function drawAnswers(site: number): () => FlakyAnswer {
  const kinds = fc.constantFrom<FlakyAnswer[]>(...Array<204>(7).fill(204), 503, 'reset', 'silence');
  const answers = fc.sample(kinds, { seed: SEED + site, numRuns: 1_000 });
  let [index, failures] = [0, 0];
  return () => {
    const answer = failures < 2 ? (answers[index % answers.length] ?? 204) : 204;
    index += 1;
    failures = answer === 204 ? 0 : failures + 1;
    return answer;
  };
}
