import {
  DELIVERIES,
  GIVEN_SECRET,
  HOOKS,
  HUSH,
  pathsOf,
  testSecrecy,
  useHookOperator,
} from '../helpers/hook-operator';

const DELIVERY = 'plugin::deploy-hooks.delivery';
const DAY_MS = 24 * 60 * 60 * 1_000;

const operator = useHookOperator();
const { ask, createHook, settings, service, hookRows, rowOf, credentialsOf, note } = operator;

test('a rotated secret is shown once, and the previous one stays valid for a day beside it', async () => {
  const { id, secret: first } = await createHook();
  const { body } = await ask('post', `${HOOKS}/${id}/secret`);
  const { secret: second, previousSecretUntil } = body.data;

  const { secrets } = await credentialsOf(id);
  const clock = service('clock');
  const { now } = clock;
  clock.now = () => new Date(Date.now() + DAY_MS);
  const dayAfter = await ask('get', `${HOOKS}/${id}`);
  clock.now = now;

  expect(second).not.toBe(first);
  expect(secrets).toEqual([{ secret: second }, { secret: first, until: previousSecretUntil }]);
  expect(dayAfter.body.data.previousSecretUntil).toBeNull();
});

test('deleting a hook ends its deliveries, and leaves them readable', async () => {
  const { id } = await createHook({ name: 'deleted' });
  const open = await createDelivery({ hookId: id, state: 'open', nextAttemptAt: new Date() });
  const checked = await createDelivery({
    hookId: id,
    state: 'delivered',
    live: { kind: 'waiting' },
    liveCheckAt: new Date(),
  });

  const { status, body } = await ask('delete', `${HOOKS}/${id}`);

  expect([status, body.data.name]).toEqual([200, 'deleted']);
  expect((await ask('get', `${HOOKS}/${id}`)).status).toBe(404);
  const deliveries = operator.cms.strapi.db.query(DELIVERY as never);
  expect(await deliveries.findOne({ where: { id: open } })).toMatchObject({
    state: 'cancelled',
    endedAt: expect.any(String),
    nextAttemptAt: null,
  });
  expect(await deliveries.findOne({ where: { id: checked } })).toMatchObject({
    state: 'delivered',
    live: { kind: 'unknown' },
    liveCheckAt: null,
  });
});

let messageCount = 0;

/** Creates a delivery as the dispatcher would. */
async function createDelivery(given: object): Promise<number> {
  messageCount += 1;
  const message = {
    type: 'content.changed',
    timestamp: '2026-11-23T12:00:00.000Z',
    data: {
      cursor: { from: '0', to: '1.0a1b2c3d' },
      counts: { roadmaps: 1 },
      changes: [
        {
          collection: 'roadmaps',
          slug: 'backend',
          state: 'live',
          reason: 'updated',
          changed: ['title'],
        },
      ],
    },
  };
  const { id } = await operator.cms.strapi.db.query(DELIVERY as never).create({
    data: {
      hookName: 'listed',
      messageId: `msg_${messageCount}`,
      kind: 'changes',
      fromSeq: 0,
      fromToken: '',
      toSeq: 1,
      toToken: '0a1b2c3d',
      message: JSON.stringify(message),
      revision: 1,
      attempts: [],
      createdAt: new Date('2026-11-23T12:00:00.000Z'),
      ...given,
    },
  });
  return id;
}

describe('deliveries', () => {
  const HOOK_ID = 1_000_000;

  beforeAll(async () => {
    for (const state of ['delivered', 'superseded', 'delivered', 'failed']) {
      await createDelivery({
        hookId: HOOK_ID,
        state,
        kind: state === 'failed' ? 'test' : 'changes',
      });
    }
  });

  test('are listed in pages, the newest first', async () => {
    const list = (query: string) =>
      ask<{ state: string }[]>('get', `${DELIVERIES}?hook=${HOOK_ID}${query}`);
    const { body: first } = await list('&pageSize=3');
    const { body: second } = await list('&pageSize=3&page=2');
    const { body: filtered } = await list('&state=delivered&kind=changes');
    const { body: tests } = await list('&kind=test');

    const statesOf = ({ data }: typeof first) => data.map(({ state }) => state);
    expect(statesOf(first)).toEqual(['failed', 'delivered', 'superseded']);
    expect(statesOf(second)).toEqual(['delivered']);
    expect(second.meta).toEqual({
      pagination: { page: 2, pageSize: 3, pageCount: 2, total: 4 },
    });
    expect(statesOf(filtered)).toEqual(['delivered', 'delivered']);
    expect(statesOf(tests)).toEqual(['failed']);
    expect(second.data[0]).toEqual({
      id: expect.any(Number),
      hook: { id: HOOK_ID, name: 'listed' },
      messageId: expect.stringMatching(/^msg_/),
      kind: 'changes',
      state: 'delivered',
      from: '0',
      to: '1.0a1b2c3d',
      counts: { roadmaps: 1 },
      changes: [{ collection: 'roadmaps', slug: 'backend', state: 'live', changed: ['title'] }],
      attempts: [],
      attemptCount: 0,
      createdAt: '2026-11-23T12:00:00.000Z',
      nextAttemptAt: null,
      endedAt: null,
      live: null,
    });
  });

  test.each([
    'hook=x',
    'state=lost',
    'kind=other',
    'page=0',
    'pageSize=101',
    'sort=id',
    'hook=1&hook=2',
  ])('are not listed for the invalid query ?%s', async (query) => {
    const { status, body } = await ask('get', `${DELIVERIES}?${query}`);

    expect(status).toBe(400);
    expect(body.error?.details.errors[0]?.path).toEqual([query.split('=')[0]]);
  });
});

