import type { Core } from '@strapi/strapi';
import { PUBLISHED_EVENT } from 'strapi-plugin-frontmatter/shared';
import { getConfig } from './config';
import { log } from './log';
import { registerActions } from './permissions';
import { getService } from './plugin-id';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await registerActions(strapi);
  const declared = getService(strapi, 'declared-hooks');
  await declared.apply();
  // A process that sends nothing may well have been started without the declarations.
  if (!getConfig(strapi).isEnabled) return;
  const dispatcher = getService(strapi, 'dispatcher');
  strapi.eventHub.on(PUBLISHED_EVENT, async () => dispatcher.wake());
  // Not on the command line, which loads the application without listening.
  strapi.server.httpServer.once('listening', () => {
    declared
      .removeOthers()
      .catch((error: unknown) =>
        log(strapi, 'error', 'hooks that are no longer declared were not removed', { error })
      );
    dispatcher.start();
  });
}
