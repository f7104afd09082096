import type { Message } from '../message';
import { JSON_BODY, type PresetDefinition } from './preset';

/** What fits into a line of Netlify's list of deploys. */
export const MAX_TITLE_LENGTH = 100;

/** https://docs.netlify.com/configure-builds/build-hooks: a body becomes `INCOMING_HOOK_BODY`. */
export const netlify: PresetDefinition = {
  isSigned: false,
  needsToken: false,
  apiHosts: ['api.netlify.com'],
  pageHosts: ['app.netlify.com'],
  path: /^\/build_hooks\/[^/]+\/?$/,
  example: 'https://api.netlify.com/build_hooks/ID',
  request: (message) => ({
    query: { trigger_title: titleOf(message) },
    headers: { ...JSON_BODY },
    body: JSON.stringify(message),
  }),
};

/** Returns the title of a deploy, with as many slugs as fit: `3 changes: backend, frontend, go`. */
function titleOf({ type, data }: Message): string {
  if (type === 'test') return 'Test of this build hook';
  if (data.startOver) return 'Everything that is published';
  const count = Object.values(data.counts).reduce((sum, some) => sum + some, 0);
  if (count === 0) return 'Started by hand';
  const heading = count === 1 ? '1 change' : `${count} changes`;
  const slugs = (data.changes ?? []).map(({ slug }) => slug);
  const titles = slugs.map((_, index) => {
    const rest = slugs.length - index - 1;
    const named = slugs.slice(0, index + 1).join(', ');
    return `${heading}: ${named}${rest > 0 ? ` and ${rest} more` : ''}`;
  });
  return titles.findLast((title) => title.length <= MAX_TITLE_LENGTH) ?? heading;
}
