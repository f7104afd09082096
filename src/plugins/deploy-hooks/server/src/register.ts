import type { Core } from '@strapi/strapi';
import { deliveryModel } from './models';
import { getMetrics } from './services/following/metrics';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  strapi.get('models').add(deliveryModel);
  getMetrics(strapi).register();
}
