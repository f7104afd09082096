import type { DocumentProgress } from '../../src/plugins/deploy-hooks/shared';
import { loginAsAdmin } from '../helpers/accounts';
import {
  githubRequest,
  netlifyRequest,
  receiverRequest,
  vercelRequest,
  type HostRequest,
} from '../helpers/build-host';
import { findPublications } from '../helpers/frontmatter';
import { MINUTE, QUIET, SECOND, useNotifiedSite } from '../helpers/notified-site';

const SECRET = 'a-secret-of-the-host';
const SIGNING_SECRET = `whsec_${Buffer.from('one that signs, 32 bytes or more').toString('base64')}`;

const setup = useNotifiedSite();
const { addHook, edit, fresh, pass, publish } = setup;

const iso = (ms: number): string => new Date(ms).toISOString();

/** Sends a report and returns the status. */
async function report({ headers, body }: HostRequest, id = setup.hookId): Promise<number> {
  const { status } = await setup.cms.http
    .post(`/api/deploy-hooks/reports/${id}`)
    .set({ 'Content-Type': 'application/json', ...headers })
    .send(body);
  return status;
}

const netlify = (id: string, state: string, createdAt: number, more: object = {}) =>
  report(netlifyRequest(SECRET, { id, state, created_at: iso(createdAt), ...more }));

const live = async () =>
  (await setup.hooks.deliveries(setup.hookId)).map((delivery) => delivery.live?.kind ?? null);

/** The progress of a document, as an editor sees it. */
async function progress(slug: string): Promise<DocumentProgress> {
  const admin = await loginAsAdmin(setup.strapi);
  const { body } = await admin.get(`/deploy-hooks/documents/roadmaps/${slug}`);
  return body.data.find(({ hook }: DocumentProgress) => hook.id === setup.hookId);
}

async function publishAndNotify(slug: string): Promise<string> {
  const documentId = await publish(slug);
  await pass(QUIET);
  return documentId;
}

test('a Netlify build is followed to its end, with the log of a failed one', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const slug = fresh('netlify');
  await publishAndNotify(slug);
  const begun = setup.now + SECOND;

  expect(await progress(slug)).toMatchObject({ stage: 'triggered', link: null });
  expect(await netlify('d1', 'building', begun)).toBe(204);
  expect(await progress(slug)).toMatchObject({ stage: 'building', at: iso(begun) });
  await netlify('d1', 'error', begun, { error_message: 'astro: not found' });
  expect(await progress(slug)).toMatchObject({
    stage: 'build-failed',
    link: 'https://app.netlify.com/sites/site/deploys/d1',
  });
  await netlify('d2', 'building', begun + MINUTE);
  await netlify('d2', 'ready', begun + MINUTE);
  expect(await progress(slug)).toMatchObject({ stage: 'live', link: 'https://site.example' });
  expect(await setup.hooks.row(setup.hookId)).toMatchObject({ buildFailure: null });
});

test('a build that began before a change was published does not show it', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const [first, second] = [fresh('first'), fresh('second')];
  await publishAndNotify(first);
  const begun = setup.now + SECOND;
  await netlify('d1', 'building', begun);
  await pass(10 * SECOND);
  await publishAndNotify(second);
  await netlify('d1', 'ready', begun);

  expect((await progress(first)).stage).toBe('live');
  expect((await progress(second)).stage).toBe('triggered');
  expect(await live()).toEqual(['live', null]);
});

test('reports that arrive twice, late or out of order change nothing that is known', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const slug = fresh('order');
  await publishAndNotify(slug);
  const begun = setup.now + SECOND;
  await netlify('d1', 'ready', begun);
  await netlify('d1', 'building', begun);
  await netlify('d0', 'error', begun - MINUTE);
  await netlify('d1', 'ready', begun);

  expect(await live()).toEqual(['live']);
  expect(await setup.hooks.row(setup.hookId)).toMatchObject({ buildFailure: null });
});

test('Vercel reports the start of a deployment only once; without it, nothing is claimed', async () => {
  await addHook({ preset: 'vercel', reportSecret: SECRET });
  const slug = fresh('vercel');
  await publishAndNotify(slug);
  const begun = setup.now + SECOND;

  await report(vercelRequest(SECRET, 'deployment.promoted', 'dpl_0', begun + MINUTE));
  await report(vercelRequest(SECRET, 'deployment.created', 'dpl_1', begun, null));
  expect(await live()).toEqual([null]);
  await report(vercelRequest(SECRET, 'deployment.created', 'dpl_1', begun));
  expect(await live()).toEqual(['building']);
  await report(vercelRequest(SECRET, 'deployment.canceled', 'dpl_1', begun + SECOND));
  expect(await live()).toEqual(['waiting']);
  await report(vercelRequest(SECRET, 'deployment.created', 'dpl_2', begun + 2 * SECOND));
  await report(vercelRequest(SECRET, 'deployment.promoted', 'dpl_2', begun + MINUTE));
  expect(await progress(slug)).toMatchObject({
    stage: 'live',
    link: 'https://site-1a2b.vercel.app',
  });
});

