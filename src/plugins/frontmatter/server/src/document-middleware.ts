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
  const { data: _data, ...selection } = context.params as Record<string, unknown>;
  Object.assign(context.params, { status: 'draft' });
  const draft = (await next()) as { documentId: string } | null;
  if (!draft) return draft;
  const { status: _status, ...params } = selection;
  const published = await strapi
    .documents(context.uid)
    .publish?.({ ...params, documentId: draft.documentId });
  return published?.entries[0];
}
