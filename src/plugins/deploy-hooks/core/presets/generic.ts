import { JSON_BODY, type PresetDefinition } from './preset';

/** Any receiver: the message as it is, signed. */
export const generic: PresetDefinition = {
  isSigned: true,
  needsToken: false,
  apiHosts: [],
  pageHosts: [],
  path: /^/,
  example: 'https://www.example.org/rebuild',
  request: (message) => ({ query: {}, headers: { ...JSON_BODY }, body: JSON.stringify(message) }),
};
