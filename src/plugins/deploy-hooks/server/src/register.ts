import type { Core } from '@strapi/strapi';
import { deliveryModel } from './models';
import { getService } from './plugin-id';

export function register({ strapi }: { strapi: Core.Strapi }): void {
  strapi.get('models').add(deliveryModel);
  getService(strapi, 'metrics').register();
}
