import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site on loopback that says which content it shows. */
export interface StatusSite {
  url: string;
  /** Number of requests so far. */
  asked: number;
  /** The answer from now on; `undefined` leaves requests waiting. */
  answer: { status: number; body: string } | undefined;
  /** Makes the site answer with a position of the change feed from now on. */
  shows(cursor: { seq: number; token: string }): void;
  /** Resolves on the next request. */
  nextRequest(): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startStatusSite(): Promise<StatusSite> {
  const arrivals = new EventTarget();
  const server = createServer((_request, response) => {
    site.asked += 1;
    if (site.answer) response.writeHead(site.answer.status).end(site.answer.body);
    arrivals.dispatchEvent(new Event('request'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const site: StatusSite = {
    url: `http://127.0.0.1:${port}/_content-version.json`,
    asked: 0,
    answer: undefined,
    shows({ seq, token }) {
      site.answer = { status: 200, body: JSON.stringify({ cursor: `${seq}.${token}` }) };
    },
    nextRequest: () => once(arrivals, 'request'),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return site;
}
