import { PLUGIN_ID } from './plugin-id';

/** Returns a permission in the form that Strapi's panel expects. */
const permission = (uid: string) => ({ action: `plugin::${PLUGIN_ID}.${uid}`, subject: null });

export const MAY_READ_PANEL = permission('panel.read');
export const MAY_READ_HISTORY = permission('history.read');
export const MAY_RESTORE = permission('history.restore');