test('a GitHub workflow counts from its start, and so does its deployment', async () => {
  await addHook({ preset: 'github', token: 'a-token', reportSecret: SECRET });
  const slug = fresh('github');
  await publishAndNotify(slug);
  const run = {
    id: 5,
    run_attempt: 1,
    event: 'repository_dispatch',
    status: 'in_progress',
    conclusion: null,
    created_at: iso(setup.now + SECOND),
    html_url: 'https://github.com/o/r/actions/runs/5',
  };
  const deployed = {
    deployment: { id: 1, created_at: iso(setup.now + MINUTE), environment: 'github-pages' },
    deployment_status: { state: 'success', environment_url: 'https://o.github.io/r' },
  };

  await report(githubRequest(SECRET, 'workflow_run', { workflow_run: run }));
  expect((await progress(slug)).stage).toBe('building');
  const earlier = { ...run, id: 4, created_at: iso(setup.now - MINUTE) };
  await report(githubRequest(SECRET, 'deployment_status', { ...deployed, workflow_run: earlier }));
  expect((await progress(slug)).stage).toBe('building');
  await report(githubRequest(SECRET, 'deployment_status', { ...deployed, workflow_run: run }));
  expect(await progress(slug)).toMatchObject({ stage: 'live', link: 'https://o.github.io/r' });
});

test('a self-hosted receiver reports which position it shows', async () => {
  await addHook({ secret: SIGNING_SECRET });
  const [first, second] = [fresh('shown'), fresh('not-shown')];
  const documentId = await publishAndNotify(first);
  const [publication] = await findPublications(setup.strapi, { documentId });
  await publishAndNotify(second);
  const succeeded = (cursor: string) =>
    report(
      receiverRequest(SIGNING_SECRET, {
        type: 'build.succeeded',
        timestamp: new Date().toISOString(),
        data: { build: 'b1', cursor, url: 'https://site.example' },
      })
    );

  await succeeded(`${(publication?.seq ?? 0) + 100}.00000000`);
  expect(await live()).toEqual([null, null]);
  await succeeded(`${publication?.seq}.${publication?.token}`);
  expect(await live()).toEqual(['live', null]);
  expect(await setup.hooks.row(setup.hookId)).toMatchObject({ liveSeq: publication?.seq });
});

test('a position that the site does not contain is not called live, whenever the build began', async () => {
  await addHook({ secret: SIGNING_SECRET });
  const documentId = await publishAndNotify(fresh('contained'));
  const [publication] = await findPublications(setup.strapi, { documentId });
  const say = (type: string, cursor?: string) =>
    report(
      receiverRequest(SIGNING_SECRET, {
        type,
        timestamp: iso(setup.now + SECOND),
        data: { build: 'b1', cursor, startedAt: iso(setup.now + SECOND) },
      })
    );
  const [older] = await findPublications(setup.strapi, {
    seq: { $lt: publication?.seq },
  });

  await say('build.succeeded', '3.00000000');
  expect(await live()).toEqual([null]);
  await say('build.started');
  await say('build.succeeded', `${older?.seq}.${older?.token}`);
  expect(await live()).toEqual(['building']);
  await say('build.succeeded', `${publication?.seq}.${publication?.token}`);
  expect(await live()).toEqual(['live']);
});

test('a build whose end is never reported is forgotten', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const slug = fresh('forgotten');
  await publishAndNotify(slug);
  await netlify('d1', 'building', setup.now);
  expect((await progress(slug)).stage).toBe('building');
  await pass(60 * MINUTE);

  expect((await progress(slug)).stage).toBe('triggered');
});

test('a hook that moves to another site forgets the failure of the previous one', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  await publishAndNotify(fresh('moved'));
  await netlify('d1', 'error', setup.now);
  expect((await setup.hooks.row(setup.hookId))?.buildFailure).toMatchObject({ at: iso(setup.now) });
  await setup.hooks.update(setup.hookId, { url: `${setup.site.url}/other` });

  expect((await setup.hooks.row(setup.hookId))?.buildFailure).toBeNull();
});

