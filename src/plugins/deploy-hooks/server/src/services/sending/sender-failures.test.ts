import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PluginConfig } from '../../config';
import { listen, startReceiver, type Receiver } from './testing/receiver';
import { buildSend, startSender, type Sender } from './testing/sender';

const URL_PATH = '/hooks/secret-of-the-path';

let sender: Sender;
const receivers: Pick<Receiver, 'stop'>[] = [];

afterEach(async () => {
  await sender.close();
  for (const receiver of receivers.splice(0)) await receiver.stop();
});

async function receive(answer: RequestListener): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver;
}

/** Starts a server that writes its own bytes. */
async function receiveBytes(answer: (socket: Socket) => void) {
  const receiver = await listen(createServer(answer));
  receivers.push(receiver);
  return receiver;
}

async function failureAt(origin: string, settings: Partial<PluginConfig> = {}) {
  sender = startSender(settings);
  const { attempt, outcome } = await sender.send(buildSend({ url: origin + URL_PATH }));
  expect(outcome).toEqual({ kind: 'retry', reason: attempt.error });
  expect(attempt).toMatchObject({ status: null, response: null });
  expect(attempt.error).not.toContain('secret-of');
  return attempt.error;
}

/** Resolves when the connection has closed, even by an error. */
const closed = (socket: Socket | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!socket || socket.closed) resolve();
    else socket.once('close', () => resolve());
  });

test('waits until the limit for headers that never arrive, then closes the connection', async () => {
  const { origin, sockets } = await receive(() => {});
  expect(await failureAt(origin, { requestTimeoutMs: 200 })).toBe('no answer within 0.2 s');
  await closed(sockets[0]);
});

test('waits no longer for headers that arrive byte by byte and never end', async () => {
  const { port, sockets } = await receiveBytes((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    const drip = setInterval(() => socket.write('x-drip: 1\r\n'), 10);
    socket.on('close', () => clearInterval(drip));
  });
  const error = await failureAt(`http://127.0.0.1:${port}`, { requestTimeoutMs: 200 });
  expect(error).toBe('no answer within 0.2 s');
  await closed(sockets[0]);
});

test('waits no longer for a site that accepts connections and says nothing', async () => {
  const { port } = await receiveBytes(() => {});
  const error = await failureAt(`https://127.0.0.1:${port}`, { requestTimeoutMs: 200 });
  expect(error).toMatch(/^(no answer within 0.2 s|no connection could be made in time)/);
});

test.each([
  ['goes on for ever', (write: () => void) => setInterval(write, 5)],
  ['stops without an end', (write: () => void) => setTimeout(write, 0)],
])('keeps the beginning of a body that %s; the status decides', async (_name, start) => {
  const { origin, sockets } = await receive((_request, response) => {
    response.writeHead(200);
    const timer = start(() => void response.write('more '));
    response.on('close', () => clearInterval(timer));
  });
  sender = startSender();
  const { attempt, outcome } = await sender.send(buildSend({ url: origin }));
  expect(outcome).toEqual({ kind: 'delivered' });
  expect(attempt.response).toMatch(/^(more )+/);
  await closed(sockets[0]);
});

test('reads no more of a huge body than it keeps', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  const { origin, sockets } = await receive((_request, response) => {
    response.writeHead(500);
    const fill = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', fill);
    fill();
  });
  sender = startSender();
  const { attempt } = await sender.send(buildSend({ url: origin }));
  expect(attempt).toMatchObject({ status: 500, response: 'a'.repeat(4_096) });
  await closed(sockets[0]);
  // The buffers of both ends may be full, but it is not an endless stream.
  expect(sockets[0]?.bytesWritten).toBeLessThan(32 * 1024 * 1024);
});

test('the status decides if the connection ends in the middle of the body', async () => {
  const { port } = await receiveBytes((socket) => {
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nbegun'));
  });
  sender = startSender();
  const { attempt, outcome } = await sender.send(buildSend({ url: `http://127.0.0.1:${port}` }));
  expect(outcome.kind).toBe('delivered');
  expect(attempt.response).toBe('begun');
});

