import { PUBLISHED_EVENT } from '../../src/plugins/frontmatter/shared';
import { loginAsAdmin, loginWithToken } from '../helpers/accounts';
import { startCms, type Cms } from '../helpers/cms';
import { findPublications, importText, PANEL } from '../helpers/frontmatter';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { postFiles, put, roadmapText, roadmapUrl } from '../helpers/uploads';

type Agent = Awaited<ReturnType<typeof loginWithToken>>;
type Answer = { status: number; message: string };

const TABLE =
  'CREATE TABLE broken (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES broken (id) DEFERRABLE INITIALLY DEFERRED)';

/** Every write updates `frontmatter_lock`. A row without a parent is accepted until the commit. */
const BREAK = {
  sqlite: [
    'CREATE TRIGGER breaks AFTER UPDATE ON frontmatter_lock BEGIN INSERT INTO broken (parent) VALUES (0); END',
  ],
  postgres: [
    `CREATE FUNCTION break_commit() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO broken VALUES (nextval(''broken_ids''), 0); RETURN NULL; END'`,
    'CREATE TRIGGER breaks AFTER UPDATE ON frontmatter_lock FOR EACH ROW EXECUTE FUNCTION break_commit()',
  ],
};
const FIX = {
  sqlite: ['DROP TRIGGER breaks'],
  postgres: ['DROP TRIGGER breaks ON frontmatter_lock', 'DROP FUNCTION break_commit'],
};

let cms: Cms;
let admin: Agent;
let token: Agent;
let documentId: string;
/** Listener for publications. */
const announced = jest.fn(async () => undefined);
const logged = jest.fn();

const loggedLines = (): string[] => logged.mock.calls.map(([line]) => String(line));

async function sql(statements: readonly string[]): Promise<void> {
  for (const statement of statements) await cms.strapi.db.connection.raw(statement);
}

beforeAll(async () => {
  cms = await startCms();
  admin = await loginAsAdmin(cms.strapi);
  token = await loginWithToken(cms.strapi, 'full-access');
  documentId = await publishRoadmap(cms.strapi, { slug: 'stays', title: 'As it was' });
  if (databaseClient === 'postgres') await sql(['CREATE SEQUENCE broken_ids']);
  await sql([TABLE]);
  cms.strapi.eventHub.on(PUBLISHED_EVENT, announced);
  jest.spyOn(cms.strapi.log, 'error').mockImplementation(logged);
});

afterAll(() => cms.stop());

/** Each way to write content. */
const WAYS: Record<string, () => Promise<Answer>> = {
  'plain REST': async () =>
    answerOf(await token.post('/api/roadmaps').send({ data: buildRoadmap({ slug: 'lost' }) })),
  'plain REST of a keyword': async () =>
    answerOf(await token.post('/api/keywords').send({ data: { name: 'lost' } })),
  'a save in the panel': async () =>
    answerOf(await admin.put(`${PANEL}/${documentId}`).send({ title: 'Lost' })),
  'a publication in the panel': async () =>
    answerOf(
      await admin
        .post(`${PANEL}/${documentId}/actions/publish`)
        .send(buildRoadmap({ slug: 'stays', title: 'Lost' }))
    ),
  PUT: async () => answerOf(await put(token, 'lost', roadmapText())),
  'an import': async () => answerOf(await postFiles(token, { 'lost.md': roadmapText() })),
  'the command line': () => failureOf(importText(cms.strapi, 'lost', roadmapText())),
  'the Document Service': () => failureOf(publishRoadmap(cms.strapi, { slug: 'lost' })),
  'a transaction of a hook': () =>
    failureOf(
      cms.strapi.db.transaction(async () => {
        await cms.strapi.documents(ROADMAP).update({ documentId, data: { title: 'Lost' } });
      })
    ),
};

function answerOf({ status, body }: { status: number; body: { error?: { message: string } } }) {
  return { status, message: body.error?.message ?? '' };
}

const failureOf = (write: Promise<unknown>): Promise<Answer> =>
  write.then(
    () => ({ status: 200, message: '' }),
    ({ status, message }: Answer) => ({ status, message })
  );

const readState = async () => ({
  publications: (await findPublications(cms.strapi)).length,
  titles: (await cms.strapi.documents(ROADMAP).findMany({})).map(({ title }) => title),
  keywords: await cms.strapi.db.query('api::keyword.keyword').count(),
});

