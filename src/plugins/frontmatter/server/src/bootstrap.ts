import type { Core } from '@strapi/strapi';
import { createDocumentMiddleware } from './document-middleware';
import { getService } from './plugin-id';
import { WRITE_LOCK } from './models';

const ONLY_ROW = 1;

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  getService(strapi, 'shapes').assertFitContentTypes();
  // Replicas may start at the same moment: the primary key lets one of them win.
  const lock = () => strapi.db.getConnection(WRITE_LOCK.tableName);
  await lock().insert({ id: ONLY_ROW, writes: 0, seq: 0 }).onConflict('id').ignore();
  // Of a database from before there were publications: Strapi adds columns without a value.
  await lock().whereNull('seq').update({ seq: 0 });
  await getService(strapi, 'gained-keys').fill();
  // Last of all, so that it stands innermost: what other plugins do around a write stays outside
  // of its transaction.
  const middleware = createDocumentMiddleware({ strapi });
  strapi.documents.use(middleware as Parameters<typeof strapi.documents.use>[0]); // Strapi types `next` by content type, ours serves all
  strapi.server.httpServer.once('listening', () => getService(strapi, 'background').start());
}
