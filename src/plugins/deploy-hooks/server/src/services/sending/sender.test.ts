import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { newSecret } from '../../../../core';
import { startReceiver, type Receiver } from './testing/receiver';
import { buildSend, startSender, type Sender } from './testing/sender';

const SECOND_MS = 1_000;

let sender: Sender;
let receiver: Receiver | undefined;

beforeEach(() => {
  sender = startSender();
});

afterEach(async () => {
  await sender.close();
  await receiver?.stop();
  receiver = undefined;
});

async function receive(answer?: RequestListener): Promise<Receiver> {
  receiver = await startReceiver(answer);
  return receiver;
}

const answerWith =
  (status: number, headers: Record<string, string> = {}, body?: string | Buffer): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

test('a message reaches the site as it was given, and is delivered', async () => {
  const { origin, requests } = await receive();
  const at = new Date();
  const sent = await sender.send(
    buildSend({
      url: `${origin}/hook?a=1`,
      headers: { 'X-Site': 'docs' },
      body: '{"ä":1}',
      messageId: 'msg_7',
      at,
    })
  );
  expect(sent).toEqual({
    outcome: { kind: 'delivered' },
    attempt: {
      at: at.toISOString(),
      status: 200,
      durationMs: expect.any(Number),
      error: null,
      response: 'taken',
    },
  });
  expect(requests).toEqual([
    {
      method: 'POST',
      url: '/hook?a=1',
      body: '{"ä":1}',
      headers: {
        host: new URL(origin).host,
        connection: 'close',
        'content-length': '8',
        'content-type': 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'strapi-plugin-deploy-hooks',
        'x-site': 'docs',
        'webhook-id': 'msg_7',
        'webhook-timestamp': String(Math.floor(at.getTime() / SECOND_MS)),
      },
    },
  ]);
});

test('a message without a body has no content type, and a hook may replace the user agent', async () => {
  const { origin, requests } = await receive();
  await sender.send(buildSend({ url: origin, body: null, headers: { 'User-Agent': 'docs' } }));
  expect(requests[0]).toMatchObject({
    body: '',
    headers: { 'content-length': '0', 'user-agent': 'docs' },
  });
  expect(requests[0]?.headers).not.toHaveProperty('content-type');
});

test('the site verifies the signature with the secret, and with the previous one', async () => {
  const { origin, requests } = await receive();
  const secrets = [newSecret(randomBytes), newSecret(randomBytes)];
  await sender.send(buildSend({ url: origin, body: '{"slug":"größe"}', secrets }));
  const [request] = requests;
  for (const secret of secrets) {
    const headers = request?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(request?.body ?? '', headers)).toEqual({ slug: 'größe' });
  }
});

test.each([200, 201, 202, 204])('%i: the message is delivered', async (status) => {
  const { origin } = await receive(answerWith(status));
  const { attempt, outcome } = await sender.send(buildSend({ url: origin }));
  expect(outcome).toEqual({ kind: 'delivered' });
  expect(attempt).toMatchObject({ status, error: null, response: '' });
});

test.each([401, 403, 404, 410])('%i: the hook pauses', async (status) => {
  const { origin } = await receive(answerWith(status, {}, 'no'));
  const { attempt, outcome } = await sender.send(buildSend({ url: `${origin}/secret-path` }));
  expect(outcome.kind).toBe('pause');
  expect(attempt).toMatchObject({ status, response: 'no' });
  expect(attempt.error).toMatch(new RegExp(`^answered ${status}: `));
});

test.each([400, 422, 429, 500, 502, 503])('%i: it is tried again', async (status) => {
  const { origin } = await receive(answerWith(status, {}, 'later'));
  const { attempt, outcome } = await sender.send(buildSend({ url: origin }));
  expect(outcome).toEqual({ kind: 'retry', reason: `answered ${status}` });
  expect(attempt).toMatchObject({ status, error: `answered ${status}`, response: 'later' });
});

test.each([301, 302, 303, 307, 308])(
  '%i: a redirect to a private address is not followed, and its path is not reported',
  async (status) => {
    const target = await startReceiver();
    try {
      const location = `${target.origin}/token-of-the-target?key=1`;
      const { origin } = await receive(answerWith(status, { location }));
      const { attempt, outcome } = await sender.send(buildSend({ url: origin }));
      expect(outcome).toEqual({
        kind: 'retry',
        reason: `answered ${status}: redirects to ${target.origin} are not followed; give the hook the URL at which they end`,
      });
      expect(attempt.status).toBe(status);
      expect(target.sockets).toHaveLength(0);
    } finally {
      await target.stop();
    }
  }
);

test('Retry-After in seconds counts from the answer', async () => {
  const { origin } = await receive(answerWith(429, { 'retry-after': '120' }));
  const at = new Date('2026-03-01T12:00:00Z');
  const { attempt, outcome } = await sender.send(buildSend({ url: origin, at }));
  expect(outcome).toEqual({
    kind: 'retry',
    reason: 'answered 429',
    notBefore: new Date(at.getTime() + attempt.durationMs + 120 * SECOND_MS),
  });
});

