import type { WriteWarning } from '../../../../shared';

/** Whether an answer came from memory; `bypass` if the cache was not consulted. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';

/** The only publications that can change an answer: those of one slug, or all. */
export type DependsOn = { collection: string; slug: string } | 'all';

/** What a request has in `ctx.state`: keys of this plugin, and those of Strapi that it reads. */
export interface RequestState {
  /** The content type of an upload, which `raw-upload` hides from `strapi::body`. */
  frontmatterUploadType?: string;
  /** Set by the answer cache for the request counter. */
  frontmatterCache?: CacheOutcome;
  /** Set by a controller whose answer may be kept. */
  frontmatterDependsOn?: DependsOn;
  /** Whether the form that the request saves was merged. */
  frontmatterFormSaved?: boolean;
  /** Collected by a write for its answer. */
  frontmatterWarnings?: WriteWarning[];

  /** The caller, as determined by Strapi's authentication. */
  auth?: unknown;
  /** The abilities of an administrator. */
  userAbility?: unknown;
  /** The route that handles the request, and the permission that it requires. */
  route?: { config?: { auth?: { scope?: string[] } } };
}

/** Koa types the state of a request as `any`. */
export const stateOf = ({ state }: { state?: unknown }): RequestState => state as RequestState;

/** Whether the request comes from an editor in the panel. */
export function isPanel(context: { state?: unknown }): boolean {
  const { strategy } = (stateOf(context).auth ?? {}) as { strategy?: { name?: string } };
  return strategy?.name === 'admin';
}
