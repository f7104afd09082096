import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  headers: IncomingHttpHeaders;
  body: { event: string; model?: string; entry?: Record<string, unknown> };
}

export interface WebhookReceiver {
  url: string;
  /** All requests so far. */
  requests: ReceivedRequest[];
  /** Resolves with the first matching request, even if it has already arrived. */
  receive(fits: (request: ReceivedRequest) => boolean): Promise<ReceivedRequest>;
  stop(): Promise<void>;
}

/** Starts an HTTP server on loopback that records requests, and answers with `statusCode`. */
export async function startWebhookReceiver({ statusCode = 204 } = {}): Promise<WebhookReceiver> {
  const requests: ReceivedRequest[] = [];
  const arrivals = new EventTarget();
  const server = createServer(async (request, response) => {
    requests.push({ headers: request.headers, body: JSON.parse(await text(request)) });
    response.writeHead(statusCode).end();
    arrivals.dispatchEvent(new Event('request'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rebuild`,
    requests,
    async receive(fits) {
      for (;;) {
        const request = requests.find(fits);
        if (request) return request;
        await once(arrivals, 'request');
      }
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
