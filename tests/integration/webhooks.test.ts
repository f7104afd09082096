// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import type supertest from 'supertest';
import { loginAsAdmin } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { setDay } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { startWebhookReceiver, type WebhookReceiver } from '../helpers/webhook-receiver';

let cms: Cms;
let admin: ReturnType<typeof supertest.agent>;
let receiver: WebhookReceiver;

/** Adds a webhook with the request that Settings → Webhooks sends. */
const addWebhook = (url: string, events: string[]) =>
  admin
    .post('/admin/webhooks')
    .send({ name: `to ${url}`, url, headers: { 'X-Site': 'docs' }, events });

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
  receiver = await startWebhookReceiver();
  expect((await addWebhook(receiver.url, ['entry.publish', 'entry.unpublish'])).status).toBe(201);
});

afterAll(async () => {
  await cms.stop();
  await receiver.stop();
});

const isAbout =
  (event: string, slug: string) =>
  (request: { body: WebhookReceiver['requests'][number]['body'] }) =>
    request.body.event === event && request.body.entry?.['slug'] === slug;

test('a publish in the panel reaches the receiver with the entry and its new date', async () => {
  setDay(cms.strapi, '2026-03-01');
  const panel = `/content-manager/collection-types/${ROADMAP}`;
  const { body } = await admin.post(panel).send(buildRoadmap({ slug: 'from-panel' }));
  await admin.post(`${panel}/${body.data.documentId}/actions/publish`).send({});

  const { headers, body: message } = await receiver.receive(isAbout('entry.publish', 'from-panel'));

  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'x-strapi-event': 'entry.publish',
    'x-site': 'docs',
  });
  expect(message).toMatchObject({
    event: 'entry.publish',
    model: 'roadmap',
    entry: { slug: 'from-panel', dateModified: '2026-03-01' },
  });
});

test('each of several publishes reaches the receiver, and so does an unpublish', async () => {
  const slugs = ['several-1', 'several-2', 'several-3', 'several-4', 'several-5', 'several-6'];
  const [first] = await Promise.all(slugs.map((slug) => publishRoadmap(cms.strapi, { slug })));
  await cms.strapi.documents(ROADMAP).unpublish({ documentId: first ?? '' });

  const published = slugs.map((slug) => receiver.receive(isAbout('entry.publish', slug)));
  expect(await Promise.all(published)).toHaveLength(slugs.length);
  await receiver.receive(isAbout('entry.unpublish', 'several-1'));
});

test('a publish through REST or by create with a status sends one message, as plain Strapi does', async () => {
  await publishRoadmap(cms.strapi, { slug: 'once' });
  await publishRoadmap(cms.strapi, { slug: 'after-once' });
  // Messages are sent concurrently, and the second may arrive first.
  await receiver.receive(isAbout('entry.publish', 'once'));
  await receiver.receive(isAbout('entry.publish', 'after-once'));

  expect(receiver.requests.filter(isAbout('entry.publish', 'once'))).toHaveLength(1);
});

describe('documented limits of Strapi’s webhooks', () => {
  test('a saved draft and a changed keyword send nothing on publish events', async () => {
    const { documentId } = await cms.strapi
      .documents('api::keyword.keyword')
      .create({ data: { name: 'before' } });
    await publishRoadmap(cms.strapi, { slug: 'quiet', keywords: [documentId] });
    await receiver.receive(isAbout('entry.publish', 'quiet'));
    const before = receiver.requests.length;

    await cms.strapi
      .documents('api::keyword.keyword')
      .update({ documentId, data: { name: 'after' } });
    await cms.strapi.documents(ROADMAP).create({ data: buildRoadmap({ slug: 'draft-only' }) });
    await publishRoadmap(cms.strapi, { slug: 'loud' });
    await receiver.receive(isAbout('entry.publish', 'loud'));

    expect(receiver.requests).toHaveLength(before + 1);
  });

  test('a receiver that responds with an error is not tried again', async () => {
    const failing = await startWebhookReceiver({ statusCode: 503 });
    await addWebhook(failing.url, ['entry.publish']);

    await publishRoadmap(cms.strapi, { slug: 'refused' });
    await failing.receive(isAbout('entry.publish', 'refused'));
    await publishRoadmap(cms.strapi, { slug: 'refused-later' });
    await failing.receive(isAbout('entry.publish', 'refused-later'));

    expect(failing.requests.filter(isAbout('entry.publish', 'refused'))).toHaveLength(1);
    await failing.stop();
  });
});
