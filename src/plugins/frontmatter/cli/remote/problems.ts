import { escapeControls } from '../../core';
import { ServerError } from '../errors';

interface FetchFailure {
  cause?: { code?: string; message?: string };
}

/** Codes of OpenSSL and Node for problems with certificates and protocols. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_)/;

/** Returns the error for a request without an answer. */
export function unreachable(base: string, error: unknown): ServerError {
  const { code, message } = (error as FetchFailure).cause ?? {};
  const reason = code ?? message ?? (error as Error).name;
  return new ServerError(
    TLS_CODE.test(reason)
      ? `${base} cannot be trusted (${reason}): check whether it is http or https, and its certificate; NODE_EXTRA_CA_CERTS names the file of an authority of your own`
      : `${base} cannot be reached (${reason}): check the address, and that the CMS is running`
  );
}

export function brokenOff({ url }: Response, error: unknown): ServerError {
  const { code } = (error as FetchFailure).cause ?? {};
  return new ServerError(
    `The answer of ${placeOf(url)} ended early (${code ?? (error as Error).name}): check that the CMS is running, and try again`
  );
}

export function noJson({ url, headers }: Response): ServerError {
  const type = headers.get('Content-Type') ?? 'without a Content-Type';
  return new ServerError(
    `${placeOf(url)} answers ${type}, which a CMS does not: check the address`
  );
}

const TOKENS = 'in the panel of the CMS, under Settings → API Tokens';

/** Returns the error for an answer other than 2xx. */
export async function refusalOf(
  response: Response,
  { permission, hasToken }: { permission: string; hasToken: boolean }
): Promise<ServerError> {
  const { status, url, headers } = response;
  const place = placeOf(url);
  const reason = await reasonOf(response);
  if (status >= 300 && status < 400) {
    const target = headers.get('Location') ?? 'another address';
    return new ServerError(`${place} redirects to ${target}: use that address`);
  }
  switch (status) {
    case 401:
      return new ServerError(
        `The CMS does not know this token, or it has expired (401): create another one ${TOKENS}`
      );
    case 403:
      return new ServerError(forbidden({ permission, hasToken, reason }));
    case 404:
      return new ServerError(
        `There is no ${place} (404): check that this is the address of the CMS, with the path before /api if it has one, and that the plugin is of this version`
      );
    case 413:
      return new ServerError(
        `${place} rejects a request of this size (413): raise the limit of the proxy in front of the CMS to 2 MB`
      );
    default:
      return new ServerError(`${place} answers ${status}: ${reason ?? response.statusText}`);
  }
}

function forbidden({
  permission,
  hasToken,
  reason,
}: {
  permission: string;
  hasToken: boolean;
  reason: string | undefined;
}): string {
  const isExplained = reason !== undefined && reason !== 'Forbidden';
  const name = `plugin::frontmatter.${permission}`;
  const what = isExplained ? reason : `it needs the permission ${name}`;
  return hasToken
    ? `The token may not do this (403): ${what}; give it to the token ${TOKENS}`
    : `This needs a token (403): ${what}; create one with it ${TOKENS}, and pass it in FRONTMATTER_TOKEN`;
}

/** Returns Strapi's message of an error; `undefined` if something else answered. */
async function reasonOf(response: Response): Promise<string | undefined> {
  try {
    const { error } = (await response.json()) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? escapeControls(error.message) : undefined;
  } catch {
    return undefined; // the status says enough
  }
}

const placeOf = (url: string): string => url.split('?')[0] ?? url;
