import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './plugin-id';

/** What a role in the panel may be given. */
const ACTIONS = {
  read: 'Read',
  update: 'Create, edit and delete',
  trigger: 'Send and pause',
};
export type Action = keyof typeof ACTIONS;

interface ActionProvider {
  registerMany(actions: object[]): Promise<unknown>;
}

/** To be called while Strapi starts: it takes no actions later. */
export async function registerActions(strapi: Core.Strapi): Promise<void> {
  const { actionProvider } = strapi.service('admin::permission') as unknown as {
    actionProvider: ActionProvider; // has no types
  };
  await actionProvider.registerMany(
    Object.entries(ACTIONS).map(([uid, displayName]) => ({
      section: 'plugins',
      pluginName: PLUGIN_ID,
      uid,
      displayName,
    }))
  );
}
