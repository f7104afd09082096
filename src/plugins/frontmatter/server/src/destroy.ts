import type { Core } from '@strapi/strapi';
import { getService } from './plugin-id';

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const shutdown = getService(strapi, 'shutdown');
  shutdown.waitFor(getService(strapi, 'background').stop());
  await shutdown.drain();
  await getService(strapi, 'read-connection').close();
}
