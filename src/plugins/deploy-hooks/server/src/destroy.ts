import type { Core } from '@strapi/strapi';
import { getService } from './plugin-id';

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await getService(strapi, 'dispatcher').stop();
  await getService(strapi, 'sender').close();
}
