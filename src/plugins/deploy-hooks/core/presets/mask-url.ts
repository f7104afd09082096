const MASK = '…';

/** Parts of paths that all hooks of a host have in common; everything else may be a secret. */
const COMMON = new Set([
  'api',
  'build_hooks',
  'builds',
  'client',
  'deploy',
  'deploy_hooks',
  'integrations',
  'pages',
  'v1',
  'v3',
  'v4',
  'webhooks',
  'workers',
]);

/** The repository of a hook, which is not secret: the secret is the token. */
const REPOSITORY = /^((?:\/api\/v3)?\/repos\/[^/]+\/[^/]+)\/dispatches$/;

/** How much of a possible secret is shown: at most a quarter, and at most this many characters. */
const SHOWN = { share: 1 / 4, most: 4 };

/**
 * Returns an address that operators recognize and nobody can use:
 * `https://api.netlify.com/build_hooks/…3f2a`. Keeps the host, the last characters of the path, and
 * what all hooks of that host have in common; keeps nothing of the query.
 */
export function maskUrl(url: string): string {
  if (!URL.canParse(url)) return MASK;
  const { protocol, host, pathname, search } = new URL(url);
  return `${protocol}//${host}${maskPath(pathname)}${search && `?${MASK}`}`;
}

function maskPath(path: string): string {
  const repository = REPOSITORY.exec(path)?.[1];
  if (repository) return `${repository}/${MASK}`;
  const parts = path.split('/');
  const begin = parts.findIndex((part) => part !== '' && !COMMON.has(part));
  if (begin < 0) return path;
  const last = parts.at(-1) ?? '';
  const shown = Math.min(SHOWN.most, Math.floor(last.length * SHOWN.share));
  return [...parts.slice(0, begin), MASK + last.slice(last.length - shown)].join('/');
}
