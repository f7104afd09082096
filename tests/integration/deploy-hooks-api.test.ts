import type { Hook, NewHook } from '../../src/plugins/deploy-hooks/shared';
import { loginWithActions } from '../helpers/accounts';
import {
  DELIVERIES,
  GIVEN_SECRET,
  HOOKS,
  HUSH,
  pathsOf,
  testSecrecy,
  useHookOperator,
  type Method,
} from '../helpers/hook-operator';
import { publishRoadmap } from '../helpers/roadmaps';

const operator = useHookOperator();
const { ask, createHook, settings, service, hookRows, rowOf, credentialsOf, note } = operator;

describe('who may do what', () => {
  const NOT_THERE = '/2147483647';
  const ROUTES: [Method, string, 'read' | 'update' | 'trigger'][] = [
    ['get', HOOKS, 'read'],
    ['get', HOOKS + NOT_THERE, 'read'],
    ['get', DELIVERIES, 'read'],
    ['get', '/deploy-hooks/documents/roadmaps/nowhere', 'read'],
    ['post', HOOKS, 'update'],
    ['put', HOOKS + NOT_THERE, 'update'],
    ['delete', HOOKS + NOT_THERE, 'update'],
    ['post', `${HOOKS}${NOT_THERE}/secret`, 'update'],
    ['post', `${HOOKS}${NOT_THERE}/test`, 'trigger'],
    ['post', `${HOOKS}${NOT_THERE}/trigger`, 'trigger'],
    ['post', `${HOOKS}${NOT_THERE}/pause`, 'trigger'],
    ['post', `${HOOKS}${NOT_THERE}/resume`, 'trigger'],
    ['post', `${DELIVERIES}${NOT_THERE}/send`, 'trigger'],
  ];

  test('every route of the plugin is in this list', () => {
    const { admin: registered } = operator.cms.strapi.plugin('deploy-hooks').routes as unknown as {
      admin: { routes: { method: string; path: string }[] };
    };
    const ours = registered.routes.map(({ method, path }) =>
      `${method} /deploy-hooks${path}`.toLowerCase()
    );
    const tested = ROUTES.map(([method, path]) => {
      const pattern = path
        .replace(NOT_THERE, '/:id')
        .replace('/roadmaps/nowhere', '/:collection/:slug');
      return `${method} ${pattern}`;
    });

    expect(tested.sort()).toEqual(ours.sort());
  });

  test.each(['read', 'update', 'trigger'] as const)(
    'a role with the right to %s may do that and nothing else',
    async (right) => {
      const agent = await loginWithActions(operator.cms.strapi, [`plugin::deploy-hooks.${right}`]);
      for (const [method, path, needed] of ROUTES) {
        const { status } = await ask(method, path, method === 'get' ? undefined : {}, agent);
        const isLet = status !== 403;
        expect([method, path, isLet]).toEqual([method, path, needed === right]);
        if (isLet) expect([200, 400, 404]).toContain(status);
      }
    }
  );

  test('a role without any of these rights, and anyone not logged in, are refused everything', async () => {
    const agent = await loginWithActions(operator.cms.strapi, ['plugin::upload.read']);
    for (const [method, path] of ROUTES) {
      const body = method === 'get' ? undefined : {};
      expect((await ask(method, path, body, agent)).status).toBe(403);
      expect((await operator.cms.http[method](path).send(body)).status).toBe(401);
    }
  });

  test('the content API returns no hook', async () => {
    for (const path of ['/api/hooks', '/api/deploy-hooks', '/api/deploy-hooks/hooks']) {
      expect((await operator.cms.http.get(path)).status).toBe(404);
    }
  });
});

