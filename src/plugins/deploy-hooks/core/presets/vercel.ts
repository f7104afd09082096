import { emptyRequest, type PresetDefinition } from './preset';

/** https://vercel.com/docs/deploy-hooks: the address says what to build; a body is of no use. */
export const vercel: PresetDefinition = {
  isSigned: false,
  needsToken: false,
  apiHosts: ['api.vercel.com'],
  pageHosts: ['vercel.com', 'www.vercel.com'],
  path: /^\/v\d+\/integrations\/deploy\/[^/]+\/[^/]+\/?$/,
  example: 'https://api.vercel.com/v1/integrations/deploy/PROJECT/HOOK',
  request: emptyRequest,
};
