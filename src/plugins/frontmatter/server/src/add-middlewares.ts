import type { Core } from '@strapi/strapi';
import { getShapes } from './services/foundation/shapes';

type Listed = string | { name?: string };

/** Strapi's own default for an application without `config/middlewares`. */
const DEFAULT_MIDDLEWARES: Listed[] = [
  'strapi::logger',
  'strapi::errors',
  'strapi::security',
  'strapi::cors',
  'strapi::poweredBy',
  'strapi::session',
  'strapi::query',
  'strapi::body',
  'strapi::favicon',
  'strapi::public',
];

/** Positions of this plugin's middlewares. Strapi does not start without the two named here. */
const PLACES: [name: string, place: (listed: readonly string[]) => number][] = [
  // First: what it answers from memory does not need the others.
  ['plugin::frontmatter.answer-cache', () => 0],
  ['plugin::frontmatter.database-errors', (listed) => listed.indexOf('strapi::errors') + 1],
  ['plugin::frontmatter.raw-upload', (listed) => listed.indexOf('strapi::body')],
];

/** Adds this plugin's middlewares to those of the application, unless it lists them itself. */
export function addMiddlewares(strapi: Core.Strapi): void {
  const middlewares = [...strapi.config.get<Listed[]>('middlewares', DEFAULT_MIDDLEWARES)];
  for (const [name, place] of PLACES) {
    const listed = middlewares.map((each) => (typeof each === 'string' ? each : (each.name ?? '')));
    if (!listed.includes(name)) middlewares.splice(place(listed), 0, name);
  }
  strapi.config.set('middlewares', middlewares);
}

interface Route {
  method: string;
  config?: { middlewares?: unknown[] };
}
interface Router {
  routes?: Route[];
}

const DRAFT_GUARD = 'plugin::frontmatter.draft-guard';

/**
 * Makes plain REST hide the drafts of shaped types from readers without the draft permission, even
 * if another type leads to them: Strapi itself lets anyone who may read request `status=draft`, and
 * applies it to what `populate` names.
 */
export function guardDrafts(strapi: Core.Strapi): void {
  const guarded = typesLeadingTo(
    strapi,
    getShapes(strapi)
      .all()
      .map(({ contentType }) => contentType)
  );
  const names = new Set(guarded.flatMap((uid) => /^api::([^.]+)/.exec(uid)?.[1] ?? []));
  for (const name of names) {
    const routers = strapi.apis[name]?.routes as Record<string, unknown> | undefined;
    for (const [key, router] of Object.entries(routers ?? {})) {
      if (typeof router !== 'function') guardRouter(router as Router);
      else if (routers) routers[key] = (...args: unknown[]) => guardRouter(router(...args));
    }
  }
}

/** Returns these types, and all types from which relations and components lead to them. */
function typesLeadingTo(strapi: Core.Strapi, uids: readonly string[]): string[] {
  const types = { ...strapi.contentTypes, ...strapi.components } as Record<string, Linking>;
  const found = new Set(uids);
  let size = 0;
  while (found.size > size) {
    size = found.size;
    for (const [uid, { attributes }] of Object.entries(types)) {
      const leads = Object.values(attributes).flatMap(({ target, component, components = [] }) =>
        [target, component, ...components].filter((each) => each !== undefined)
      );
      if (leads.some((each) => found.has(each))) found.add(uid);
    }
  }
  return [...found];
}

interface Linking {
  attributes: Record<string, { target?: string; component?: string; components?: string[] }>;
}

function guardRouter(router: Router): Router {
  for (const route of router.routes ?? []) {
    const { middlewares = [] } = route.config ?? {};
    if (route.method.toUpperCase() !== 'GET' || middlewares.includes(DRAFT_GUARD)) continue;
    route.config = { ...route.config, middlewares: [DRAFT_GUARD, ...middlewares] };
  }
  return router;
}
