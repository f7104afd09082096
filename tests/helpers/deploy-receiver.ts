import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedMessage {
  /** `webhook-id` */
  id: string;
  headers: IncomingHttpHeaders;
  /** The very bytes. */
  body: string;
  /** How many requests of the same receiver were open when it came, itself not counted. */
  openBefore: number;
}

/** What a site does with a request: an HTTP status, with headers if need be, or breaks the connection. */
export type Answer = number | { status: number; headers: Record<string, string> } | 'reset';

export interface DeployReceiver {
  url: string;
  /** `host:port` */
  host: string;
  /** All requests so far, refused ones included, in the order of their arrival. */
  messages: ReceivedMessage[];
  /** Those that were answered with 2xx. */
  taken: ReceivedMessage[];
  /** Decides what the next requests are answered. */
  answerWith(answer: (message: ReceivedMessage) => Answer | Promise<Answer>): void;
  /** Resolves when so many requests have come. */
  count(atLeast: number): Promise<void>;
  stop(): Promise<void>;
}

/** A real site on loopback that is told to rebuild; takes every message unless told otherwise. */
export async function startDeployReceiver(): Promise<DeployReceiver> {
  const messages: ReceivedMessage[] = [];
  const taken: ReceivedMessage[] = [];
  const arrivals = new EventTarget();
  let answer: (message: ReceivedMessage) => Answer | Promise<Answer> = () => 204;
  let open = 0;
  const server = createServer(async (request, response) => {
    const openBefore = open;
    open += 1;
    response.on('close', () => (open -= 1));
    const message: ReceivedMessage = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      body: await text(request),
      openBefore,
    };
    messages.push(message);
    arrivals.dispatchEvent(new Event('message'));
    const given = await answer(message);
    if (request.socket.destroyed) return; // nobody waits for the answer any more
    if (given === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status, headers } = typeof given === 'number' ? { status: given, headers: {} } : given;
    if (status >= 200 && status < 300) taken.push(message);
    response.writeHead(status, headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: `http://${host}/rebuild`,
    host,
    messages,
    taken,
    answerWith(given) {
      answer = given;
    },
    async count(atLeast) {
      while (messages.length < atLeast) await once(arrivals, 'message');
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
