import type { Core } from '@strapi/strapi';
import { createDocumentMiddleware } from './document-middleware';
import { getService } from './plugin-id';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  getService(strapi, 'shapes').assertFitContentTypes();
  await getService(strapi, 'read-connection').open();
  await strapi.db.transaction(async () => {
    // The row is locked to the end: replicas that start at the same moment create one index.
    await getService(strapi, 'write-lock').ensureRow();
    await getService(strapi, 'publications').ensureFeedIndex();
    await getService(strapi, 'lists').ensureIndexes();
  });
  await getService(strapi, 'gained-keys').fill();
  getService(strapi, 'row-writes').followParts();
  // Last of all, so that it stands innermost: what other plugins do around a write stays outside
  // of its transaction.
  const middleware = createDocumentMiddleware({ strapi });
  strapi.documents.use(middleware as Parameters<typeof strapi.documents.use>[0]); // Strapi types `next` by content type, ours serves all
  strapi.server.httpServer.once('listening', () => getService(strapi, 'background').start());
}