describe('a new hook', () => {
  test('begins at the newest position, and its secret is shown only this once', async () => {
    await publishRoadmap(operator.cms.strapi);
    const { seq, token } = await operator.cms.strapi
      .plugin('frontmatter')
      .service('publications')
      .cursor();

    const { secret, ...hook } = await createHook({ name: 'new', headers: { 'X-Key': HUSH } });

    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(hook).toEqual({
      id: hook.id,
      name: 'new',
      preset: 'generic',
      filter: {},
      quietPeriodMs: 5_000,
      maxWaitMs: 60_000,
      isEnabled: true,
      statusUrl: null,
      maskedUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/…/),
      headerNames: ['X-Key'],
      hasToken: false,
      hasReportSecret: false,
      reportUrl: expect.stringMatching(/\/api\/deploy-hooks\/reports\/\d+$/),
      buildFailure: null,
      isReadable: true,
      isDeclared: false,
      previousSecretUntil: null,
      cursor: `${seq}.${token}`,
      state: { kind: 'up-to-date' },
      lastDeliveredAt: null,
      lastTestAt: null,
      shows: null,
    });
    const found = await ask('get', `${HOOKS}/${hook.id}`);
    const { body } = await ask<Hook[]>('get', HOOKS);
    expect(found.body.data).toEqual(hook);
    expect(body.data).toContainEqual(hook);
  });

  test('notifies of everything that is published, if asked', async () => {
    const { id, cursor, state } = await createHook({ fromBeginning: true });

    expect(cursor).toBe('0');
    expect(state).toMatchObject({ kind: 'waiting', changes: 0 });
    expect(await rowOf(id)).toMatchObject({ startOver: 'new', startOverAt: expect.any(String) });
  });

  test('accepts a given secret', async () => {
    expect((await createHook({ secret: GIVEN_SECRET })).secret).toBe(GIVEN_SECRET);
  });

  test('of a host that checks no signature has no secret', async () => {
    const url = `https://api.netlify.com/build_hooks/${HUSH}`;
    const hook = await createHook({ preset: 'netlify', url });

    expect(hook).not.toHaveProperty('secret');
    expect((await ask('post', `${HOOKS}/${hook.id}/secret`)).status).toBe(400);
  });

  test('is stored without anything that a reader of the database could use', async () => {
    const { id } = await createHook({ headers: { 'X-Key': HUSH }, secret: GIVEN_SECRET });

    const stored = JSON.stringify(await rowOf(id));

    expect(stored).not.toContain(HUSH);
    expect(stored).not.toContain(GIVEN_SECRET);
  });

  test('is the only one with its name, however many are requested at once', async () => {
    const body = settings({ name: 'wanted by ten' });

    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => (await ask('post', HOOKS, body)).status)
    );

    expect(statuses.sort()).toEqual([201, ...Array(9).fill(400)]);
    expect(await hookRows().count({ where: { name: 'wanted by ten' } })).toBe(1);
  });
});

