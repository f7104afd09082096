import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { request } from 'undici';
import { createGuardedAgent, type ResolveName } from './guarded-agent';
import { startReceiver, type Receiver } from './testing/receiver';
import { buildSend, startSender, type Sender } from './testing/sender';

let receiver: Receiver;
let sender: Sender | undefined;

beforeAll(async () => {
  receiver = await startReceiver((_request, response) => {
    response.writeHead(204, { connection: 'close' }).end();
  });
});

afterEach(async () => {
  await sender?.close();
  sender = undefined;
});

afterAll(() => receiver.stop());

const addressOf = (address: string): LookupAddress => ({
  address,
  family: address.includes(':') ? 6 : 4,
});

/** Resolves every name to these in turn, then always to the last one. */
function resolving(
  ...answers: string[][]
): jest.Mock<ReturnType<ResolveName>, Parameters<ResolveName>> {
  let next = 0;
  return jest.fn(async (_name, _options) =>
    (answers[next++] ?? answers.at(-1) ?? []).map(addressOf)
  );
}

const refusal = (address: string, kind: string, host: string): string =>
  `nothing was sent: the URL leads to ${address}, ${kind}: if that is meant, add '${host}' to allowedHosts of deploy-hooks in config/plugins.ts, or to the variable that it reads`;

async function errorOf(url: string, allowedHosts: string[], resolveName?: ResolveName) {
  const before = receiver.sockets.length;
  sender = startSender({ allowedHosts }, resolveName);
  const { attempt, outcome } = await sender.send(buildSend({ url }));
  expect(outcome.kind).toBe('retry');
  expect(receiver.sockets).toHaveLength(before);
  return attempt.error;
}

test.each([
  ['127.0.0.1', 'a loopback address'],
  ['10.0.0.1', 'a private address'],
  ['169.254.169.254', 'the metadata service of a cloud'],
  ['::1', 'a loopback address'],
  ['::ffff:127.0.0.1', 'a loopback address'],
  ['64:ff9b::7f00:1', 'a loopback address'],
])('does not connect to a name that resolves to %s', async (address, kind) => {
  const url = `http://site.test:${receiver.port}/hook`;
  expect(await errorOf(url, [], resolving([address]))).toBe(refusal(address, kind, 'site.test'));
});

test('does not connect to a name if one of its addresses is private', async () => {
  const url = `http://site.test:${receiver.port}/hook`;
  expect(await errorOf(url, [], resolving(['1.1.1.1', '10.0.0.1']))).toBe(
    refusal('10.0.0.1', 'a private address', 'site.test')
  );
});

test('does not connect to a name that the local resolver resolves to a private address', async () => {
  const agent = createGuardedAgent({
    allowedHosts: () => [],
    connectTimeoutMs: () => 1_000,
    resolveName: lookup,
  });
  const { port } = receiver;
  await expect(request(`http://localhost:${port}`, { dispatcher: agent })).rejects.toMatchObject({
    name: 'RefusedAddressError',
    message: expect.stringMatching(/^leads to (127\.0\.0\.1|::1), a loopback address: /),
  });
  await agent.close();
});

test('checks a name again that resolves to another address the second time', async () => {
  // The first address stands for a public one: it is allowed, and the second is not.
  const resolveName = resolving(['127.0.0.1'], ['10.0.0.1']);
  sender = startSender({ allowedHosts: ['127.0.0.1'] }, resolveName);
  const url = `http://site.test:${receiver.port}/hook`;
  expect((await sender.send(buildSend({ url }))).outcome.kind).toBe('delivered');
  const { attempt } = await sender.send(buildSend({ url }));
  expect(attempt.error).toBe(refusal('10.0.0.1', 'a private address', 'site.test'));
  // One lookup per connection: the address that was checked is the one that was connected to.
  expect(resolveName).toHaveBeenCalledTimes(2);
});

test.each([
  ['http://127.0.0.1', '127.0.0.1', 'a loopback address'],
  ['http://127.1', '127.0.0.1', 'a loopback address'],
  ['http://0x7f000001', '127.0.0.1', 'a loopback address'],
  ['http://[::1]', '::1', 'a loopback address'],
  ['http://[::ffff:127.0.0.1]', '::ffff:7f00:1', 'a loopback address'],
])('does not connect to %s, which needs no lookup', async (origin, address, kind) => {
  const before = receiver.sockets.length;
  const agent = createGuardedAgent({
    allowedHosts: () => [],
    connectTimeoutMs: () => 1_000,
    resolveName: resolving(),
  });
  const url = `${origin}:${receiver.port}/hook`;
  await expect(request(url, { dispatcher: agent })).rejects.toMatchObject({
    name: 'RefusedAddressError',
    message: expect.stringContaining(`leads to ${address}, ${kind}: `),
  });
  expect(receiver.sockets).toHaveLength(before);
  await agent.close();
});

test.each([
  ['localhost', /^nothing was sent: the URL leads to localhost, the machine of the CMS itself/],
  ['127.1', /^nothing was sent: the URL leads to 127\.0\.0\.1, a loopback address/],
  ['user:pass@127.0.0.1', /^nothing was sent: the URL contains a user name or password/],
])('does not send to what cannot be saved: %s', async (host, message) => {
  expect(await errorOf(`http://${host}:${receiver.port}/`, [])).toMatch(message);
});

test.each([
  ['its name', () => 'site.test'],
  ['its name and port', (port: number) => `site.test:${port}`],
  ['the address', () => '127.0.0.1'],
  ['the address and port', (port: number) => `127.0.0.1:${port}`],
])('notifies a private site if %s is allowed', async (_name, allowed) => {
  const { port } = receiver;
  sender = startSender({ allowedHosts: [allowed(port)] }, resolving(['127.0.0.1']));
  const { outcome } = await sender.send(buildSend({ url: `http://site.test:${port}/` }));
  expect(outcome.kind).toBe('delivered');
});

test.each([
  ['another name', () => 'other.test'],
  ['another port', (port: number) => `site.test:${port + 1}`],
  ['another port of the address', (port: number) => `127.0.0.1:${port + 1}`],
])('does not notify a private site if %s is allowed', async (_name, allowed) => {
  const { port } = receiver;
  const url = `http://site.test:${port}/`;
  expect(await errorOf(url, [allowed(port)], resolving(['127.0.0.1']))).toBe(
    refusal('127.0.0.1', 'a loopback address', 'site.test')
  );
});
