import { JSON_BODY, type PresetDefinition } from './preset';

/** What a workflow names under `on: repository_dispatch: types:`; GitHub accepts 100 characters. */
const GITHUB_EVENT_TYPE = 'content_changed';

/**
 * https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event
 *
 * The payload is the message as it is: three of the ten keys that GitHub accepts, and less than a
 * third of its 65,535 characters.
 */
export const github: PresetDefinition = {
  isSigned: false,
  needsToken: true,
  apiHosts: ['api.github.com'],
  pageHosts: ['github.com', 'www.github.com'],
  path: /^\/repos\/[^/]+\/[^/]+\/dispatches$/,
  example: 'https://api.github.com/repos/OWNER/REPOSITORY/dispatches',
  request: (message, token) => ({
    query: {},
    headers: {
      ...JSON_BODY,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ event_type: GITHUB_EVENT_TYPE, client_payload: message }),
  }),
};
