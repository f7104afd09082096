// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { startCms, type Cms } from '../helpers/cms';

let cms: Cms;

afterEach(async () => {
  delete process.env.PUBLIC_URL;
  await cms.stop();
});

/** Returns what Koa, and so login cookies and rate limits, see of a proxied local request. */
function seen(): [isSecure: boolean, ip: string] {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '192.0.2.1, 192.0.2.2' };
  const request = { headers, socket: { remoteAddress: '127.0.0.1' } };
  const { app } = cms.strapi.server;
  const { secure, ip } = app.createContext(
    request as unknown as IncomingMessage,
    {} as ServerResponse
  );
  return [secure, ip];
}

test('behind TLS, a request is secure and has the client address that the proxy saw', async () => {
  process.env.PUBLIC_URL = 'https://cms.example.org';
  cms = await startCms();

  expect(seen()).toEqual([true, '192.0.2.2']);
});

test('without TLS, the headers that a request claims are ignored', async () => {
  cms = await startCms();

  expect(seen()).toEqual([false, '127.0.0.1']);
});
