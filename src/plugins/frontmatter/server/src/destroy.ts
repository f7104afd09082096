import type { Core } from '@strapi/strapi';
import { getBackground } from './services/maintenance/background';
import { getReadConnection } from './services/store/read-connection';
import { getShutdown } from './services/store/shutdown';

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  const shutdown = getShutdown(strapi);
  shutdown.waitFor(getBackground(strapi).stop());
  await shutdown.drain();
  await getReadConnection(strapi).close();
}