describe('what is refused', () => {
  beforeAll(() => createHook({ name: 'taken' }));

  test.each<[string, Partial<NewHook> & Record<string, unknown>, string[]]>([
    ['a name that is taken', { name: 'taken' }, ['name']],
    ['another scheme', { url: `ftp://example.org/${HUSH}` }, ['url']],
    ['credentials in an address', { url: `https://me:${HUSH}@example.org` }, ['url']],
    ['localhost', { url: 'http://localhost:1337' }, ['url']],
    ['a short form of loopback', { url: 'http://0x7f000002/' }, ['url']],
    ['loopback of IPv6', { url: 'http://[::1]/' }, ['url']],
    ['an IPv4 address in IPv6', { url: 'http://[::ffff:10.0.0.1]/' }, ['url']],
    ['the metadata service', { statusUrl: 'http://169.254.169.254/latest' }, ['statusUrl']],
    ['a forbidden header', { headers: { 'Content-Length': HUSH } }, ['headers.Content-Length']],
    ['a header within a header', { headers: { 'x-a': `${HUSH}\r\nx: y` } }, ['headers.x-a']],
    ['a short secret', { secret: `whsec_${HUSH}` }, ['secret']],
    [
      'periods out of range',
      { quietPeriodMs: 3_600_001, maxWaitMs: -1 },
      ['quietPeriodMs', 'maxWaitMs'],
    ],
    ['a wait below the quiet period', { quietPeriodMs: 9, maxWaitMs: 8 }, ['maxWaitMs']],
    ['an unknown collection', { filter: { collections: ['roadmap'] } }, ['filter.collections.0']],
    ['an unknown key', { filter: { changed: ['titel'] } }, ['filter.changed.0']],
    ['half a character', { filter: { tags: ['a\ud800'] } }, ['filter.tags.0']],
    ['columns of the dispatcher', { cursorSeq: 0, leaseOwner: 'me' }, ['cursorSeq', 'leaseOwner']],
    ['several at once', { name: 'taken', maxWaitMs: 1, url: HUSH }, ['url', 'maxWaitMs', 'name']],
  ])('%s', async (_, given, expected) => {
    const count = await hookRows().count();

    const answer = await ask('post', HOOKS, settings(given));

    expect([answer.status, pathsOf(answer)]).toEqual([400, expected]);
    expect(await hookRows().count()).toBe(count);
  });

  test('the error for an unknown key names the key that is probably meant', async () => {
    const { body } = await ask('post', HOOKS, settings({ filter: { changed: ['seo.titel'] } }));

    expect(body.error?.message).toContain("did you mean 'seo.title'");
  });

  test('a header whose value is kept must exist', async () => {
    const { id } = await createHook({ headers: { 'X-A': 'a' } });

    for (const name of ['X-B', 'constructor']) {
      const answer = await ask('put', `${HOOKS}/${id}`, { headers: { [name]: null } });
      expect([answer.status, pathsOf(answer)]).toEqual([400, [`headers.${name}`]]);
    }
  });

  test('the error for a name with a private address names the setting that allows it', async () => {
    const lookup = service('name-lookup');
    const { addressesOf } = lookup;
    lookup.addressesOf = async () => ['93.184.215.14', '10.0.0.7'];
    const answer = await ask(
      'post',
      HOOKS,
      settings({ url: `https://inside.example.org/${HUSH}` })
    );
    lookup.addressesOf = addressesOf;

    expect([answer.status, pathsOf(answer)]).toEqual([400, ['url']]);
    expect(answer.body.error?.message).toMatch(/10\.0\.0\.7.*add 'inside.*' to allowedHosts/);
  });

  test('a name that does not resolve yet is accepted: it is resolved again before sending', async () => {
    expect(await createHook({ url: `https://later.example.org/${HUSH}` })).toHaveProperty('id');
  });

  test.each(['abc', '0', '-1', '99999999999', '1.5'])('the id %s is not found', async (id) => {
    expect((await ask('get', `${HOOKS}/${id}`)).status).toBe(404);
  });
});

