import { PRESETS, type Preset } from '../hook';
import { DEFINITIONS } from './definitions';

/** GitHub Enterprise: the API of every installation has this path, `repos/…` without it is a page. */
const ENTERPRISE_PATH = /^\/api\/v3(\/.*)$/;

/**
 * Why an address can be none of a preset's hooks. What is not known for sure is let through: a
 * host may stand behind a proxy, or be one's own.
 *
 * @param url An absolute one.
 * @returns A predicate of the URL: what is wrong, and what to enter.
 */
export function presetUrlProblem(preset: Preset, url: string): string | undefined {
  const { apiHosts, pageHosts, path, example } = DEFINITIONS[preset];
  const { hostname, pathname, protocol } = new URL(url);
  const advice = `enter one such as ${example}`;
  if (pageHosts.includes(hostname)) {
    return `leads to a page for people, which starts no build: ${advice}`;
  }
  if (apiHosts.includes(hostname)) {
    if (protocol !== 'https:')
      return `must begin with https://, since ${hostname} takes nothing else: ${advice}`;
    return path.test(pathname) ? undefined : `is none of a hook at ${hostname}: ${advice}`;
  }
  if (preset === 'generic') return undefined;
  const owner = PRESETS.find((other) => DEFINITIONS[other].apiHosts.includes(hostname));
  if (owner) return `is for the preset '${owner}': choose that, or ${advice}`;
  const enterprisePath = preset === 'github' && ENTERPRISE_PATH.exec(pathname)?.[1];
  return enterprisePath && !path.test(enterprisePath)
    ? 'is none of a hook there: enter one that ends with /api/v3/repos/OWNER/REPOSITORY/dispatches'
    : undefined;
}
