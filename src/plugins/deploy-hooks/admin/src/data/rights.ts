import { useRBAC } from '@strapi/strapi/admin';
import { PLUGIN_ID } from '../plugin-id';

const to = (name: 'read' | 'update' | 'trigger') => ({
  action: `plugin::${PLUGIN_ID}.${name}`,
  subject: null,
});

export const MAY_READ = to('read');
/** Anyone who may publish documents may see which sites show them. */
export const mayPublish = (model: string) => ({
  action: 'plugin::content-manager.explorer.publish',
  subject: model,
});
export const MAY_UPDATE = to('update');
const ASKED = [MAY_UPDATE, to('trigger')];

export interface Rights {
  /** Whether to allow adding, changing and deleting sites, and rotating their secrets. */
  canUpdate: boolean;
  /** Whether to allow notifying sites, and pausing that. */
  canTrigger: boolean;
}

/** Returns what the current user may do; nothing until that is known. */
export function useRights(): Rights {
  const { allowedActions } = useRBAC(ASKED);
  return {
    canUpdate: allowedActions.canUpdate === true,
    canTrigger: allowedActions.canTrigger === true,
  };
}
