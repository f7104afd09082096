import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { formatCursor } from '../../src/plugins/frontmatter/core';
import type { PublicationLog } from '../../src/plugins/frontmatter/shared';
import { listen, startCms, type Cms } from '../helpers/cms';
import { startExampleReceiver, type ExampleReceiver } from '../helpers/example-receiver';
import { importText } from '../helpers/frontmatter';
import { roadmapText } from '../helpers/uploads';

const MINUTE_MS = 60_000;
const BODY = JSON.stringify({ type: 'content.changed', data: { counts: { roadmaps: 1 } } });

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

let cms: Cms;
let folder: string;
let receiver: ExampleReceiver;
/** Proxy between the receiver and the CMS. */
let gateway: Server;
let isCmsReached = true;
const secret = newSecret();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-receiver-'));
  cms = await startCms();
  await importText(cms.strapi, 'kites', roadmapText());
  const cmsUrl = await listen(cms);
  gateway = createServer(async ({ url }, response) => {
    const answer = isCmsReached ? await fetch(`${cmsUrl}${url}`) : undefined;
    response.writeHead(answer?.status ?? 503).end(await answer?.text());
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const { port } = gateway.address() as AddressInfo;
  receiver = await startExampleReceiver(folder, { cmsUrl: `http://127.0.0.1:${port}`, secret });
  await receiver.waitFor(/^shows /);
});

afterAll(async () => {
  await receiver.stop();
  gateway.closeAllConnections();
  gateway.close();
  await cms.stop();
  await rm(folder, { recursive: true });
});

interface SentMessage {
  id?: string;
  at?: Date;
  signedBy?: string;
  body?: string;
}

/** Sends a message as the CMS does, and returns the status of the answer. */
async function send({
  id = `msg_${randomBytes(8).toString('hex')}`,
  at = new Date(),
  signedBy = secret,
  body = BODY,
}: SentMessage = {}): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(signedBy).sign(id, at, body),
  };
  return post(headers, body);
}

const post = async (headers: Record<string, string>, body: string): Promise<number> =>
  (await fetch(receiver.url, { method: 'POST', headers, body })).status;

const newestCursor = async (): Promise<string> => {
  const log = cms.strapi.plugin('frontmatter').service('publication-log') as PublicationLog;
  return formatCursor(await log.newest());
};

const updates = (): number => receiver.lines.filter((line) => line.startsWith('shows ')).length;

/** Resolves when the site shows what is published, with the documents of its copy. */
async function untilUpToDate({ after = 0 } = {}): Promise<string[]> {
  await receiver.waitFor(new RegExp(`^shows ${await newestCursor()}$`), { after });
  const { documents } = (await receiver.read('content.json')) as { documents: object };
  return Object.keys(documents).sort();
}

test('it reads what is published when it starts', async () => {
  expect(await untilUpToDate()).toEqual(['roadmaps/kites']);
});

test('it accepts a signed message, reads what changed, and says what it shows', async () => {
  await importText(cms.strapi, 'rafts', roadmapText());

  expect(await send()).toBe(204);

  expect(await untilUpToDate()).toEqual(['roadmaps/kites', 'roadmaps/rafts']);
  expect(await receiver.read('_content-version.json')).toEqual({ cursor: await newestCursor() });
});

describe('it answers 401, and reads nothing, for a message', () => {
  const wrong: [title: string, send: () => Promise<number>][] = [
    ['without a signature', () => post({ 'webhook-id': 'msg_1' }, BODY)],
    ['signed with another secret', () => send({ signedBy: newSecret() })],
    ['that was signed ten minutes ago', () => send({ at: new Date(Date.now() - 10 * MINUTE_MS) })],
    ['that is too long', () => send({ body: JSON.stringify('a'.repeat(30_000)) })],
    [
      'whose body is another than was signed',
      () => {
        const at = new Date();
        return post(
          {
            'webhook-id': 'msg_2',
            'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
            'webhook-signature': new Webhook(secret).sign('msg_2', at, BODY),
          },
          `${BODY} `
        );
      },
    ],
  ];

  test.each(wrong)('%s', async (_title, sendWrongly) => {
    const before = updates();

    expect(await sendWrongly()).toBe(401);

    const lines = receiver.lines.length;
    await send();
    await untilUpToDate({ after: lines });
    expect(updates()).toBe(before + 1);
  });
});

test('it accepts a repeated message, and reads nothing for it', async () => {
  const before = updates();
  const lines = receiver.lines.length;

  expect(await send({ id: 'msg_again' })).toBe(204);
  expect(await send({ id: 'msg_again' })).toBe(204);

  await send();
  await receiver.waitFor(/^shows /, { after: lines + 1 });
  expect(updates()).toBe(before + 2);
});

test('it reads what it accepted as soon as the CMS answers again', async () => {
  isCmsReached = false;
  await importText(cms.strapi, 'drums', roadmapText());
  const refused = once(gateway, 'request');

  expect(await send()).toBe(204);
  await refused;
  isCmsReached = true;

  expect(await untilUpToDate()).toContain('roadmaps/drums');
});

test('after a restore it reads everything again', async () => {
  const lines = receiver.lines.length;
  await cms.strapi.plugin('frontmatter').service('publications').endCursors();

  expect(await send()).toBe(204);

  expect(await untilUpToDate({ after: lines })).toEqual([
    'roadmaps/drums',
    'roadmaps/kites',
    'roadmaps/rafts',
  ]);
});
