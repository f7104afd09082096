import type { Knex } from 'knex';
import { startCms, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { publishRoadmap } from '../helpers/roadmaps';

const LIST = '/api/frontmatter/roadmaps';
const INDEX = 'roadmaps_list';

let database: TestDatabase;
let cms: Cms;

beforeAll(async () => {
  database = await createDatabase();
  cms = await startCms(database);
  for (const slug of ['tea', 'rye', 'oak']) await publishRoadmap(cms.strapi, { slug });
});

afterAll(async () => {
  await cms.stop();
  await database.drop();
});

/** Returns the query plans by which the database finds the roadmaps of a list. */
async function plansOf(query: string): Promise<string[]> {
  const connection = cms.strapi.plugin('frontmatter').service('read-connection');
  const { snapshot } = connection;
  const asked: { sql: string; bindings: Knex.RawBinding[] }[] = [];
  connection.snapshot = (task: (trx: Knex.Transaction) => Promise<unknown>) =>
    snapshot((trx: Knex.Transaction) => {
      trx.on('query', (statement) => asked.push(statement));
      return task(trx);
    });
  const { status } = await cms.http.get(`${LIST}?${query}`);
  connection.snapshot = snapshot;
  expect(status).toBe(200);
  const statements = asked.filter(({ sql }) => /from .*roadmaps[`"] as/.test(sql));
  return cms.strapi.db.connection.transaction(async (trx) => {
    if (databaseClient === 'sqlite') {
      return Promise.all(statements.map(({ sql, bindings }) => explain(trx, sql, bindings)));
    }
    // Plan as for many documents: scanning and sorting only three is cheaper than the index.
    await trx.raw('SET LOCAL enable_seqscan = off');
    await trx.raw('SET LOCAL enable_sort = off');
    const plans: string[] = [];
    for (const { sql, bindings } of statements) {
      plans.push(await explain(trx, sql.replace(/\$\d+/g, '?'), bindings));
    }
    return plans;
  });
}

async function explain(
  trx: Knex.Transaction,
  sql: string,
  bindings: Knex.RawBinding[]
): Promise<string> {
  const words = databaseClient === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  return JSON.stringify(await trx.raw(`${words} ${sql}`, bindings));
}

test('a page in the default order is read from an index, without sorting', async () => {
  const [page = ''] = await plansOf('pagination[pageSize]=2');

  expect(page).toContain(INDEX);
  expect(page).not.toMatch(/TEMP B-TREE|"Sort/);
});

const testOnSqlite = databaseClient === 'sqlite' ? test : test.skip;
if (databaseClient !== 'sqlite') {
  console.log('covering filters is left out: PostgreSQL keeps long texts apart from their rows');
}

testOnSqlite.each([
  'filters[title][$contains]=a',
  'filters[isNew][$null]=true&sort=order',
  'sort=dateModified:desc',
])('SQLite answers %s from the index alone', async (query) => {
  const plans = await plansOf(`${query}&pagination[pageSize]=2`);

  expect(plans).toHaveLength(2);
  for (const plan of plans) expect(plan).toContain(`COVERING INDEX ${INDEX}`);
});

test('a start that finds the index dropped creates it again', async () => {
  await cms.stop();
  cms = await startCms(database);
  const { db } = cms.strapi;
  await db.connection.raw('DROP INDEX ??', [[db.getSchemaName(), INDEX].filter(Boolean).join('.')]);
  await cms.stop();
  cms = await startCms(database);

  expect((await plansOf('pagination[pageSize]=2'))[0]).toContain(INDEX);
});

test('the total is right wherever a page starts', async () => {
  for (const [page, count] of [
    ['pagination[page]=1&pagination[pageSize]=2', 2],
    ['pagination[page]=2&pagination[pageSize]=2', 1],
    ['pagination[page]=3&pagination[pageSize]=2', 0],
    ['pagination[page]=1&pagination[pageSize]=3', 3],
    ['pagination[start]=0&pagination[limit]=9', 3],
    ['pagination[start]=9&pagination[limit]=9', 0],
  ] as const) {
    const { body } = await cms.http.get(`${LIST}?sort=slug&${page}`);
    expect([page, body.data.length, body.meta.pagination.total]).toEqual([page, count, 3]);
  }
});
