import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

export interface Proxy {
  url: string;
  /** Requests so far, such as `POST /api/frontmatter/import?…`. */
  requests: string[];
  stop(): void;
}

/**
 * Starts a proxy on loopback in front of a server.
 *
 * @param options.onRequest Called and awaited before a request is passed on.
 */
export async function startProxy(
  targetUrl: string,
  { onRequest }: { onRequest?: (requests: readonly string[]) => Promise<void> | void } = {}
): Promise<Proxy> {
  const requests: string[] = [];
  const proxy = createServer(async (received, response) => {
    const { method, url = '/', headers } = received;
    requests.push(`${method} ${url}`);
    await onRequest?.(requests);
    const sent = request(new URL(url, targetUrl), { method, headers, agent: false });
    try {
      const [[answer]] = await Promise.all([
        once(sent, 'response') as Promise<[IncomingMessage]>,
        pipeline(received, sent),
      ]);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      await pipeline(answer, response);
    } catch {
      response.destroy(); // the server is gone, and so the client must notice
    }
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    requests,
    stop() {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}
