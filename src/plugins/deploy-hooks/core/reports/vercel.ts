import { z } from 'zod';
import { link, moment } from './fields';
import type { BuildReport, ReadReport } from './report';

const event = z.object({
  type: z.string(),
  createdAt: moment,
  payload: z.object({
    target: z.string().nullish(),
    deployment: z.object({ id: z.string(), url: z.string().nullish() }),
    links: z.object({ deployment: link }).optional(),
  }),
});

const CREATED = 'deployment.created';
const STATES: Record<string, BuildReport['state']> = {
  [CREATED]: 'building',
  'deployment.succeeded': 'live',
  'deployment.error': 'failed',
  'deployment.canceled': 'canceled',
};

/** https://vercel.com/docs/webhooks/webhooks-api: events of deployments. */
export const readVercel: ReadReport = ({ body }) => {
  const { data } = event.safeParse(body);
  const state = data && STATES[data.type];
  if (!state || data.payload.target !== 'production') return undefined;
  const { deployment, links } = data.payload;
  return {
    build: deployment.id,
    state,
    // Later events say when they happened, not when the deployment began.
    createdAt: data.type === CREATED ? data.createdAt : undefined,
    url: deployment.url ? `https://${deployment.url}` : undefined,
    logUrl: links?.deployment,
  };
};