test("waits until the reset of GitHub's rate limit, a 403 with X-RateLimit headers", async () => {
  const at = new Date('2026-03-01T12:00:00Z');
  const reset = new Date('2026-03-01T12:41:00Z');
  const { origin } = await receive(
    answerWith(403, {
      'X-RateLimit-Limit': '5000',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset': String(reset.getTime() / SECOND_MS),
    })
  );
  const { outcome } = await sender.send(buildSend({ url: origin, at }));
  expect(outcome).toEqual({ kind: 'retry', reason: 'answered 403', notBefore: reset });
});

test('a 403 while requests are left, as GitHub answers a token without rights, pauses', async () => {
  const { origin } = await receive(
    answerWith(403, { 'X-RateLimit-Remaining': '4999', 'X-RateLimit-Reset': '1772370060' })
  );
  const { outcome } = await sender.send(buildSend({ url: origin }));
  expect(outcome).toMatchObject({ kind: 'pause' });
});

test('Retry-After as a date is used as it is', async () => {
  const { origin } = await receive(
    answerWith(503, { 'retry-after': 'Sun, 01 Mar 2026 12:30:00 GMT' })
  );
  const at = new Date('2026-03-01T12:00:00Z');
  const { outcome } = await sender.send(buildSend({ url: origin, at }));
  expect(outcome).toMatchObject({ notBefore: new Date('2026-03-01T12:30:00Z') });
});

test('an interim response (103) is not treated as the answer', async () => {
  const { origin } = await receive((_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(500).end();
  });
  expect((await sender.send(buildSend({ url: origin }))).attempt.status).toBe(500);
});

test('each message has its own connection, which no site can have closed meanwhile', async () => {
  const { origin, requests, sockets } = await receive();
  await sender.send(buildSend({ url: origin }));
  await sender.send(buildSend({ url: origin }));
  expect(requests).toHaveLength(2);
  expect(sockets).toHaveLength(2);
});

test('closing the sender waits for requests in progress, and closes its connections', async () => {
  const arrivals = new EventEmitter();
  const { origin, sockets } = await receive((_request, response) => {
    arrivals.emit('request', response);
  });
  const arrival = once(arrivals, 'request') as Promise<[ServerResponse]>;
  const sending = sender.send(buildSend({ url: origin }));
  const [response] = await arrival;
  const closing = sender.close();
  response.end();
  expect((await sending).outcome.kind).toBe('delivered');
  await closing;
  const [socket] = sockets;
  if (socket && !socket.closed) await once(socket, 'close');
});

test('what the site repeats of the request is kept without its secrets', async () => {
  const { origin } = await receive(({ url, headers }, response) => {
    const answer = { url, headers, token: 'tok_0123456789', key: 'whsec-like' };
    response.writeHead(500).end(`${JSON.stringify(answer)} ${secret} http://${headers.host}${url}`);
  });
  const secret = newSecret(randomBytes);
  const { attempt, outcome } = await sender.send(
    buildSend({
      url: `${origin}/build_hooks/5f3c9a7e1b?token=abcdefghij`,
      headers: { authorization: 'Bearer tok_0123456789', 'x-key': 'va"lue-of-a-header' },
      secrets: [secret],
    })
  );
  const kept = JSON.stringify({ attempt, outcome });
  expect(kept).toContain('•••');
  for (const text of ['5f3c9a7e1b', 'abcdefghij', 'tok_', 'lue-of-a', secret, secret.slice(6)]) {
    expect(kept).not.toContain(text);
  }
});

test('keeps 4 KB of a body: only whole characters, and nothing that a database rejects', async () => {
  const body = Buffer.concat([
    Buffer.from('a\0b'),
    Buffer.from([0xff]),
    Buffer.from('é'.repeat(4_000)),
  ]);
  const { origin } = await receive(answerWith(200, {}, body));
  const { attempt } = await sender.send(buildSend({ url: origin }));
  expect(attempt.response).toBe(`ab\ufffd${'é'.repeat(2_046)}`);
});

test('does not keep a compressed body, which was not asked for', async () => {
  const { origin } = await receive(
    answerWith(500, { 'content-encoding': 'gzip' }, gzipSync('a'.repeat(100_000)))
  );
  const { attempt } = await sender.send(buildSend({ url: origin }));
  expect(attempt).toMatchObject({
    status: 500,
    response: '(compressed, though that was not asked for)',
  });
});

test('reads what is at a URL by the same rules', async () => {
  const { origin, requests } = await receive(answerWith(200, {}, '{"cursor":"7.0a1b2c3d"}'));
  const { signal } = new AbortController();
  expect(await sender.read({ url: `${origin}/_content-version.json`, signal })).toEqual({
    answer: { kind: 'answered', status: 200 },
    response: '{"cursor":"7.0a1b2c3d"}',
  });
  expect(requests[0]).toMatchObject({ method: 'GET', url: '/_content-version.json', body: '' });
  expect(await sender.read({ url: 'http://127.0.0.2/', signal })).toMatchObject({
    answer: { failure: { kind: 'refused' } },
  });
});
