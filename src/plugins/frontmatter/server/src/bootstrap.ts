import type { Core } from '@strapi/strapi';
import { createDocumentMiddleware } from './document-middleware';
import { getBackground } from './services/background';
import { getGainedKeys } from './services/gained-keys';
import { getLists } from './services/lists';
import { getPublications } from './services/publications';
import { getReadConnection } from './services/read-connection';
import { getRowWrites } from './services/row-writes';
import { getShapes } from './services/shapes';
import { getWriteLock } from './services/write-lock';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  getShapes(strapi).assertFitContentTypes();
  await getReadConnection(strapi).open();
  await strapi.db.transaction(async () => {
    // The row is locked to the end: replicas that start at the same moment create one index.
    await getWriteLock(strapi).ensureRow();
    await getPublications(strapi).ensureFeedIndex();
    await getLists(strapi).ensureIndexes();
  });
  await getGainedKeys(strapi).fill();
  getRowWrites(strapi).followParts();
  // Last of all, so that it stands innermost: what other plugins do around a write stays outside
  // of its transaction.
  const middleware = createDocumentMiddleware({ strapi });
  strapi.documents.use(middleware as Parameters<typeof strapi.documents.use>[0]); // Strapi types `next` by content type, ours serves all
  strapi.server.httpServer.once('listening', () => getBackground(strapi).start());
}
