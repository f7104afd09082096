import { UsageError } from '../errors';

/** End of the address of the plugin's API, as in `https://cms.example.org/api/frontmatter`. */
const PLUGIN_PATH = '/frontmatter';

/**
 * Returns the address of the plugin's API, without a trailing slash.
 *
 * @param url Address of the CMS, with the path before `/api` if it has one; or of the API itself.
 */
export function baseOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol)) {
    throw new UsageError(
      `--url is '${url}', which is not an address: write one such as https://cms.example.org`
    );
  }
  const { origin, pathname, username, password, search, hash } = address;
  if (username || password || search || hash) {
    // Not shown: it may hold a password.
    throw new UsageError('--url is more than an address: leave out user, password, ? and #');
  }
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path}${path.endsWith(PLUGIN_PATH) ? '' : `/api${PLUGIN_PATH}`}`;
}

/** Returns the value of the header; ignores a line end after the token. */
export function bearerOf(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7E]+$/.test(trimmed)) return `Bearer ${trimmed}`;
  throw new UsageError('The token contains characters that no token has: copy it again');
}
