import { PLUGIN_ID } from './plugin-id';

/** One permission, in the form in which Strapi's panel asks for it. */
const permission = (uid: string) => ({ action: `plugin::${PLUGIN_ID}.${uid}`, subject: null });

export const MAY_READ_PANEL = permission('panel.read');
export const MAY_READ_HISTORY = permission('history.read');
export const MAY_RESTORE = permission('history.restore');