describe('an operator', () => {
  test('sends a test, and sends it again', async () => {
    const { id, name } = await createHook();

    const sent = await ask<{ id: number; messageId: string }>('post', `${HOOKS}/${id}/test`);
    const again = await ask<{ messageId: string }>(
      'post',
      `${DELIVERIES}/${sent.body.data.id}/send`
    );

    expect(sent.status).toBe(200);
    expect(sent.body.data).toMatchObject({ kind: 'test', hook: { id, name } });
    expect([again.status, again.body.data.messageId]).toEqual([200, sent.body.data.messageId]);
  });

  test('notifies a site now', async () => {
    const { id } = await createHook();

    const { status, body } = await ask('post', `${HOOKS}/${id}/trigger`);

    expect([status, body.data]).toEqual([200, expect.objectContaining({ kind: 'changes' })]);
  });

  test('pauses and resumes a hook', async () => {
    const { id } = await createHook();

    const paused = await ask('post', `${HOOKS}/${id}/pause`);
    const resumed = await ask('post', `${HOOKS}/${id}/resume`);

    expect(paused.body.data.state).toMatchObject({ kind: 'paused', reason: expect.any(String) });
    expect(resumed.body.data.state).toEqual({ kind: 'up-to-date' });
  });
});

describe('hooks that are declared in the environment', () => {
  const declaration = (given: object = {}) => ({
    name: 'declared',
    url: `${operator.receiver.url}/${HUSH}`,
    secret: GIVEN_SECRET,
    headers: { 'X-Key': HUSH },
    ...given,
  });

  /** Applies declarations, as the start of a process does. */
  async function start(declared: unknown): Promise<void> {
    const text = typeof declared === 'string' ? declared : JSON.stringify(declared);
    operator.cms.strapi.config.set('plugin::deploy-hooks.declared', text);
    await service('declared-hooks').apply();
  }

  const declaredRows = () =>
    hookRows().findMany({ where: { isDeclared: true }, orderBy: { id: 'asc' } });

  afterAll(() => operator.cms.strapi.config.set('plugin::deploy-hooks.declared', ''));

  test('are created once, however many replicas start at once', async () => {
    await Promise.all(
      Array.from({ length: 5 }, () => start([declaration(), declaration({ name: 'second' })]))
    );

    expect((await declaredRows()).map(({ name }) => name)).toEqual(['declared', 'second']);
  });

  test('are not written again if nothing changed', async () => {
    await start([declaration(), declaration({ name: 'second' })]);
    const before = await declaredRows();

    await start([declaration(), declaration({ name: 'second' })]);

    expect(await declaredRows()).toEqual(before);
  });

  test('follow the environment, and keep their cursor', async () => {
    await start([declaration()]);
    const [before] = await declaredRows();
    await note(before?.id, { cursorSeq: 5, cursorToken: '0a1b2c3d' });

    await start([declaration({ filter: { collections: ['roadmaps'] }, maxWaitMs: 90_000 })]);

    const [row] = await declaredRows();
    expect(row).toMatchObject({
      id: before?.id,
      cursorSeq: 5,
      cursorToken: '0a1b2c3d',
      filter: { collections: ['roadmaps'] },
      maxWaitMs: 90_000,
      revision: before?.revision + 1,
    });
  });

  test('also sign with the previous secret for a day after it changed', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    await start([declaration()]);

    await start([declaration({ secret })]);
    await start([declaration({ secret })]);

    const [{ id }] = (await declaredRows()) as [{ id: number }];
    const { secrets } = await credentialsOf(id);
    expect(secrets).toEqual([{ secret }, { secret: GIVEN_SECRET, until: expect.any(String) }]);
  });

  test('take over an existing hook with their name', async () => {
    const { id } = await createHook({ name: 'made by hand' });

    await start([declaration({ name: 'made by hand' })]);

    expect(await rowOf(id)).toMatchObject({ isDeclared: true });
    expect(await hookRows().count({ where: { name: 'made by hand' } })).toBe(1);
  });

  test('are removed with their declaration, once a server runs', async () => {
    await start([declaration(), declaration({ name: 'second' })]);

    await start([declaration()]);
    const before = (await declaredRows()).map(({ name }) => name);
    await service('declared-hooks').removeOthers();

    expect(before).toContain('second');
    expect((await declaredRows()).map(({ name }) => name)).toEqual(['declared']);
  });

  test('can only be read, paused, resumed and sent through the API', async () => {
    await start([declaration()]);
    const [{ id }] = (await declaredRows()) as [{ id: number }];
    const path = `${HOOKS}/${id}`;

    const refused = [
      await ask('put', path, { name: 'mine' }),
      await ask('delete', path),
      await ask('post', `${path}/secret`),
    ];

    for (const { status, body } of refused) {
      expect([status, body.error?.message]).toEqual([
        400,
        "'declared' is declared in the environment: change it in DEPLOY_HOOKS_DECLARED, and restart",
      ]);
    }
    for (const action of ['test', 'trigger', 'pause', 'resume']) {
      expect((await ask('post', `${path}/${action}`)).status).toBe(200);
    }
    expect((await ask('get', path)).body.data).toMatchObject({ isDeclared: true });
  });

  test.each<[string, unknown, RegExp]>([
    [
      'no JSON',
      `[{ "name": "a", "secret": ${HUSH} }]`,
      /^DEPLOY_HOOKS_DECLARED: is not valid JSON/,
    ],
    ['no list', { url: HUSH }, /^DEPLOY_HOOKS_DECLARED: must be a list/],
    [
      'a wrong one',
      [declared({}), declared({ url: `ftp://${HUSH}`, quiet: 1 })],
      /^DEPLOY_HOOKS_DECLARED\[1\]: quiet: is not known/,
    ],
    ['a wrong address', [declared({ url: `ftp://${HUSH}` })], /^DEPLOY_HOOKS_DECLARED\[0\]: url: /],
    ['a wrong secret', [declared({ secret: HUSH })], /^DEPLOY_HOOKS_DECLARED\[0\]: secret: /],
    [
      'no secret',
      [declared({ secret: undefined })],
      /^DEPLOY_HOOKS_DECLARED\[0\]: secret: is missing/,
    ],
    ['one name twice', [declared({}), declared({})], /^DEPLOY_HOOKS_DECLARED\[1\]: name: /],
  ])('stop the start with an error that says where: %s', async (_, given, expected) => {
    const before = await declaredRows();

    const error: Error = await start(given).then(
      () => new Error('it started'),
      (reason) => reason
    );

    expect(error.message).toMatch(expected);
    expect(`${error.message}${error.stack}`).not.toContain(HUSH);
    expect(await declaredRows()).toEqual(before);
  });
});

