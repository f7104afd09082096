import { emptyRequest, type PresetDefinition } from './preset';

/**
 * https://developers.cloudflare.com/pages/configuration/deploy-hooks: the address says what to
 * build. Hooks of Workers Builds are called in the same way.
 */
export const cloudflarePages: PresetDefinition = {
  isSigned: false,
  needsToken: false,
  apiHosts: ['api.cloudflare.com'],
  pageHosts: ['dash.cloudflare.com'],
  path: /^\/client\/v4\/(.+\/)?deploy_hooks\/[^/]+\/?$/,
  example: 'https://api.cloudflare.com/client/v4/pages/webhooks/deploy_hooks/ID',
  request: emptyRequest,
};