test('a connection that is reset before an answer arrives', async () => {
  const { port } = await receiveBytes((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatch(
    /^the connection was closed before an answer arrived \((ECONNRESET|UND_ERR_SOCKET)\)$/
  );
});

test('a connection that is closed before an answer arrives', async () => {
  const { port } = await receiveBytes((socket) => {
    socket.once('data', () => socket.end());
  });
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatch(
    /^the connection was closed before an answer arrived \(/
  );
});

test('a connection that is refused', async () => {
  const { port, stop } = await listen(createServer());
  await stop();
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatch(
    /^nothing accepts connections there.* \(ECONNREFUSED\)$/
  );
});

test('a name that cannot be resolved', async () => {
  const error = await failureAt('http://deploy-hooks.invalid', { allowedHosts: [] });
  expect(error).toMatch(/^its name cannot be resolved.* \((ENOTFOUND|EAI_AGAIN)\)$/);
});

test('a name whose resolver never answers', async () => {
  sender = startSender({ requestTimeoutMs: 100 }, () => new Promise(() => {}));
  const { attempt } = await sender.send(buildSend({ url: 'http://slow.test/' }));
  expect(attempt.error).toMatch(/^(no answer within 0.1 s|no connection could be made in time)/);
});

test('an answer that is not HTTP', async () => {
  const { port } = await receiveBytes((socket) => {
    socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n'));
  });
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatch(/^its answer is not HTTP \(/);
});

test('an answer whose headers never end', async () => {
  const { port } = await receiveBytes((socket) => {
    socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`));
  });
  expect(await failureAt(`http://127.0.0.1:${port}`)).toMatch(
    /^the headers of its answer are too long \(/
  );
});

test('https where there is only http', async () => {
  const { port } = await receive((_request, response) => response.end());
  expect(await failureAt(`https://127.0.0.1:${port}`)).toMatch(
    /^(no encrypted connection could be made|the connection was closed)/
  );
});

test('a certificate that nobody vouches for', async () => {
  const certificate = selfSigned();
  if (!certificate) return;
  const receiver = await listen(
    createTlsServer(certificate, (_request, response) => response.end())
  );
  receivers.push(receiver);
  expect(await failureAt(`https://127.0.0.1:${receiver.port}`)).toBe(
    'its certificate cannot be trusted (DEPTH_ZERO_SELF_SIGNED_CERT)'
  );
});

describe('a signal', () => {
  const reason = new Error('the lease is lost');

  test('ends a request that waits for its answer', async () => {
    const abort = new AbortController();
    const { origin, sockets } = await receive(() => abort.abort(reason));
    sender = startSender();
    const sending = sender.send(buildSend({ url: origin, signal: abort.signal }));
    await expect(sending).rejects.toBe(reason);
    await closed(sockets[0]);
  });

  test('ends a request that waits for its connection, and the request is never sent', async () => {
    const abort = new AbortController();
    const { port, requests } = await receive((_request, response) => response.end());
    const address = { address: '127.0.0.1', family: 4 };
    const waiting: ((addresses: [typeof address]) => void)[] = [];
    sender = startSender({}, async () => {
      if (abort.signal.aborted) return [address];
      abort.abort(reason);
      return new Promise((resolve) => waiting.push(resolve));
    });
    const url = `http://slow.test:${port}/`;
    const sending = sender.send(buildSend({ url, signal: abort.signal }));
    await expect(sending).rejects.toBe(reason);
    waiting[0]?.([address]);
    await sender.send(buildSend({ url, messageId: 'msg_2' }));
    await sender.close();
    expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual(['msg_2']);
  });

  test('prevents sending if it was aborted before', async () => {
    const { origin, sockets } = await receive((_request, response) => response.end());
    sender = startSender();
    const sending = sender.send(buildSend({ url: origin, signal: AbortSignal.abort(reason) }));
    await expect(sending).rejects.toBe(reason);
    expect(sockets).toHaveLength(0);
  });

  test('changes nothing if it is aborted after the status', async () => {
    const abort = new AbortController();
    const { origin } = await receive((_request, response) => {
      response.writeHead(200);
      response.write('begun');
      response.on('close', () => abort.abort(reason));
    });
    sender = startSender();
    const { outcome } = await sender.send(buildSend({ url: origin, signal: abort.signal }));
    expect(outcome.kind).toBe('delivered');
  });
});

/** @returns `undefined` without `openssl`, which is reported. */
function selfSigned(): { key: Buffer; cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-hooks-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2'.split(' ');
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    execFileSync('openssl', ['req', ...options, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch (error) {
    process.stderr.write(`not tested, as openssl makes no certificate: ${String(error)}\n`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
