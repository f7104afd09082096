/**
 * Words of this plugin: a *hook* is a site that is told of changes; it stands at a *cursor*, up to
 * which it was told everything. What was published after its cursor and passes its filter is
 * *pending*. One *message* tells of all that is pending; a *delivery* is the attempts to send it.
 */
export const PRESETS = ['generic', 'netlify', 'vercel', 'cloudflare-pages', 'github'] as const;
export type Preset = (typeof PRESETS)[number];

/** Which changes concern a hook: all of these must hold; an absent one holds for every change. */
export interface HookFilter {
  /** Public names of collections, such as `posts`. */
  collections?: string[] | undefined;
  /** Items of the frontmatter's `tags`: one of them before or after the change. */
  tags?: string[] | undefined;
  /** Paths of frontmatter keys, such as `seo.title`, and what is below them: one of them changed. */
  changed?: string[] | undefined;
}

/** How long changes are collected before a hook is told of them. */
export interface Timing {
  /** Nothing new for so long: it is sent. */
  quietPeriodMs: number;
  /** Since the first change that was not told yet: it is sent, even if more keeps coming. */
  maxWaitMs: number;
}

/** Why a hook is paused that an operator has paused; every other reason is a failure. */
export const PAUSED_BY_OPERATOR = 'by an operator';
