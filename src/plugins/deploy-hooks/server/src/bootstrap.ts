import type { Core } from '@strapi/strapi';
import { registerActions } from 'strapi-plugin-frontmatter/kit/permissions';
import { PUBLISHED_EVENT } from 'strapi-plugin-frontmatter/shared';
import { getConfig } from './config';
import { log } from './services/foundation/log';
import { ACTIONS } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { getDeclaredHooks } from './services/hooks/declared-hooks';
import { getDispatcher } from './services/dispatching/dispatcher';

export async function bootstrap({ strapi }: { strapi: Core.Strapi }): Promise<void> {
  await registerActions(strapi, PLUGIN_ID, ACTIONS);
  const declared = getDeclaredHooks(strapi);
  declared.assertValid();
  const { isEnabled } = getConfig(strapi);
  const dispatcher = getDispatcher(strapi);
  if (isEnabled) strapi.eventHub.on(PUBLISHED_EVENT, async () => dispatcher.wake());
  // Not on the command line, which loads the application without listening.
  strapi.server.httpServer.once('listening', async () => {
    try {
      await declared.apply();
      // A process that sends nothing may well have been started without the declarations.
      if (isEnabled) await declared.removeOthers();
    } catch (error) {
      const message = 'the hooks of DEPLOY_HOOKS_DECLARED were not written, restart to try again';
      log(strapi, 'error', message, { error });
    }
    if (isEnabled) dispatcher.start();
  });
}
