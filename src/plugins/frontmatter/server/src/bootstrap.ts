import type { Core } from '@strapi/strapi';
import { WRITE_LOCK } from './write-lock-model';

const ONLY_ROW = 1;

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  // Replicas may start at the same moment: the primary key lets one of them win.
  await strapi.db
    .getConnection(WRITE_LOCK.tableName)
    .insert({ id: ONLY_ROW, writes: 0 })
    .onConflict('id')
    .ignore();
}
