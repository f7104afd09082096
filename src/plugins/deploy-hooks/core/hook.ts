/**
 * Terms of this plugin: a *hook* is a site that is notified of changes. Its *cursor* is the
 * position up to which it was notified. Whatever was published after the cursor and passes the
 * filter of the hook is *pending*. One *message* covers all that is pending; a *delivery* is the
 * attempts to send it.
 */
export const PRESETS = ['generic', 'netlify', 'vercel', 'cloudflare-pages', 'github'] as const;
export type Preset = (typeof PRESETS)[number];

/** Which changes concern a hook. All conditions must hold; an absent one always holds. */
export interface HookFilter {
  /** Public names of collections, such as `posts`. */
  collections?: string[] | undefined;
  /** Items of `tags` in the frontmatter: the document has one before or after the change. */
  tags?: string[] | undefined;
  /** Paths of frontmatter keys, such as `seo.title`: one of them, or a key below it, changed. */
  changed?: string[] | undefined;
}

/** How long changes are collected before a hook is notified of them. */
export interface Timing {
  /** Changes are sent when nothing new has been published for this long. */
  quietPeriodMs: number;
  /** Changes are sent this long after the first of them, even if more keep coming. */
  maxWaitMs: number;
}

/** The pause reason if an operator paused the hook; every other reason is a failure. */
export const PAUSED_BY_OPERATOR = 'by an operator';
