import type { Core } from '@strapi/strapi';
import type { PluginConfig } from '../../../config';
import type { ResolveName } from '../guarded-agent';
import { createSender, type SendInput } from '../sender';

export type Sender = ReturnType<typeof createSender>;

/** Starts a sender without a CMS: it needs only its settings. */
export function startSender(
  settings: Partial<PluginConfig> = {},
  resolveName?: ResolveName
): Sender {
  const config = { allowedHosts: ['127.0.0.1'], requestTimeoutMs: 10_000, ...settings };
  const strapi = { config: { get: () => config } } as unknown as Core.Strapi;
  return createSender({ strapi, ...(resolveName && { resolveName }) });
}

export const buildSend = (send: Pick<SendInput, 'url'> & Partial<SendInput>): SendInput => ({
  headers: {},
  body: '{}',
  secrets: [],
  messageId: 'msg_1',
  at: new Date(),
  signal: new AbortController().signal,
  ...send,
});
