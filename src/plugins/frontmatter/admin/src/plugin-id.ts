export const PLUGIN_ID = 'frontmatter';

/** The key of a translation, which no other plugin has. */
export const keyOf = (name: string): string => `${PLUGIN_ID}.${name}`;