/** A declaration that is available before the receiver runs. */
function declared(given: object): object {
  return { name: 'x', url: `https://example.org/${HUSH}`, secret: GIVEN_SECRET, ...given };
}

describe('the key that secrets are stored with', () => {
  const PATH = 'admin.secrets.encryptionKey';
  let key: unknown;

  beforeAll(() => {
    key = operator.cms.strapi.config.get(PATH);
  });

  afterEach(() => operator.cms.strapi.config.set(PATH, key));

  test('is required', async () => {
    operator.cms.strapi.config.set(PATH, undefined);

    const { status, body } = await ask('post', HOOKS, settings());

    expect([status, body.error?.message]).toEqual([400, expect.stringContaining('ENCRYPTION_KEY')]);
  });

  test('may have changed: the hook says so, can be disabled, and works again with its address', async () => {
    const { id, secret: first } = await createHook({ headers: { 'X-Key': HUSH } });
    const path = `${HOOKS}/${id}`;
    operator.cms.strapi.config.set(PATH, 'another-key');

    const found = await ask('get', path);
    const rotated = await ask('post', `${path}/secret`);
    const changed = await ask('put', path, { headers: { 'X-Key': null } });
    const disabled = await ask('put', path, { isEnabled: false });
    const github = await ask('put', path, { url: operator.receiver.url, preset: 'github' });
    const given = await ask('put', path, { url: operator.receiver.url, isEnabled: true });

    expect(found.body.data).toMatchObject({ isReadable: false, headerNames: [] });
    expect([rotated.status, pathsOf(rotated)]).toEqual([400, ['url']]);
    expect([changed.status, pathsOf(changed)]).toEqual([400, ['url']]);
    expect([github.status, pathsOf(github)]).toEqual([400, ['token']]);
    expect([disabled.status, disabled.body.data.state]).toEqual([200, { kind: 'disabled' }]);
    expect(given.body.data).toMatchObject({ isReadable: true });
    expect(given.body.data.secret).toMatch(/^whsec_/);
    expect(given.body.data.secret).not.toBe(first);
  });
});

testSecrecy(operator);
