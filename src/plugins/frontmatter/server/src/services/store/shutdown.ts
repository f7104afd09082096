import type { ServerResponse } from 'node:http';
import { Server } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { serviceOf } from '../foundation/service-of';

/** With what deploy hooks take for theirs, a process ends within 10 seconds. */
const PATIENCE_MS = 5_000;
const POLL_MS = 20;

/**
 * Lets what is under way come to its end before the process does. Strapi would cut every connection at
 * once, and then take the database away from what still runs.
 */
export function createShutdown({ strapi }: { strapi: Core.Strapi }) {
  /** Of requests that are being answered. */
  const answers = new Set<ServerResponse>();
  const others = new Set<Promise<unknown>>();
  let isStopping = false;

  // Nobody sends the next request on a connection that says this.
  const sayLast = (answer: ServerResponse): void => {
    if (!answer.headersSent) answer.setHeader('Connection', 'close');
  };

  return {
    /** Takes notice of every request from here on. */
    watchRequests(): void {
      strapi.server.httpServer.prependListener('request', (_request, answer) => {
        answers.add(answer);
        answer.once('close', () => answers.delete(answer));
        if (isStopping) sayLast(answer);
      });
    },

    /** @param work Handles its own errors. */
    waitFor(work: Promise<unknown>): void {
      others.add(work);
      void work.finally(() => others.delete(work));
    },

    /** Stops to accept requests and waits for those that came; what takes too long is ended. */
    async drain(): Promise<void> {
      const { httpServer } = strapi.server;
      const giveUpAt = performance.now() + PATIENCE_MS;
      isStopping = true;
      answers.forEach(sayLast);
      await setImmediate(); // those who are at the door come in
      // That of HTTP would also cut connections whose next request is on its way.
      if (httpServer.listening) Server.prototype.close.call(httpServer);
      do await wait(POLL_MS);
      while (answers.size + others.size > 0 && performance.now() < giveUpAt);
      httpServer.close();
      if (answers.size + others.size === 0) return;
      httpServer.closeAllConnections();
      endConnections(strapi);
    },
  };
}

/**
 * Ends what is in use, and gives out no more: a statement may wait for a lock for longer than a stop
 * may take, and so may the next one that waits for it.
 */
function endConnections({ db }: Core.Strapi): void {
  const { client } = db.connection;
  client.acquireConnection = () => Promise.reject(new Error('The CMS is about to end'));
  for (const { resource } of client.pool.used) void client.destroyRawConnection(resource);
}

export const getShutdown = serviceOf('shutdown', createShutdown);
