/** Why no answer arrived. */
export type Failure =
  /** The headers of the answer did not arrive in time. */
  | { kind: 'timeout'; afterMs: number }
  /** Nothing was sent: `problem` is a predicate of the URL. */
  | { kind: 'refused'; problem: string }
  /** `code` as Node.js, OpenSSL or undici name it. */
  | { kind: 'error'; code: string };

/** Error codes by cause; the first pattern that matches applies. */
const CAUSES: readonly [RegExp, string][] = [
  [/^(ENOTFOUND|ENODATA|EAI_)/, 'its name cannot be resolved; check the URL and the DNS'],
  [
    /^ECONNREFUSED$/,
    'nothing accepts connections there; check the URL, and whether the receiver is running',
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/,
    'the connection was closed before an answer arrived',
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL)$/,
    'it cannot be reached; check the network',
  ],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'no connection could be made in time'],
  [/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'its certificate is for another name'],
  [
    /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|CRL_|INVALID_|ERROR_IN_C|HOSTNAME_MISMATCH)/,
    'its certificate cannot be trusted',
  ],
  [
    /^(ERR_TLS_|ERR_SSL_|EPROTO$)/,
    'no encrypted connection could be made; check whether it supports https',
  ],
  [/^(HPE_|HTTPParserError$|UND_ERR_RES_)/, 'its answer is not HTTP'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'the headers of its answer are too long'],
  [/^UND_ERR_INVALID_ARG$/, 'the request cannot be made; check the headers of the hook'],
];

/** Returns the reason in plain words, which contain nothing of the URL except its host. */
export function failureReason(failure: Failure): string {
  if (failure.kind === 'timeout') return `no answer within ${failure.afterMs / 1_000} s`;
  if (failure.kind === 'refused') return `nothing was sent: the URL ${failure.problem}`;
  const { code } = failure;
  const cause = CAUSES.find(([codes]) => codes.test(code))?.[1] ?? 'the request failed';
  return `${cause} (${code})`;
}
