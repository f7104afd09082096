import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

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
export type Answer = number | DetailedAnswer | 'reset';

interface DetailedAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Called when the answer is on its way. */
  onSent?: () => void;
}

/** One that has come, until it is answered or its connection is closed. */
interface OpenRequest {
  isAnswered: boolean;
  isClosed: boolean;
}

/**
 * Turns of the event loop in which a connection that its client closed is seen to be closed. The
 * request that the client sent next may be read before that.
 */
const TURNS_TO_CLOSE = 5;

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
  /** Resolves when the message that was taken last fits. */
  untilTaken(fits: (newest: ReceivedMessage) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** A real site on loopback that is told to rebuild; takes every message unless told otherwise. */
export async function startDeployReceiver(): Promise<DeployReceiver> {
  const messages: ReceivedMessage[] = [];
  const taken: ReceivedMessage[] = [];
  const arrivals = new EventTarget();
  let answer: (message: ReceivedMessage) => Answer | Promise<Answer> = () => 204;
  const open = new Set<OpenRequest>();
  const server = createServer(async (request, response) => {
    const others = [...open];
    const own: OpenRequest = { isAnswered: false, isClosed: false };
    open.add(own);
    response.on('close', () => {
      own.isClosed = true;
      open.delete(own);
    });
    const body = await text(request).catch(() => undefined);
    if (body === undefined) return; // its sender was killed
    for (let turn = 0; turn < TURNS_TO_CLOSE; turn += 1) await nextTurn();
    const message: ReceivedMessage = {
      id: String(request.headers['webhook-id']),
      headers: request.headers,
      body,
      openBefore: others.filter(({ isAnswered, isClosed }) => isAnswered || !isClosed).length,
    };
    messages.push(message);
    arrivals.dispatchEvent(new Event('message'));
    const given = await answer(message);
    if (request.socket.destroyed) return; // nobody waits for the answer any more
    own.isAnswered = true;
    open.delete(own);
    if (given === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const { status, headers, onSent }: DetailedAnswer =
      typeof given === 'number' ? { status: given } : given;
    response.writeHead(status, headers).end(onSent);
    if (status < 200 || status >= 300) return;
    taken.push(message);
    arrivals.dispatchEvent(new Event('taken'));
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
    async untilTaken(fits) {
      for (;;) {
        const newest = taken.at(-1);
        if (newest && fits(newest)) return;
        await once(arrivals, 'taken');
      }
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
