import type { Core, Modules } from '@strapi/strapi';
import { getService } from './plugin-id';

type Context = Modules.Documents.Middleware.Context;
type Next = () => Promise<unknown>;

const WRITE_ACTIONS: readonly string[] = [
  'create',
  'update',
  'delete',
  'clone',
  'publish',
  'unpublish',
  'discardDraft',
];

/**
 * Stands around every write of the Document Service to a shaped type or to a type that one shows:
 * takes the write lock, sends every publication through `publish`, and dates it there.
 */
export const createDocumentMiddleware =
  ({ strapi }: { strapi: Core.Strapi }) =>
  (context: Context, next: Next): Promise<unknown> => {
    const shapes = getService(strapi, 'shapes');
    if (!WRITE_ACTIONS.includes(context.action) || !shapes.isShown(context.uid)) return next();

    return getService(strapi, 'write-lock').run(async () => {
      const shape = shapes.findByContentType(context.uid);
      if (!shape) return next();
      if (context.action === 'publish') {
        await getService(strapi, 'dates').settleDraft(shape, context.params.documentId);
        return next();
      }
      if (context.action === 'clone') {
        // A copy has never been published, so it has no dates yet.
        const { published, modified } = shape.dates;
        const data = { ...context.params.data, [published]: null, [modified]: null };
        Object.assign(context, { params: { ...context.params, data } });
        return next();
      }
      const isPublishing = 'status' in context.params && context.params.status === 'published';
      if ((context.action === 'create' || context.action === 'update') && isPublishing) {
        return writeThenPublish(strapi, context, next);
      }
      return next();
    });
  };

/**
 * `create` and `update` with `status: 'published'` publish by a call that no middleware sees.
 * So the draft is written alone, and published by a call of our own, with the same selection:
 * there is one door to a publication.
 */
async function writeThenPublish(
  strapi: Core.Strapi,
  context: Context,
  next: Next
): Promise<unknown> {
  const { data: _data, status: _status, ...selection } = context.params as Record<string, unknown>;
  // A new object: this one is the caller's, who may use it again.
  Object.assign(context, { params: { ...context.params, status: 'draft' } });
  const draft = (await next()) as { documentId: string } | null;
  if (!draft) return draft;
  const published = await strapi
    .documents(context.uid)
    .publish?.({ ...selection, documentId: draft.documentId });
  return published?.entries[0];
}
