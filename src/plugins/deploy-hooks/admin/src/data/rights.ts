import { useRBAC } from '@strapi/strapi/admin';
import { PLUGIN_ID } from '../plugin-id';

const to = (name: 'read' | 'update' | 'trigger') => ({
  action: `plugin::${PLUGIN_ID}.${name}`,
  subject: null,
});

export const MAY_READ = to('read');
/** Whoever publishes documents sees where they are. */
export const mayPublish = (model: string) => ({
  action: 'plugin::content-manager.explorer.publish',
  subject: model,
});
export const MAY_UPDATE = to('update');
const ASKED = [MAY_UPDATE, to('trigger')];

export interface Rights {
  /** Adding, changing and deleting sites, and giving them new secrets. */
  canUpdate: boolean;
  /** Telling sites, and pausing that. */
  canTrigger: boolean;
}

/** What whoever is signed in may do; nothing until that is known. */
export function useRights(): Rights {
  const { allowedActions } = useRBAC(ASKED);
  return {
    canUpdate: allowedActions.canUpdate === true,
    canTrigger: allowedActions.canTrigger === true,
  };
}