test('a report that the host did not sign is refused, and changes nothing', async () => {
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  await publishAndNotify(fresh('forged'));
  const deploy = { id: 'd1', state: 'ready', created_at: iso(setup.now + SECOND) };
  const good = netlifyRequest(SECRET, deploy);

  expect(await report(netlifyRequest('another secret', deploy))).toBe(401);
  expect(await report({ ...good, body: good.body.replace('ready', 'error') })).toBe(401);
  expect(await report({ ...good, headers: {} })).toBe(401);
  expect(await report({ ...good, headers: { 'X-Webhook-Signature': 'a.b.c' } })).toBe(401);
  expect(await report(githubRequest(SECRET, 'workflow_run', {}))).toBe(401);
  expect(await report(good, 999_999)).toBe(404);
  expect(await live()).toEqual([null]);

  await setup.hooks.update(setup.hookId, { preset: 'vercel' });
  expect(await report(vercelRequest(SECRET, 'deployment.created', 'x', setup.now))).toBe(401);
});

test('a receiver’s report that is too old, or of another hook, is refused', async () => {
  await addHook({ secret: SIGNING_SECRET });
  const message = { type: 'build.started', timestamp: iso(setup.now), data: { build: 'b' } };
  const old = new Date(Date.now() - 10 * MINUTE);
  const other = `whsec_${Buffer.from('another one that signs, 32 bytes').toString('base64')}`;

  expect(await report(receiverRequest(SIGNING_SECRET, message))).toBe(204);
  expect(await report(receiverRequest(SIGNING_SECRET, message, old))).toBe(401);
  expect(await report(receiverRequest(other, message))).toBe(401);
  expect(await report(receiverRequest(SIGNING_SECRET, { ...message, data: {} }))).toBe(400);
});

test('the error for a report that is not JSON says what to choose at the host; a report that is too long is refused', async () => {
  await addHook({ preset: 'github', token: 'a-token', reportSecret: SECRET });
  const long = { text: 'x'.repeat(600_000) };
  const answer = await setup.cms.http
    .post(`/api/deploy-hooks/reports/${setup.hookId}`)
    .set(githubRequest(SECRET, 'workflow_run', 'payload=%7B%7D').headers)
    .type('application/x-www-form-urlencoded')
    .send('payload=%7B%7D');

  expect([answer.status, answer.body.error.message]).toEqual([
    400,
    'The report is not JSON: choose application/json as the content type at the host',
  ]);
  expect(await report(githubRequest(SECRET, 'workflow_run', long))).toBe(413);
});

test('operators are notified once of failing builds, and when one succeeds again', async () => {
  const heard: string[] = [];
  const stops = ['failing', 'recovered'].map((event) =>
    setup.strapi.eventHub.on(`deploy-hooks.${event}`, async ({ kind }: { kind?: string }) => {
      heard.push(kind ?? event);
    })
  );
  const errors = jest.spyOn(setup.strapi.log, 'error').mockImplementation();
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const documentId = await publishAndNotify(fresh('alert'));
  await netlify('d1', 'error', setup.now, { error_message: 'out of memory' });
  await pass(SECOND);
  await edit(documentId, { title: 'Tried again' });
  await pass(QUIET);
  await netlify('d2', 'error', setup.now, { error_message: 'out of memory' });
  await pass(SECOND);

  expect(heard).toEqual(['build-failed']);
  expect(errors.mock.calls.join()).toContain('out of memory (https://app.netlify.com/');
  await netlify('d3', 'ready', setup.now);
  await pass(SECOND);
  expect(heard).toEqual(['build-failed', 'recovered']);
  errors.mockRestore();
  for (const stop of stops) stop();
});

test('the secret of the reports is never returned, and does not apply to other presets', async () => {
  const admin = await loginAsAdmin(setup.strapi);
  await addHook({ preset: 'netlify', reportSecret: SECRET });
  const { body, text } = await admin.get(`/deploy-hooks/hooks/${setup.hookId}`);
  const refused = await admin
    .post('/deploy-hooks/hooks')
    .send({ name: 'x', url: setup.site.url, reportSecret: SECRET });

  expect(body.data).toMatchObject({
    hasReportSecret: true,
    reportUrl: expect.stringMatching(`^http.*/api/deploy-hooks/reports/${setup.hookId}$`),
  });
  expect(text).not.toContain(SECRET);
  expect(refused.body.error.details.errors).toEqual([
    expect.objectContaining({
      path: ['reportSecret'],
      message: 'does not apply to generic: leave it out',
    }),
  ]);
});
