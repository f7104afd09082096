import { lookup } from 'node:dns/promises';
import type { Core } from '@strapi/strapi';
import {
  maskSecrets,
  outcomeOf,
  signatureHeaders,
  urlProblem,
  type Answer,
  type Outcome,
  type Signed,
} from '../../../../core';
import type { Attempt } from '../../../../shared';
import { getConfig } from '../../config';
import { exchange, type Exchanged } from './exchange';
import { createGuardedAgent, type ResolveName } from './guarded-agent';
import { serviceOf } from '../foundation/service-of';

const USER_AGENT = 'strapi-plugin-deploy-hooks';

export interface SendInput extends Signed {
  url: string;
  /** Those of the preset and of the hook. */
  headers: Record<string, string>;
  /** Aborts the request; its result is then unknown. */
  signal: AbortSignal;
}

export interface Sent {
  attempt: Attempt;
  outcome: Outcome;
}

/** Sends requests to sites: only to public addresses and allowed hosts. Follows no redirects. */
export function createSender({
  strapi,
  resolveName = lookup,
}: {
  strapi: Core.Strapi;
  resolveName?: ResolveName;
}) {
  const agent = createGuardedAgent({
    allowedHosts: () => getConfig(strapi).allowedHosts,
    connectTimeoutMs: () => getConfig(strapi).requestTimeoutMs,
    resolveName,
  });

  let closing: Promise<void> | undefined;

  async function exchangeWith(
    input: Pick<SendInput, 'url' | 'headers' | 'body' | 'signal'> & { method: 'GET' | 'POST' }
  ): Promise<Exchanged> {
    const { requestTimeoutMs: timeoutMs, allowedHosts } = getConfig(strapi);
    const problem = urlProblem(input.url, allowedHosts);
    return problem === undefined
      ? exchange({ ...input, dispatcher: agent, timeoutMs })
      : { answer: { kind: 'unanswered', failure: { kind: 'refused', problem } }, response: null };
  }

  return {
    /**
     * Sends a message once. The outcome covers all that a site or a network can do. Neither the
     * outcome nor the attempt contains anything of the URL, the headers and the secrets.
     *
     * @throws The reason of the signal, if it is aborted before an answer arrived.
     */
    async send(input: SendInput): Promise<Sent> {
      const { url, body, at, signal } = input;
      const headers = {
        ...commonHeaders(body),
        ...lowerCased(input.headers),
        ...signatureHeaders(input),
      };
      const startedAt = performance.now();
      const request = { method: 'POST', url, headers, body, signal } as const;
      const { answer, response } = await exchangeWith(request);
      const durationMs = Math.round(performance.now() - startedAt);
      const outcome = outcomeOf(maskLocation(answer, input), new Date(at.getTime() + durationMs));
      const attempt: Attempt = {
        at: at.toISOString(),
        status: answer.kind === 'answered' ? answer.status : null,
        durationMs,
        error: outcome.kind === 'delivered' ? null : outcome.reason,
        response: response && maskSecrets(response, input),
      };
      return { attempt, outcome };
    },

    /**
     * Reads the beginning (4 KB) of what is at a URL.
     *
     * @throws As `send`.
     */
    read: ({ url, signal }: Pick<SendInput, 'url' | 'signal'>): Promise<Exchanged> =>
      exchangeWith({ method: 'GET', url, headers: commonHeaders(null), body: null, signal }),

    /** Waits for requests in progress, and closes the connections. */
    close: (): Promise<void> => (closing ??= agent.close()),
  };
}

/** Masks the location, the only words of the site that are part of an outcome. */
const maskLocation = (answer: Answer, input: SendInput): Answer =>
  answer.kind === 'answered' && answer.location !== undefined
    ? { ...answer, location: maskSecrets(answer.location, input) }
    : answer;

/** Answers are kept as text: a compressed one could not be read. */
const commonHeaders = (body: string | null): Record<string, string> => ({
  'user-agent': USER_AGENT,
  'accept-encoding': 'identity',
  ...(body !== null && { 'content-type': 'application/json' }),
});

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export const getSender = serviceOf('sender', createSender);
