import type { Core } from '@strapi/strapi';
import { createDocumentMiddleware } from './document-middleware';
import { writeLockModel } from './write-lock-model';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  strapi.get('models').add(writeLockModel);
  strapi.documents.use(
    createDocumentMiddleware({ strapi }) as Parameters<typeof strapi.documents.use>[0]
  ); // Strapi types `next` by content type, ours serves all
}
