import { escapeControls } from '../../core';
import { ServerError } from '../errors';

interface FetchFailure {
  cause?: { code?: string; message?: string };
}

/** Codes of OpenSSL and Node that tell of certificates and protocols. */
const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_)/;

/** No answer came. */
export function unreachable(base: string, error: unknown): ServerError {
  const { code, message } = (error as FetchFailure).cause ?? {};
  const reason = code ?? message ?? (error as Error).name;
  return new ServerError(
    TLS_CODE.test(reason)
      ? `${base} cannot be trusted (${reason}): check whether it is http or https, and its certificate; NODE_EXTRA_CA_CERTS names the file of an authority of your own`
      : `${base} cannot be reached (${reason}): check the address, and that the CMS runs`
  );
}

export function brokenOff({ url }: Response, error: unknown): ServerError {
  const { code } = (error as FetchFailure).cause ?? {};
  return new ServerError(
    `The answer of ${placeOf(url)} broke off (${code ?? (error as Error).name}): check that the CMS runs, and try again`
  );
}

export function noJson({ url, headers }: Response): ServerError {
  const type = headers.get('Content-Type') ?? 'nothing that says what it is';
  return new ServerError(`${placeOf(url)} answers ${type}, not what a CMS does: check the address`);
}

const TOKENS = 'in the panel of the CMS, under Settings → API Tokens';

/** The answer is an error. */
export async function refusalOf(
  response: Response,
  { permission, hasToken }: { permission: string; hasToken: boolean }
): Promise<ServerError> {
  const { status, url, headers } = response;
  const place = placeOf(url);
  const reason = await reasonOf(response);
  if (status >= 300 && status < 400) {
    const target = headers.get('Location') ?? 'another address';
    return new ServerError(`${place} leads to ${target}: use the address that it leads to`);
  }
  switch (status) {
    case 401:
      return new ServerError(
        `The CMS does not know this token, or it has expired (401): make another one ${TOKENS}`
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
  const isTold = reason !== undefined && reason !== 'Forbidden';
  const name = `plugin::frontmatter.${permission}`;
  const what = isTold ? reason : `it takes the permission ${name}`;
  return hasToken
    ? `The token may not do this (403): ${what}; give it to the token ${TOKENS}`
    : `This takes a token (403): ${what}; make one with it ${TOKENS}, and hand it over in FRONTMATTER_TOKEN`;
}

/** What Strapi says of an error; absent if it is not Strapi that answers. */
async function reasonOf(response: Response): Promise<string | undefined> {
  try {
    const { error } = (await response.json()) as { error?: { message?: unknown } };
    return typeof error?.message === 'string' ? escapeControls(error.message) : undefined;
  } catch {
    return undefined; // the status says enough
  }
}

const placeOf = (url: string): string => url.split('?')[0] ?? url;
