import type { Core } from '@strapi/strapi';
import { registerActions } from '../../kit/permissions';
import { ACTIONS, grantActions } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { createDocumentMiddleware } from './services/writing/document-middleware';
import { log } from './services/foundation/log';
import { getBackground } from './services/maintenance/background';
import { getBackfill } from './services/maintenance/backfill';
import { getLists } from './services/reading/lists';
import { getPublications } from './services/store/publications';
import { getReadConnection } from './services/store/read-connection';
import { followRows } from './services/writing/lifecycles';
import { getShapes } from './services/foundation/shapes';
import { getWriteLock } from './services/store/write-lock';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  getShapes(strapi).assertFitContentTypes();
  await registerActions(strapi, PLUGIN_ID, ACTIONS);
  await getReadConnection(strapi).open();
  await strapi.db.transaction(async () => {
    // The row stays locked to the end: replicas that start at the same time create each index once.
    await getWriteLock(strapi).ensureRow();
    await getPublications(strapi).ensureFeedIndex();
    await getLists(strapi).ensureIndexes();
  });
  await getBackfill(strapi).fill();
  followRows(strapi);
  // Last, so that it is innermost: other plugins act around a write outside its transaction.
  const middleware = createDocumentMiddleware({ strapi });
  // Strapi types `next` by content type; ours serves all.
  strapi.documents.use(middleware as Parameters<typeof strapi.documents.use>[0]);
  strapi.server.httpServer.once('listening', () => {
    getBackground(strapi).start();
    grantActions(strapi).catch((error: unknown) =>
      log(
        strapi,
        'error',
        'roles were not given the permissions of the side panel, restart to try again',
        {
          error,
        }
      )
    );
  });
}
