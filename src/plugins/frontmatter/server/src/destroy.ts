import type { Core } from '@strapi/strapi';
import { getService } from './plugin-id';

export const destroy = ({ strapi }: { strapi: Core.Strapi }): Promise<void> =>
  getService(strapi, 'background').stop();
