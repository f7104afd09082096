import type { Message } from '../message';

/** What is sent besides the headers that a hook adds and those of Standard Webhooks. */
export interface PresetRequest {
  /** Added to those of the hook's URL by `withQuery`. */
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Nothing where the host takes none. */
  body: string | null;
}

/** What is particular to a host. */
export interface PresetDefinition {
  /** Whether a receiver can check the signature of Standard Webhooks. */
  isSigned: boolean;
  needsToken: boolean;
  /** Where the API of the host listens, which is no other preset's. */
  apiHosts: readonly string[];
  /** Hosts of pages for people, which start no build. */
  pageHosts: readonly string[];
  /** How paths of hooks begin, or look, on an API host. */
  path: RegExp;
  /** An address as it should be, to be shown. */
  example: string;
  request(message: Message, token: string | undefined): PresetRequest;
}

export const JSON_BODY = { 'content-type': 'application/json' } as const;

/** For hosts that know what to build by the address alone. */
export const emptyRequest = (): PresetRequest => ({ query: {}, headers: {}, body: null });
