import type { Core } from '@strapi/strapi';

/** What of the service of the email plugin is used here. */
export interface Email {
  send(message: { to: string; subject: string; text: string }): Promise<unknown>;
}

/** What the email plugin does if nobody configures it: mail servers refuse what it sends. */
const UNCONFIGURED = { provider: 'sendmail', sender: 'Strapi <no-reply@strapi.io>' };

/** @returns Nothing if the plugin is off, or has no provider that somebody configured. */
export function findEmail(strapi: Core.Strapi): Email | undefined {
  const { provider, sender } = UNCONFIGURED;
  const plugin = strapi.plugin('email');
  if (!plugin) return undefined;
  const isUnconfigured =
    strapi.config.get('plugin::email.provider') === provider &&
    strapi.config.get('plugin::email.settings.defaultFrom') === sender;
  return isUnconfigured ? undefined : (plugin.service('email') as Email);
}
