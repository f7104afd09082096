import type { WriteWarning } from '../../../../shared';

/** Whether an answer came from memory; `bypass` where nobody looked there. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';

/** What alone can change an answer: the publications of one slug, or any publication. */
export type DependsOn = { collection: string; slug: string } | 'all';

/** What travels with a request in `ctx.state`: the keys of this plugin, and those of Strapi that it reads. */
export interface RequestState {
  /** The content type of an upload, which `raw-upload` hides from `strapi::body`. */
  frontmatterUploadType?: string;
  /** Set by the answer cache for the request counter. */
  frontmatterCache?: CacheOutcome;
  /** Set by a controller whose answer may be kept. */
  frontmatterDependsOn?: DependsOn;
  /** Whether the form that the request saves was merged. */
  frontmatterFormSaved?: boolean;
  /** Gathered by a write for its answer. */
  frontmatterWarnings?: WriteWarning[];

  /** Who asks, as Strapi's authentication found out. */
  auth?: unknown;
  /** The abilities of an administrator. */
  userAbility?: unknown;
  /** The route that answers, and the permission that it takes. */
  route?: { config?: { auth?: { scope?: string[] } } };
}

/** Koa types the state of a request as `any`. */
export const stateOf = ({ state }: { state?: unknown }): RequestState => state as RequestState;

/** Whether an editor asks, in the panel. */
export function isPanel(context: { state?: unknown }): boolean {
  const { strategy } = (stateOf(context).auth ?? {}) as { strategy?: { name?: string } };
  return strategy?.name === 'admin';
}
