import { UsageError } from '../errors';

/** Where the API of the plugin ends, as in `https://cms.example.org/api/frontmatter`. */
const PLUGIN_PATH = '/frontmatter';

/**
 * The address of the plugin's API, without a slash at the end.
 *
 * @param url Of the CMS, with the path before `/api` if it has one; or of the API itself.
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

/** The value of the header; a line end behind the token is no part of it. */
export function bearerOf(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7E]+$/.test(trimmed)) return `Bearer ${trimmed}`;
  throw new UsageError('The token holds what no token holds: copy it again');
}
