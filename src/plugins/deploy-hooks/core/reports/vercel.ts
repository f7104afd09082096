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
/** The event of a deployment that got the production domains, automatically or by hand. */
const PROMOTED = 'deployment.promoted';
const STATES: Record<string, BuildReport['state']> = {
  [CREATED]: 'building',
  [PROMOTED]: 'live',
  'deployment.error': 'failed',
  'deployment.canceled': 'canceled',
};

/** https://vercel.com/docs/webhooks/webhooks-api: events of deployments. */
export const readVercel: ReadReport = ({ body }) => {
  const { data } = event.safeParse(body);
  const state = data && STATES[data.type];
  if (!state) return undefined;
  const { deployment, links, target } = data.payload;
  if (data.type !== PROMOTED && target !== 'production') return undefined;
  return {
    build: deployment.id,
    state,
    // Later events say when they happened, not when the deployment began.
    createdAt: data.type === CREATED ? data.createdAt : undefined,
    url: deployment.url ? `https://${deployment.url}` : undefined,
    logUrl: links?.deployment,
  };
};
