import { z } from 'zod';
import { link, moment, note } from './fields';
import type { BuildReport, ReadReport } from './report';

const deploy = z.object({
  id: z.string(),
  state: z.string(),
  context: z.string(),
  created_at: moment,
  published_at: z.string().nullish(),
  manual_deploy: z.boolean().nullish(),
  ssl_url: link,
  admin_url: link,
  error_message: note,
});

const STATES: Record<string, BuildReport['state']> = {
  new: 'building',
  enqueued: 'building',
  building: 'building',
  ready: 'live',
  error: 'failed',
};

/** https://docs.netlify.com/deploy/deploy-notifications: the deploy as in Netlify's API. */
export const readNetlify: ReadReport = ({ body }) => {
  const { data } = deploy.safeParse(body);
  const state = data && STATES[data.state];
  // A deploy that was built elsewhere may have read the content at any time.
  if (!state || data.context !== 'production' || data.manual_deploy) return undefined;
  // Somebody has stopped the publishing of deploys.
  if (state === 'live' && !data.published_at) return undefined;
  const { id, created_at: createdAt, ssl_url: url, admin_url: admin, error_message } = data;
  // Netlify has no state for canceled builds.
  const isCanceled = state === 'failed' && /^(canceled|skipped)/i.test(error_message ?? '');
  return {
    build: id,
    state: isCanceled ? 'canceled' : state,
    createdAt,
    url,
    logUrl: admin && `${admin}/deploys/${id}`,
    reason: error_message,
  };
};