describe('an update', () => {
  /** What the dispatcher stores while a message is being sent. */
  const NOTES = {
    cursorSeq: 7,
    cursorToken: '0a1b2c3d',
    openId: 9,
    openToSeq: 8,
    attempts: 3,
    failures: 3,
    leaseOwner: 'a process',
    leaseUntil: '2100-01-01T00:00:00.000Z',
  };

  test('changes what it names, and nothing that the dispatcher stored meanwhile', async () => {
    const { id } = await createHook({ headers: { 'X-Key': HUSH } });
    await note(id, NOTES);
    const before = await rowOf(id);

    const { status, body } = await ask('put', `${HOOKS}/${id}`, { name: 'renamed' });

    expect([status, body.data.name]).toEqual([200, 'renamed']);
    expect(body.data).not.toHaveProperty('secret');
    expect(await rowOf(id)).toEqual({
      ...before,
      name: 'renamed',
      updatedAt: expect.any(String),
    });
  });

  test.each<[string, object, number]>([
    ['the filter', { filter: { collections: ['roadmaps'] } }, 1],
    ['the headers', { headers: { 'X-Key': 'other' } }, 1],
    ['the address', { url: 'http://127.0.0.1:9/other', headers: { 'X-Key': HUSH } }, 1],
    ['the periods', { quietPeriodMs: 0 }, 0],
    ['nothing', {}, 0],
  ])('of %s makes a new revision, or none', async (_, given, expected) => {
    const { id } = await createHook({ headers: { 'X-Key': HUSH } });
    const { revision } = (await rowOf(id)) ?? {};

    await ask('put', `${HOOKS}/${id}`, given);

    expect((await rowOf(id))?.revision - revision).toBe(expected);
  });

  test('keeps the value of a header that is null, and drops a header that is left out', async () => {
    const { id } = await createHook({ headers: { 'X-Key': HUSH, 'X-Old': 'old' } });

    const headers = { 'X-Key': null, 'X-New': 'new' };
    const { body } = await ask('put', `${HOOKS}/${id}`, { headers });
    const unknown = await ask('put', `${HOOKS}/${id}`, { headers: { 'X-Other': null } });

    expect(body.data.headerNames).toEqual(['X-Key', 'X-New']);
    expect((await credentialsOf(id)).headers).toEqual({ 'X-Key': HUSH, 'X-New': 'new' });
    expect([unknown.status, pathsOf(unknown)]).toEqual([400, ['headers.X-Other']]);
  });

  test('to another origin requires the token and the values of headers again', async () => {
    const dispatches = '/repos/owner/site/dispatches';
    const { id } = await createHook({
      preset: 'github',
      url: `https://api.github.com${dispatches}`,
      token: HUSH,
      headers: { 'X-Key': HUSH, 'X-Old': HUSH },
    });
    const url = `https://github.example.org/api/v3${dispatches}`;
    const update = (given: object) => ask('put', `${HOOKS}/${id}`, given);

    const [kept, partly] = [
      await update({ url }),
      await update({ url, headers: { 'X-Key': null } }),
    ];
    const ofGeneric = await update({ url, preset: 'generic' });
    const unchanged = await credentialsOf(id);
    const given = { url, token: 'another', headers: { 'X-Key': 'new' } };
    const [entered, within] = [await update(given), await update({ url: `${url}?again` })];

    const words = 'was stored for https://api.github.com: enter it again for the new address';
    expect([kept.status, pathsOf(kept)]).toEqual([
      400,
      ['token', 'headers.X-Key', 'headers.X-Old'],
    ]);
    expect(kept.body.error?.details.errors).toContainEqual(
      expect.objectContaining({ path: ['token'], message: words })
    );
    expect([partly.status, pathsOf(partly)]).toEqual([400, ['token', 'headers.X-Key']]);
    expect([ofGeneric.status, pathsOf(ofGeneric)]).toEqual([
      400,
      ['headers.X-Key', 'headers.X-Old'],
    ]);
    expect(unchanged).toMatchObject({ url: `https://api.github.com${dispatches}`, token: HUSH });
    expect([entered.status, within.status]).toEqual([200, 200]);
    expect(await credentialsOf(id)).toMatchObject({ ...given, url: `${url}?again` });
  });

  test('to a preset that signs shows a new secret', async () => {
    const url = `https://api.netlify.com/build_hooks/${HUSH}`;
    const { id } = await createHook({ preset: 'netlify', url });

    const kept = await ask('put', `${HOOKS}/${id}`, { preset: 'generic' });
    const { body } = await ask('put', `${HOOKS}/${id}`, {
      preset: 'generic',
      url: operator.receiver.url,
    });

    expect([kept.status, pathsOf(kept)]).toEqual([200, []]);
    expect(kept.body.data.secret).toMatch(/^whsec_/);
    expect(body.data).not.toHaveProperty('secret');
  });

  test('of several settings at once by different people loses none', async () => {
    const { id } = await createHook();

    await Promise.all([
      ask('put', `${HOOKS}/${id}`, { headers: { 'X-A': HUSH } }),
      ask('put', `${HOOKS}/${id}`, { statusUrl: 'https://example.org/status.json' }),
      ask('post', `${HOOKS}/${id}/secret`),
    ]);

    const { body } = await ask('get', `${HOOKS}/${id}`);
    expect(body.data).toMatchObject({
      headerNames: ['X-A'],
      statusUrl: 'https://example.org/status.json',
      previousSecretUntil: expect.any(String),
    });
  });
});

testSecrecy(operator);
