import type { ServerResponse } from 'node:http';
import { Server } from 'node:net';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { serviceOf } from '../foundation/service-of';

/** Together with the time that deploy hooks take to stop, a process ends within 10 seconds. */
const PATIENCE_MS = 5_000;
const POLL_MS = 20;

/**
 * Lets work in progress finish before the process ends. Strapi would cut every connection at once,
 * and then close the database while it is still in use.
 */
export function createShutdown({ strapi }: { strapi: Core.Strapi }) {
  /** Responses to requests that are being answered. */
  const answers = new Set<ServerResponse>();
  const others = new Set<Promise<unknown>>();
  let isStopping = false;

  // Clients send no further request on a connection with this header.
  const sayLast = (answer: ServerResponse): void => {
    if (!answer.headersSent) answer.setHeader('Connection', 'close');
  };

  return {
    /** Tracks every request from now on. */
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

    /** Stops accepting requests and waits for those in progress; aborts any that take too long. */
    async drain(): Promise<void> {
      const { httpServer } = strapi.server;
      const giveUpAt = performance.now() + PATIENCE_MS;
      isStopping = true;
      answers.forEach(sayLast);
      await setImmediate(); // requests that have just arrived are still accepted
      // `close` of an HTTP server would also cut connections whose next request is on its way.
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
 * Destroys the connections in use, and hands out no more: a statement may wait for a lock for
 * longer than a stop may take, and so may the next one that waits for the connection.
 */
function endConnections({ db }: Core.Strapi): void {
  const { client } = db.connection;
  client.acquireConnection = () => Promise.reject(new Error('The CMS is shutting down'));
  for (const { resource } of client.pool.used) void client.destroyRawConnection(resource);
}

export const getShutdown = serviceOf('shutdown', createShutdown);
