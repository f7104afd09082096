import type { Core, UID } from '@strapi/strapi';
import type { Shape } from '../../../../core';
import { getShapes } from '../foundation/shapes';
import { getLowLevelWrites } from './low-level-writes';

/** What Strapi passes to hooks of a write. Only a before hook and its after hook share `state`. */
interface RowEvent {
  params: { where?: object; data?: object | object[] };
  result?: unknown;
  state: Record<string, unknown>;
}

type RowHook = (event: RowEvent) => void | Promise<void>;

const TOUCHED = 'touched';

/** Pairs hooks before and after a change: a condition may match other rows after it, or none. */
const aroundChanges = (before: RowHook, after: RowHook) => ({
  beforeUpdate: before,
  afterUpdate: after,
  beforeUpdateMany: before,
  afterUpdateMany: after,
  beforeDelete: before,
  afterDelete: after,
  beforeDeleteMany: before,
  afterDeleteMany: after,
});

function shapedHooks(shape: Shape, getStrapi: () => Core.Strapi) {
  const writes = () => getLowLevelWrites(getStrapi());
  const creating: RowHook = ({ params }) => writes().assertSlugs(shape, params.data);
  const created: RowHook = async ({ result }) => {
    const { id, ids = [id] } = result as { id?: number; ids?: number[] };
    const touched = await writes().findTouched(shape, { id: { $in: ids } });
    await writes().followWrite(shape, touched);
  };
  return {
    beforeCreate: creating,
    beforeCreateMany: creating,
    afterCreate: created,
    afterCreateMany: created,
    ...aroundChanges(
      async ({ params, state }) => {
        writes().assertSlugs(shape, params.data);
        state[TOUCHED] = await writes().findTouched(shape, params.where);
      },
      ({ state }) => writes().followWrite(shape, (state[TOUCHED] ?? []) as string[])
    ),
  };
}

/** `afterUpdate` hooks that content types declare themselves. Strapi keeps them as they are. */
const declared = new WeakSet<RowHook>();

/**
 * Returns hooks for the `lifecycles.ts` of a shaped content type: they date and publish what is
 * written to published rows below the Document Service, by `strapi.db.query()`. The plugin follows
 * types without that file automatically.
 */
export function lifecyclesOf(shape: Shape): ReturnType<typeof shapedHooks> {
  // Strapi loads such a file without passing the instance, so only the global gives access to it.
  const hooks = shapedHooks(shape, () => strapi);
  declared.add(hooks.afterUpdate);
  return hooks;
}

/** Follows writes to the rows of shaped types, and of everything that their documents contain. */
export function followRows(strapi: Core.Strapi): void {
  const shapes = getShapes(strapi);
  for (const shape of shapes.all()) {
    const { lifecycles } = strapi.db.metadata.get(shape.contentType);
    if (declared.has(lifecycles.afterUpdate as RowHook)) continue;
    const hooks = shapedHooks(shape, () => strapi);
    strapi.db.lifecycles.subscribe({ models: [shape.contentType], ...hooks });
  }
  for (const holder of shapes.shownTypes()) {
    if (!shapes.findByContentType(holder)) followPart(strapi, holder, holder, (where) => where);
    const { attributes } = strapi.getModel(holder as UID.ContentType);
    for (const [name, attribute] of Object.entries(attributes)) {
      if (attribute.type !== 'component') continue;
      followPart(strapi, attribute.component, holder, (where) => ({
        [name]: { $and: [where, { id: { $notNull: true } }] },
      }));
    }
  }
}

/**
 * Follows writes to rows of one model: `holder` itself, or a component that it has. Ignores created
 * rows, because nothing shows them yet.
 *
 * @param within Turns a condition on such rows into one on the rows of `holder` that have them.
 */
function followPart(
  strapi: Core.Strapi,
  model: string,
  holder: string,
  within: (where: object) => object
): void {
  const writes = getLowLevelWrites(strapi);
  const shape = getShapes(strapi).findByContentType(holder);
  const hooks = aroundChanges(
    async ({ params, state }) => {
      const where = within(params.where ?? {});
      state[TOUCHED] = shape
        ? await writes.findTouched(shape, where)
        : await writes.findIds(holder, where);
    },
    ({ state }) => {
      const ids = state[TOUCHED] as string[];
      return shape ? writes.followWrite(shape, ids) : writes.followShown(holder, ids);
    }
  );
  strapi.db.lifecycles.subscribe({ models: [model], ...hooks });
}
