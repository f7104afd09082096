import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface ReceivedMessage {
  /** `webhook-id` */
  id: string;
  headers: IncomingHttpHeaders;
  /** The body as it was received. */
  body: string;
  /** Number of other requests to this receiver that were open when it arrived. */
  openBefore: number;
}

/** Answer of a site: an HTTP status, optionally with headers, or a reset of the connection. */
export type Answer = number | DetailedAnswer | 'reset';

interface DetailedAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Called once the answer is sent. */
  onSent?: () => void;
}

/** A request that has arrived, until it is answered or its connection is closed. */
interface OpenRequest {
  isAnswered: boolean;
  isClosed: boolean;
}

/**
 * Turns of the event loop within which a connection that its client closed is detected as closed.
 * The next request of that client may be read before that.
 */
const TURNS_TO_CLOSE = 5;

export interface DeployReceiver {
  url: string;
  /** `host:port` */
  host: string;
  /** All requests so far, including rejected ones, in the order of their arrival. */
  messages: ReceivedMessage[];
  /** The messages that were answered with 2xx. */
  taken: ReceivedMessage[];
  /** Sets the answer to the next requests. */
  answerWith(answer: (message: ReceivedMessage) => Answer | Promise<Answer>): void;
  /** Resolves when at least that many requests have arrived. */
  count(atLeast: number): Promise<void>;
  /** Resolves when the message that was accepted last matches. */
  untilTaken(fits: (newest: ReceivedMessage) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a site on loopback that receives messages, and by default accepts all of them. */
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
    if (body === undefined) return; // the sender was killed
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
    if (request.socket.destroyed) return; // nobody waits for the answer any longer
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
