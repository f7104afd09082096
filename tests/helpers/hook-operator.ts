import { Writable } from 'node:stream';
import type { Hook, NewHook, WithSecret } from '../../src/plugins/deploy-hooks/shared';
import { loginAsAdmin } from './accounts';
import { startCms, type Cms } from './cms';
import { startDeployReceiver, type DeployReceiver } from './deploy-receiver';
import { nativeRequire } from './native';

const { winston } = nativeRequire('@strapi/logger') as typeof import('@strapi/logger');

const HOOK = 'plugin::deploy-hooks.hook';
export const HOOKS = '/deploy-hooks/hooks';
export const DELIVERIES = '/deploy-hooks/deliveries';

/** Part of everything that is secret: no response and no line of the log may contain it. */
export const HUSH = 'hush7f3a';
export const GIVEN_SECRET = `whsec_${Buffer.from(`${HUSH}-secret-of-thirty-two-bytes!`).toString('base64')}`;

export type Agent = Awaited<ReturnType<typeof loginAsAdmin>>;
export type Method = 'get' | 'post' | 'put' | 'delete';
type ShownHook = Hook & WithSecret;

export interface Answer<T = ShownHook> {
  status: number;
  body: {
    data: T;
    meta?: object;
    error?: { message: string; details: { errors: { path: string[]; message: string }[] } };
  };
}

/** Returns the paths of the settings that a response rejects. */
export const pathsOf = ({ body }: Answer): string[] =>
  (body.error?.details.errors ?? []).map(({ path }) => path.join('.'));

export interface HookOperator {
  cms: Cms;
  receiver: DeployReceiver;
  /** Sends a request, by default as an administrator. */
  ask<T = ShownHook>(method: Method, path: string, body?: unknown, by?: Agent): Promise<Answer<T>>;
  /** Returns settings with a unique name. */
  settings(given?: Partial<NewHook>): NewHook;
  createHook(given?: Partial<NewHook>): Promise<ShownHook>;
  /** Returns all responses and log lines so far, without the secrets shown on purpose. */
  said(): { answers: string[]; logged: string[]; secrets: string[] };
  stop(): Promise<void>;
}

/** Starts a CMS, a site on loopback and a panel session, and records responses and the log. */
async function startHookOperator(): Promise<HookOperator> {
  process.env.DEPLOY_HOOKS_ALLOWED_HOSTS = '127.0.0.1';
  const receiver = await startDeployReceiver();
  const cms = await startCms();
  const [answers, logged, secrets]: [string[], string[], string[]] = [[], [], []];
  for (const transport of cms.strapi.log.transports) transport.level = 'error';
  cms.strapi.log.level = 'silly';
  cms.strapi.log.add(new winston.transports.Stream({ stream: collect(logged), level: 'silly' }));
  // Keeps name lookups on this machine.
  cms.strapi.plugin('deploy-hooks').service('name-lookup').addressesOf = async () => [];
  const admin = await loginAsAdmin(cms.strapi);

  const ask: HookOperator['ask'] = async (method, path, given, by = admin) => {
    const request = by[method](path);
    const { status, body, text } = await (given === undefined
      ? request
      : request.set('Content-Type', 'application/json').send(given as object));
    const { secret } = body?.data ?? {};
    if (secret) secrets.push(secret);
    answers.push(secret ? text.replaceAll(secret, '') : text);
    return { status, body };
  };
  const settings: HookOperator['settings'] = (given = {}) => ({
    name: `site ${answers.length}`,
    url: `${receiver.url}/${HUSH}?key=${HUSH}`,
    ...given,
  });

  return {
    cms,
    receiver,
    ask,
    settings,
    async createHook(given) {
      const { status, body } = await ask('post', HOOKS, settings(given));
      if (status !== 201) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
      return body.data;
    },
    said: () => ({ answers, logged, secrets }),
    async stop() {
      await receiver.stop();
      await cms.stop();
    },
  };
}

const collect = (lines: string[]): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });

/** Provides one operator for the tests of a file, with access to what is below the API. */
export function useHookOperator() {
  let operator: HookOperator;
  beforeAll(async () => {
    operator = await startHookOperator();
  });
  afterAll(() => operator.stop());

  const service = (name: string) => operator.cms.strapi.plugin('deploy-hooks').service(name);
  const hookRows = () => operator.cms.strapi.db.query(HOOK);
  const rowOf = (id: number) => hookRows().findOne({ where: { id } });

  return {
    get cms(): Cms {
      return operator.cms;
    },
    get receiver(): DeployReceiver {
      return operator.receiver;
    },
    said: () => operator.said(),
    ask: <T = ShownHook>(...given: Parameters<HookOperator['ask']>) => operator.ask<T>(...given),
    createHook: (given?: Partial<NewHook>) => operator.createHook(given),
    settings: (given?: Partial<NewHook>) => operator.settings(given),
    service,
    hookRows,
    rowOf,
    credentialsOf: async (id: number) => service('credentials').open(await rowOf(id)),
    /** Updates a hook as another process would. */
    note: (id: number, data: object) => hookRows().updateMany({ where: { id }, data }),
  };
}

/** Checks all responses and log lines so far for secrets; must be called last. */
export function testSecrecy({ ask, createHook, said }: ReturnType<typeof useHookOperator>): void {
  test('no answer and no line of the log holds an address, a header, a token or a secret', async () => {
    const url = 'https://api.github.com/repos/owner/site/dispatches';
    const { id } = await createHook({
      preset: 'github',
      url,
      token: HUSH,
      headers: { 'X-Key': HUSH },
    });
    const own = await createHook();
    await ask('post', `${HOOKS}/${own.id}/test`);
    await ask('get', HOOKS);
    await ask('get', `${HOOKS}/${id}`);
    const listed = await ask<object[]>('get', DELIVERIES);
    await ask('get', `/content-manager/collection-types/${HOOK}`);
    await ask('post', HOOKS, `{ "name": "broken", "url": "https://example.org/${HUSH}"`);

    const { answers, logged, secrets } = said();
    const all = [...answers, ...logged].join('\n');

    expect(listed.body.data).not.toEqual([]);
    expect(answers.length).toBeGreaterThan(30);
    expect(logged.length).toBeGreaterThan(30);
    expect(secrets.length).toBeGreaterThan(1);
    expect(all).not.toContain(HUSH);
    for (const secret of new Set(secrets)) {
      expect(all).not.toContain(secret.slice('whsec_'.length));
    }
  });
}
