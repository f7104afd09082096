import type { Core } from '@strapi/strapi';
import { getDispatcher } from './services/dispatching/dispatcher';
import { getSender } from './services/sending/sender';

export async function destroy({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await getDispatcher(strapi).stop();
  await getSender(strapi).close();
}