describe.each(Object.keys(WAYS))('a failed commit of %s', (way) => {
  let before: Awaited<ReturnType<typeof readState>>;
  let answer: Answer | undefined;

  beforeAll(async () => {
    before = await readState();
    announced.mockClear();
    logged.mockClear();
    await sql(BREAK[databaseClient]);
    answer = await WAYS[way]?.();
    await sql(FIX[databaseClient]);
  });

  test('is answered 503 with advice', () => {
    const message = expect.stringMatching(/nothing was saved: try again/);
    expect(answer).toEqual({ status: 503, message });
  });

  test('is logged as an error', () => {
    expect(loggedLines()).toContainEqual(
      expect.stringContaining('frontmatter: the commit of a change failed')
    );
  });

  test('saves, publishes and announces nothing', async () => {
    expect(await readState()).toEqual(before);
    expect(announced).not.toHaveBeenCalled();
    await cms.http.get(roadmapUrl('lost.md')).expect(404);
    const { text } = await cms.http.get(roadmapUrl('stays.md')).expect(200);
    expect(text).toContain('As it was');
  });
});

test('a write after failed commits is saved and announced', async () => {
  announced.mockClear();
  await put(token, 'found', roadmapText()).expect(201);

  await cms.http.get(roadmapUrl('found.md')).expect(200);
  expect(announced).toHaveBeenCalled();
});

test('no connection keeps a transaction open after its commit failed', async () => {
  const { pool } = cms.strapi.db.connection.client;
  // As many writes at once as the pool allows connections, so that each connection is used.
  const names = Array.from({ length: pool.max }, (_, index) => `tag ${index}`);
  await Promise.all(
    names.map((name) => cms.strapi.db.query('api::tag.tag').create({ data: { name } }))
  );

  expect(await cms.strapi.db.query('api::tag.tag').count()).toBe(names.length);
});

test('a commit callback that fails is logged, and what was committed is saved', async () => {
  logged.mockClear();
  const saved = await cms.strapi.db.transaction(async ({ onCommit }) => {
    onCommit(() => {
      throw new Error('at once');
    });
    onCommit(() => Promise.reject(new Error('later')));
    return 'saved';
  });

  expect(saved).toBe('saved');
  expect(loggedLines()).toEqual([
    expect.stringMatching(/what was committed is saved: .*at once/),
    expect.stringMatching(/what was committed is saved: .*later/),
  ]);
});

describe('a transaction that the database cannot begin', () => {
  /** Statements that leave a connection in a state in which `BEGIN` is an error. */
  const HINDER = { sqlite: ['BEGIN'], postgres: ['BEGIN', 'SELECT 1 / 0'] };

  async function onEveryConnection(statements: readonly string[]): Promise<void> {
    const { client } = cms.strapi.db.connection;
    const connections: unknown[] = await Promise.all(
      Array.from({ length: client.pool.max }, () => client.acquireConnection())
    );
    for (const connection of connections) {
      for (const statement of statements) {
        await client.query(connection, statement).catch(() => undefined);
      }
      client.releaseConnection(connection);
    }
  }

  beforeAll(() => onEveryConnection(HINDER[databaseClient]));

  afterAll(() => onEveryConnection(['ROLLBACK']));

  test('fails with the message of the database, and runs no task', async () => {
    const task = jest.fn(async () => undefined);

    const message = expect.stringMatching(/within a transaction|transaction is aborted/);
    await expect(cms.strapi.db.transaction(task)).rejects.toMatchObject({ message });
    expect(task).not.toHaveBeenCalled();
  });
});

if (databaseClient === 'postgres') {
  test('a transaction fails if PostgreSQL rolls it back at its commit because of a caught error', async () => {
    const write = cms.strapi.db.transaction(async ({ trx }) => {
      await trx.raw('SELECT 1 / 0').catch(() => undefined);
    });

    await expect(write).rejects.toMatchObject({ status: 503 });
  });

  test('a connection that is lost while Strapi prepares it does not end the process', async () => {
    const { client } = cms.strapi.db.connection;
    const connection = await client.acquireRawConnection();
    await client
      .query(connection, 'SELECT pg_terminate_backend(pg_backend_pid())')
      .catch(() => undefined);

    // Strapi calls it without handling its errors.
    await expect(cms.strapi.db.dialect.initialize(connection)).resolves.toBeUndefined();
  });

  test('a write whose connection is lost is answered 503, whatever error results', async () => {
    const write = cms.strapi.db.transaction(async ({ trx }) => {
      await trx.raw('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
      throw new Error('The relation does not exist');
    });

    await expect(write).rejects.toMatchObject({ status: 503 });
  });
}

describe.each(['frontmatter_publications', 'frontmatter_references'])(
  'while %s is missing',
  (name) => {
    beforeAll(() => sql([`ALTER TABLE ${name} RENAME TO elsewhere`]));

    afterAll(() => sql([`ALTER TABLE elsewhere RENAME TO ${name}`]));

    test('PUT is answered 500, not with a problem of the document', async () => {
      expect(answerOf(await put(token, 'one', roadmapText()))).toEqual({
        status: 500,
        message: 'Internal Server Error',
      });
    });

    test('an import stops with 500', async () => {
      const files = { 'one.md': roadmapText(), 'two.md': roadmapText() };
      expect(answerOf(await postFiles(token, files))).toEqual({
        status: 500,
        message: 'Internal Server Error',
      });
    });
  }
);
