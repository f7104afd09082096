import type { Core } from '@strapi/strapi';

/** The part of the email plugin's service that is used here. */
export interface Email {
  send(message: { to: string; subject: string; text: string }): Promise<unknown>;
}

/** The defaults of the email plugin: mail servers reject what it sends with them. */
const UNCONFIGURED = { provider: 'sendmail', sender: 'Strapi <no-reply@strapi.io>' };

/** @returns `undefined` if the plugin is off, or no provider is configured. */
export function findEmail(strapi: Core.Strapi): Email | undefined {
  const { provider, sender } = UNCONFIGURED;
  const plugin = strapi.plugin('email');
  if (!plugin) return undefined;
  const isUnconfigured =
    strapi.config.get('plugin::email.provider') === provider &&
    strapi.config.get('plugin::email.settings.defaultFrom') === sender;
  return isUnconfigured ? undefined : (plugin.service('email') as Email);
}
