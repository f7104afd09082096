export const PLUGIN_ID = 'deploy-hooks';

/** Returns the key of a translation, unique among all plugins. */
export const keyOf = (name: string): string => `${PLUGIN_ID}.${name}`;
