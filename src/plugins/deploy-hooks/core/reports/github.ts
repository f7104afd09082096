import { z } from 'zod';
import { link, moment, note } from './fields';
import type { BuildReport, ReadReport } from './report';

const run = z.object({
  id: z.number(),
  run_attempt: z.number().default(1),
  event: z.string(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  created_at: moment,
  html_url: link,
});

const runEvent = z.object({ workflow_run: run });

const deploymentEvent = z.object({
  deployment: z.object({
    production_environment: z.boolean().default(false),
    environment: z.string(),
  }),
  deployment_status: z.object({
    state: z.string(),
    environment_url: link,
    description: note,
  }),
  workflow_run: run,
});

/** The event that a `github` hook starts; other runs may have read the content at any time. */
const STARTED_BY_HOOK = 'repository_dispatch';
const PRODUCTION = ['production', 'github-pages'];

const DEPLOYMENT_STATES: Record<string, BuildReport['state']> = {
  queued: 'building',
  pending: 'building',
  in_progress: 'building',
  success: 'live',
  failure: 'failed',
  error: 'failed',
};

/**
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads: `workflow_run` and
 * `deployment_status`.
 */
export const readGithub: ReadReport = ({ headers, body }) => {
  switch (headers['x-github-event']) {
    case 'workflow_run':
      return readRun(body);
    case 'deployment_status':
      return readDeployment(body);
    default:
      return undefined;
  }
};

function readRun(body: unknown): BuildReport | undefined {
  const { data } = runEvent.safeParse(body);
  if (data?.workflow_run.event !== STARTED_BY_HOOK) return undefined;
  const { conclusion, created_at: createdAt, html_url: logUrl, status } = data.workflow_run;
  const state = status === 'completed' ? stateOf(conclusion) : 'building';
  const reason = state === 'failed' ? `the workflow ended as ${conclusion}` : undefined;
  return { build: idOf(data.workflow_run), state, createdAt, logUrl, reason };
}

function stateOf(conclusion: string | null | undefined): BuildReport['state'] {
  if (conclusion === 'success') return 'live';
  return conclusion === 'cancelled' || conclusion === 'skipped' ? 'canceled' : 'failed';
}

/**
 * Reads a deployment. It is created after the content was read, so it counts from the start of its
 * run. Without a run, that time is unknown.
 */
function readDeployment(body: unknown): BuildReport | undefined {
  const { data } = deploymentEvent.safeParse(body);
  const state = data && DEPLOYMENT_STATES[data.deployment_status.state];
  if (!state) return undefined;
  const { deployment, deployment_status: status, workflow_run: by } = data;
  const isProduction =
    deployment.production_environment || PRODUCTION.includes(deployment.environment.toLowerCase());
  if (!isProduction || by.event !== STARTED_BY_HOOK) return undefined;
  return {
    build: idOf(by),
    state,
    createdAt: by.created_at,
    url: status.environment_url,
    logUrl: by.html_url,
    reason: state === 'failed' ? status.description : undefined,
  };
}

/** A run that is started again is another build. */
const idOf = ({ id, run_attempt }: z.infer<typeof run>): string => `run-${id}.${run_attempt}`;
