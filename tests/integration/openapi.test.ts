// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type supertest from 'supertest';
import { loginWithToken } from '../helpers/accounts';
import { EXAMPLES_DIR } from '../helpers/cli';
import { PROJECT_DIR, startCms, type Cms } from '../helpers/cms';
import { importText } from '../helpers/frontmatter';
import { ROADMAP } from '../helpers/roadmaps';
import { postFiles, put, roadmapText } from '../helpers/uploads';

const BASE = '/api/frontmatter';
const VALIDATOR = 'node_modules/@seriousme/openapi-schema-validator/bin/validate-api-cli.js';

interface Operation {
  operationId: string;
  description?: string;
  security: Record<string, string[]>[];
  responses: Record<string, { $ref?: string; content?: Record<string, unknown> }>;
}

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

let cms: Cms;
let document: OpenApi;
let ajv: Ajv2020;
let agent: Awaited<ReturnType<typeof loginWithToken>>;

beforeAll(async () => {
  cms = await startCms();
  document = (await cms.http.get(`${BASE}/openapi.json`)).body;
  ajv = addFormats(new Ajv2020({ allErrors: true, strict: false })).addSchema(document, 'openapi');
  agent = await loginWithToken(cms.strapi, 'full-access');
  const file = path.join(EXAMPLES_DIR, 'woodworking', 'woodworking.md');
  await importText(cms.strapi, 'woodworking', await readFile(file, 'utf8'));
});

afterAll(() => cms.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      url,
      method: method.toUpperCase(),
      operation,
    }))
  );

/** Returns the permission that an operation says it needs. */
const permissionOf = ({ description = '' }: Operation): string | undefined =>
  /^Permission: `plugin::frontmatter\.([^`]+)`/m.exec(description)?.[1];

/** `/api/frontmatter/roadmaps/{slug}.md` → `/:collection/:slug` */
const routeOf = (url: string): string =>
  url
    .slice(BASE.length)
    .replace(/^\/archive\/.*/, '/archive/:name')
    .replace(/\/(roadmaps|guides)(?=[/.]|$)/, '/:collection')
    .replace(/\{slug\}(\.(json|yaml|md))?/, ':slug')
    .replace('{link}', ':link') || '/';

const unique = (items: string[]): string[] => [...new Set(items)].sort();

interface Route {
  method: string;
  path: string;
  handler: string;
  config: { auth?: false | object };
}

/** Returns the routes of the plugin as Strapi registered them. */
function routes(): Route[] {
  const routers = cms.strapi.plugin('frontmatter').routes as Record<string, { routes: Route[] }>;
  return routers['content-api']?.routes ?? [];
}

describe('the OpenAPI document', () => {
  test('is valid', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'roadmap-cms-openapi-'));
    const file = path.join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));

    const { stdout } = await promisify(execFile)(process.execPath, [VALIDATOR, file], {
      cwd: PROJECT_DIR,
    });

    expect(JSON.parse(stdout)).toEqual({ valid: true });
    await rm(folder, { recursive: true });
  });

  test('describes every route of the plugin, and no others', () => {
    const routed = routes().map(({ method, path }) => `${method} ${path}`);

    const described = operations().map(({ method, url }) => `${method} ${routeOf(url)}`);

    expect(unique(described)).toEqual(routed.sort());
  });

  test('names the permission of each route, and says whether it is granted to everyone', async () => {
    const given = await cms.strapi.db
      .query('plugin::users-permissions.permission')
      .findMany({ where: { role: { type: 'public' } } });
    const isOpen = (handler: string) =>
      given.some(({ action }) => action === `plugin::frontmatter.${handler}`);
    const needs = routes()
      .filter(({ config }) => config.auth !== false)
      .map(({ method, path, handler }) => [method, path, handler, isOpen(handler)]);

    const described = operations().map(({ method, url, operation }) => [
      method,
      routeOf(url),
      permissionOf(operation),
      operation.security.some((need) => Object.keys(need).length === 0),
    ]);

    expect(described).toEqual(expect.arrayContaining(needs));
  });

  test('gives each operation its own id', () => {
    const ids = operations().map(({ operation }) => operation.operationId);

    expect(unique(ids)).toHaveLength(ids.length);
  });

  test('is answered with 304 for its ETag', async () => {
    const { headers } = await cms.http.get(`${BASE}/openapi.json`);

    const again = await cms.http
      .get(`${BASE}/openapi.json`)
      .set('If-None-Match', String(headers['etag']));

    expect(again.status).toBe(304);
  });
});

/** Returns why a response does not match the document: its status, its type or its body. */
function complaints(method: string, url: string, answer: supertest.Response): unknown[] {
  const pointer = ['paths', BASE + url, method, 'responses', String(answer.status)];
  const described = document.paths[BASE + url]?.[method]?.responses[answer.status];
  if (!described) return [`${answer.status} is not described`];
  const [type = ''] = String(answer.headers['content-type']).split(';');
  const root = described.$ref ?? `#/${pointer.map(escapePointer).join('/')}`;
  const validate = ajv.compile({
    $ref: `openapi${root}/content/${escapePointer(type)}/schema`,
  });
  validate(answer.body);
  return validate.errors ?? [];
}

