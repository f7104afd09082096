import type { Core } from '@strapi/strapi';
import { answerWarnings } from './middlewares/answer-warnings';
import { models } from './models';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  for (const model of models) strapi.get('models').add(model);
  strapi.server.use(answerWarnings);
}
