export const PLUGIN_ID = 'deploy-hooks';

/** Where a text of ours stands among those of all plugins. */
export const keyOf = (name: string): string => `${PLUGIN_ID}.${name}`;
