import { readReport } from '.';

const AT = '2026-03-01T12:00:00Z';
const createdAt = new Date(AT);

const read = (preset: Parameters<typeof readReport>[0], body: unknown, event?: string) =>
  readReport(preset, { headers: { 'x-github-event': event }, body });

describe('Netlify', () => {
  const deploy = {
    id: '5f',
    state: 'ready',
    context: 'production',
    created_at: AT,
    published_at: AT,
    ssl_url: 'https://site.example',
    admin_url: 'https://app.netlify.com/sites/site',
    error_message: null,
  };

  test.each([
    ['enqueued', 'building'],
    ['building', 'building'],
    ['ready', 'live'],
    ['error', 'failed'],
  ])('a deploy that is %s is %s', (state, expected) => {
    expect(read('netlify', { ...deploy, state })).toEqual({
      build: '5f',
      state: expected,
      createdAt,
      url: 'https://site.example',
      logUrl: 'https://app.netlify.com/sites/site/deploys/5f',
      reason: undefined,
    });
  });

  test('a deploy that was canceled did not fail', () => {
    const message = { ...deploy, state: 'error', error_message: 'Canceled build' };

    expect(read('netlify', message)?.state).toBe('canceled');
  });

  test.each([
    [{ ...deploy, context: 'deploy-preview' }],
    [{ ...deploy, state: 'retrying' }],
    [{ ...deploy, manual_deploy: true }],
    [{ ...deploy, published_at: null }],
    [{ ...deploy, created_at: 'yesterday' }],
    [{ form: 'contact' }],
    [null],
  ])('%j is ignored', (message) => {
    expect(read('netlify', message)).toBeUndefined();
  });

  test('a link cannot run a script', () => {
    const message = { ...deploy, ssl_url: 'javascript:alert(1)', admin_url: 'data:text/html,x' };

    expect(read('netlify', message)).toMatchObject({ url: undefined, logUrl: undefined });
  });
});

describe('Vercel', () => {
  const event = (type: string, payload: object = {}) => ({
    type,
    createdAt: createdAt.getTime(),
    payload: {
      target: 'production',
      deployment: { id: 'dpl_1', url: 'site-1.vercel.app' },
      links: { deployment: 'https://vercel.com/team/site/dpl_1' },
      ...payload,
    },
  });

  test.each([
    ['deployment.created', 'building', createdAt],
    ['deployment.promoted', 'live', undefined],
    ['deployment.error', 'failed', undefined],
    ['deployment.canceled', 'canceled', undefined],
  ])('%s is %s', (type, state, began) => {
    expect(read('vercel', event(type))).toEqual({
      build: 'dpl_1',
      state,
      createdAt: began,
      url: 'https://site-1.vercel.app',
      logUrl: 'https://vercel.com/team/site/dpl_1',
    });
  });

  test.each([
    [event('deployment.created', { target: null })],
    [event('deployment.succeeded')],
    [event('project.created', { deployment: undefined })],
  ])('%j is ignored', (message) => {
    expect(read('vercel', message)).toBeUndefined();
  });
});

describe('GitHub', () => {
  const run = {
    id: 7,
    run_attempt: 2,
    event: 'repository_dispatch',
    status: 'completed',
    conclusion: 'success',
    created_at: AT,
    html_url: 'https://github.com/o/r/actions/runs/7',
  };
  const deployment = {
    id: 9,
    created_at: '2026-03-01T12:05:00Z',
    production_environment: false,
    environment: 'github-pages',
  };
  const status = { state: 'success', environment_url: 'https://o.github.io/r' };

  test.each([
    [{ status: 'in_progress', conclusion: null }, 'building'],
    [{}, 'live'],
    [{ conclusion: 'failure' }, 'failed'],
    [{ conclusion: 'timed_out' }, 'failed'],
    [{ conclusion: 'cancelled' }, 'canceled'],
  ])('a run with %j is %s', (change, state) => {
    const report = read('github', { workflow_run: { ...run, ...change } }, 'workflow_run');

    expect(report).toMatchObject({ build: 'run-7.2', state, createdAt, logUrl: run.html_url });
  });

  test('a run that no hook started is ignored: it is unknown when it read the content', () => {
    const message = { workflow_run: { ...run, event: 'push' } };

    expect(read('github', message, 'workflow_run')).toBeUndefined();
    expect(read('github', { workflow_run: run }, 'star')).toBeUndefined();
  });

  test('a deployment counts from the start of its run, which read the content', () => {
    const message = { deployment, deployment_status: status, workflow_run: run };

    expect(read('github', message, 'deployment_status')).toMatchObject({
      build: 'run-7.2',
      state: 'live',
      createdAt,
      url: 'https://o.github.io/r',
      logUrl: run.html_url,
    });
  });

  test.each([
    ['a preview', { deployment: { ...deployment, environment: 'Preview' } }],
    ['one that is replaced', { deployment_status: { ...status, state: 'inactive' } }],
    ['a run of a push', { workflow_run: { ...run, event: 'push' } }],
    ['one without a run', { workflow_run: null }],
  ])('%s is ignored', (_, change) => {
    const message = { deployment, deployment_status: status, workflow_run: run, ...change };

    expect(read('github', message, 'deployment_status')).toBeUndefined();
  });
});

describe('a self-hosted receiver', () => {
  const message = (type: string, data: object = {}) => ({
    type,
    timestamp: AT,
    data: { build: 'b1', ...data },
  });

  test('a build begins when it says so', () => {
    expect(read('generic', message('build.started'))).toMatchObject({
      state: 'building',
      createdAt,
    });
    expect(read('generic', message('build.failed', { reason: 'x'.repeat(900) }))).toMatchObject({
      state: 'failed',
      createdAt: undefined,
      reason: 'x'.repeat(500),
    });
    expect(read('generic', message('build.failed', { startedAt: AT }))).toMatchObject({
      createdAt,
    });
  });

  test('it says which position it shows', () => {
    const cursor = '17.f3a96c1e';

    expect(read('generic', message('build.succeeded', { cursor }))).toMatchObject({
      state: 'live',
      cursor,
    });
    expect(read('generic', message('build.succeeded', { cursor: 'all' }))).toBeUndefined();
  });

  test.each([['content.changed'], ['build.paused']])('%s is ignored', (type) => {
    expect(read('generic', message(type))).toBeUndefined();
  });
});
