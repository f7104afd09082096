import type { Core } from '@strapi/strapi';
import { createDocumentMiddleware } from './document-middleware';
import { getService } from './plugin-id';
import { WRITE_LOCK } from './write-lock-model';

const ONLY_ROW = 1;

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  getService(strapi, 'shapes').assertFitContentTypes();
  // Replicas may start at the same moment: the primary key lets one of them win.
  await strapi.db
    .getConnection(WRITE_LOCK.tableName)
    .insert({ id: ONLY_ROW, writes: 0 })
    .onConflict('id')
    .ignore();
  // Last of all, so that it stands innermost: what other plugins do around a write stays outside
  // of its transaction.
  const middleware = createDocumentMiddleware({ strapi });
  strapi.documents.use(middleware as Parameters<typeof strapi.documents.use>[0]); // Strapi types `next` by content type, ours serves all
}