/** Escapes a key of a JSON Pointer in a URI fragment (RFC 6901). */
const escapePointer = (key: string): string =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Sends another title to a document whose title was changed in the CMS. */
async function putConflicting(): Promise<supertest.Response> {
  await put(agent, 'rafts', roadmapText());
  const roadmaps = cms.strapi.documents(ROADMAP);
  const raft = await roadmaps.findFirst({ filters: { slug: 'rafts' } });
  await roadmaps.update({ documentId: String(raft?.documentId), data: { title: 'In the CMS' } });
  return put(agent, 'rafts', roadmapText({ title: "'In the file'" }));
}

const broken = roadmapText({ order: "'x'" });

describe('responses match the document', () => {
  test.each<[number, string, string, () => Promise<supertest.Response>]>([
    [200, 'get', '', () => agent.get(BASE)],
    [200, 'get', '/roadmaps', () => agent.get(`${BASE}/roadmaps?pagination[start]=0`)],
    [200, 'get', '/roadmaps', () => agent.get(`${BASE}/roadmaps?fields=title&sort=order`)],
    [200, 'get', '/changes', () => agent.get(`${BASE}/changes`)],
    [400, 'get', '/changes', () => agent.get(`${BASE}/changes?since=yesterday`)],
    [410, 'get', '/changes', () => agent.get(`${BASE}/changes?since=1.00000000`)],
    [200, 'get', '/roadmaps/{slug}', () => agent.get(`${BASE}/roadmaps/woodworking`)],
    [200, 'get', '/roadmaps/{slug}.json', () => agent.get(`${BASE}/roadmaps/woodworking.json`)],
    [200, 'get', '/roadmaps/lint', () => agent.get(`${BASE}/roadmaps/lint`)],
    [
      200,
      'get',
      '/roadmaps/{slug}/publications',
      () => agent.get(`${BASE}/roadmaps/woodworking/publications`),
    ],
    [200, 'get', '/schemas/roadmaps.json', () => agent.get(`${BASE}/schemas/roadmaps.json`)],
    [200, 'get', '/openapi.json', () => agent.get(`${BASE}/openapi.json`)],
    [201, 'put', '/roadmaps/{slug}', () => put(agent, 'kites', roadmapText())],
    [200, 'put', '/roadmaps/{slug}', () => put(agent, 'kites', roadmapText({ order: '2' }))],
    [422, 'put', '/roadmaps/{slug}', () => put(agent, 'kites', broken)],
    [409, 'put', '/roadmaps/{slug}', putConflicting],
    [415, 'put', '/roadmaps/{slug}', () => put(agent, 'kites', 'x', 'text/plain')],
    [
      412,
      'put',
      '/roadmaps/{slug}',
      () => put(agent, 'kites', roadmapText({ order: '3' })).set('If-None-Match', '*'),
    ],
    [
      200,
      'post',
      '/import',
      () => postFiles(agent, { 'kites.md': roadmapText({ order: '4' }), 'a.md': broken }),
    ],
    [400, 'get', '/roadmaps/{slug}', () => agent.get(`${BASE}/roadmaps/woodworking?x=1`)],
    [403, 'get', '/roadmaps/lint', () => cms.http.get(`${BASE}/roadmaps/lint`)],
    [404, 'get', '/roadmaps/{slug}.json', () => agent.get(`${BASE}/roadmaps/nowhere.json`)],
    [
      406,
      'get',
      '/roadmaps/{slug}',
      () => agent.get(`${BASE}/roadmaps/woodworking`).set('Accept', 'image/png'),
    ],
  ])('%i of %s %s', async (status, method, url, send) => {
    const answer = await send();

    expect(answer.status).toBe(status);
    expect(complaints(method, url, answer)).toEqual([]);
  });
});
