import type { Core } from '@strapi/strapi';
import { keepReportsRaw } from './middlewares/keep-reports-raw';
import { deliveryModel } from './models';
import { getMetrics } from './services/following/metrics';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  strapi.get('models').add(deliveryModel);
  getMetrics(strapi).register();
  strapi.server.use(keepReportsRaw({ strapi }));
}
