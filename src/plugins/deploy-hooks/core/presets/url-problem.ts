import { PRESETS, type Preset } from '../hook';
import { DEFINITIONS } from './definitions';

/** GitHub Enterprise: the API of every installation has this path; `repos/…` alone is a page. */
const ENTERPRISE_PATH = /^\/api\/v3(\/.*)$/;

/**
 * Returns why an address cannot be a hook of this preset. Accepts what it cannot judge: a host may
 * be behind a proxy, or self-hosted.
 *
 * @param url An absolute URL.
 * @returns A predicate of the URL: what is wrong, and what to enter.
 */
export function presetUrlProblem(preset: Preset, url: string): string | undefined {
  const { apiHosts, pageHosts, path, example } = DEFINITIONS[preset];
  const { hostname, pathname, protocol } = new URL(url);
  const advice = `enter one such as ${example}`;
  if (pageHosts.includes(hostname)) {
    return `is a page for people and starts no build: ${advice}`;
  }
  if (apiHosts.includes(hostname)) {
    if (protocol !== 'https:')
      return `must begin with https://: ${hostname} accepts nothing else: ${advice}`;
    return path.test(pathname) ? undefined : `is not the URL of a hook at ${hostname}: ${advice}`;
  }
  if (preset === 'generic') return undefined;
  const owner = PRESETS.find((other) => DEFINITIONS[other].apiHosts.includes(hostname));
  if (owner) return `is for the preset '${owner}': choose that, or ${advice}`;
  const enterprisePath = preset === 'github' && ENTERPRISE_PATH.exec(pathname)?.[1];
  return enterprisePath && !path.test(enterprisePath)
    ? 'is not the URL of a hook there: enter one that ends with /api/v3/repos/OWNER/REPOSITORY/dispatches'
    : undefined;
}
