import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  port: number;
  origin: string;
  requests: ReceivedRequest[];
  /** Connections so far. */
  sockets: Socket[];
  stop(): Promise<void>;
}

/** Starts a real HTTP server on loopback that records what it is sent before it answers. */
export async function startReceiver(
  answer: RequestListener = (_request, response) => response.end('taken')
): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    answer(request, response);
  });
  const { port, sockets, stop } = await listen(server);
  return { port, origin: `http://127.0.0.1:${port}`, requests, sockets, stop };
}

/** Listens on a free port. */
export async function listen(server: Server): Promise<Pick<Receiver, 'port' | 'sockets' | 'stop'>> {
  const sockets: Socket[] = [];
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // the tests end connections in the middle
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
