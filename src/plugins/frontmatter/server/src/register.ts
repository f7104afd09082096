import type { Core } from '@strapi/strapi';
import { guardTransactions } from './guard-transactions';
import { answerWarnings } from './middlewares/answer-warnings';
import { createRequestCounter } from './middlewares/count-requests';
import { models } from './models';
import { getService } from './plugin-id';
import { checkQueries } from './requests/check-query';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  guardTransactions(strapi);
  getService(strapi, 'shutdown').watchRequests();
  const beforeSync = strapi.hook('strapi::content-types.beforeSync');
  beforeSync.register(() => getService(strapi, 'write-lock').claim());
  for (const model of models) strapi.get('models').add(model);
  // Before everything else, so that nothing answers uncounted.
  if (getService(strapi, 'metrics').registry) strapi.server.use(createRequestCounter({ strapi }));
  strapi.server.use(answerWarnings);
  checkQueries(strapi);
}
