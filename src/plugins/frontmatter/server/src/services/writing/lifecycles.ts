import type { Core, UID } from '@strapi/strapi';
import type { Shape } from '../../../../core';
import { getShapes } from '../foundation/shapes';
import { getLowLevelWrites } from './low-level-writes';

/** What Strapi hands to the hooks of a write. What one keeps in `state`, only itself and its partner find there. */
interface RowEvent {
  params: { where?: object; data?: object | object[] };
  result?: unknown;
  state: Record<string, unknown>;
}

type RowHook = (event: RowEvent) => void | Promise<void>;

const TOUCHED = 'touched';

/** A condition may fit other rows after the write, or none. */
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

/** Of the hooks that a content type declares by itself, which Strapi keeps as they are. */
const declared = new WeakSet<RowHook>();

/**
 * Hooks for the `lifecycles.ts` of a shaped content type: they date and publish what is written to
 * published rows below the Document Service, by `strapi.db.query()`. The plugin follows types
 * without that file by itself.
 */
export function lifecyclesOf(shape: Shape): ReturnType<typeof shapedHooks> {
  // Strapi loads such a file without handing it the instance, so the global is the only way to it.
  const hooks = shapedHooks(shape, () => strapi);
  declared.add(hooks.afterUpdate);
  return hooks;
}

/** Follows the rows of shaped types, and of all that their documents are made of. */
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
 * Follows writes to rows of one model: those of `holder` itself, or of a component that it has.
 * What is created is shown nowhere yet.
 *
 * @param within The rows of `holder` that such rows belong to.
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
