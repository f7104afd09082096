import type { Core } from '@strapi/strapi';
import { addMiddlewares, guardDrafts } from './add-middlewares';
import { guardTransactions } from './services/store/guard-transactions';
import { answerWarnings } from './middlewares/answer-warnings';
import { createRequestCounter } from './middlewares/count-requests';
import { log } from './services/foundation/log';
import { models } from './models';
import { checkQueries } from './requests/check-query';
import { getBackfill } from './services/maintenance/backfill';
import { getMetrics } from './services/store/metrics';
import { getShutdown } from './services/store/shutdown';
import { getWriteLock } from './services/store/write-lock';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  guardTransactions(strapi);
  unclaimIfStartFails(strapi);
  getShutdown(strapi).watchRequests();
  const beforeSync = strapi.hook('strapi::content-types.beforeSync');
  beforeSync.register(() => getWriteLock(strapi).claim());
  for (const model of models) strapi.get('models').add(model);
  // Before everything else, so that every answer is counted.
  if (getMetrics(strapi).registry) strapi.server.use(createRequestCounter({ strapi }));
  strapi.server.use(answerWarnings);
  addMiddlewares(strapi);
  guardDrafts(strapi);
  checkQueries(strapi);
}

/** Lets running replicas keep accepting changes. Strapi has no hook for a start that fails. */
function unclaimIfStartFails(strapi: Core.Strapi): void {
  const bootstrap = strapi.bootstrap.bind(strapi);
  strapi.bootstrap = async () => {
    try {
      return await bootstrap();
    } catch (error) {
      const keys = getBackfill(strapi);
      if (keys.canUndo()) {
        await getWriteLock(strapi)
          .unclaim(keys.undo)
          .catch((reason: unknown) =>
            log(
              strapi,
              'error',
              'processes of the version before this one cannot write: start one of them again',
              { error: reason }
            )
          );
      }
      throw error;
    }
  };
}
