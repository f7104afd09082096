import type { Message } from '../message';

/** What is sent in addition to the headers of the hook and those of Standard Webhooks. */
export interface PresetRequest {
  /** Added to the query of the hook's URL by `withQuery`. */
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** `null` if the host accepts none. */
  body: string | null;
}

/** What is particular to a host. */
export interface PresetDefinition {
  /** Whether a receiver can check the signature of Standard Webhooks. */
  isSigned: boolean;
  needsToken: boolean;
  /** Hosts of its API, which no other preset has. */
  apiHosts: readonly string[];
  /** Hosts of web pages for people, which start no build. */
  pageHosts: readonly string[];
  /** Matches the paths of hooks on an API host. */
  path: RegExp;
  /** A correct address, to show to operators. */
  example: string;
  request(message: Message, token: string | undefined): PresetRequest;
}

export const JSON_BODY = { 'content-type': 'application/json' } as const;

/** For hosts that know what to build from the address alone. */
export const emptyRequest = (): PresetRequest => ({ query: {}, headers: {}, body: null });
