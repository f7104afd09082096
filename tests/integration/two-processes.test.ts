import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reconciler } from '../../src/plugins/frontmatter/shared';
import { startCms, TEST_SECRETS, type Cms } from '../helpers/cms';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { atDepth } from '../helpers/depth';
import { nativeRequire } from '../helpers/native';
import { buildRoadmap, publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { openSql, type Sql } from '../helpers/sql';

const WRITER = path.join(__dirname, '..', 'helpers', 'writer-process.js');
const ROADMAPS = 16;
const KEYWORDS = 6;
const POLL_MS = 20;
/** Number of operations of each process. */
const OPERATIONS = atDepth({ short: 40, full: 100 });

/** Does in this process what the other process does. */
const { write } = nativeRequire(WRITER) as {
  write(strapi: Cms['strapi'], task: object): Promise<Outcome[]>;
};

interface Outcome {
  operation: string;
  /** Name, message and details of the error that it failed with. */
  error?: string;
}

/** The sequence of publications at one moment. */
interface Sighting {
  count: number;
  hasGap: boolean;
}

const LINK_IS_GONE = /^ValidationError \| Document with id "\w+", locale "null" not found$/;
const SLUG_IS_TAKEN = /^ValidationError \| slug: another document \(\w+\) has the slug '[\w-]+':/;
const NAME_IS_TAKEN = /^ValidationError \| This attribute must be unique \| name:/;

/**
 * Reasons why an operation may fail: the other process removed a target or took a name first. An
 * unpublished roadmap keeps its slug only in the draft, so that another may take it, and every
 * operation that publishes it again may fail. Publishing, renaming and unpublishing a removed
 * roadmap has no effect and causes no error: that is how Strapi responds.
 */
const REASONS: Record<string, RegExp[]> = {
  publish: [SLUG_IS_TAKEN],
  unpublish: [],
  remove: [],
  bulkPublish: [SLUG_IS_TAKEN],
  retitle: [SLUG_IS_TAKEN],
  relink: [SLUG_IS_TAKEN, LINK_IS_GONE],
  rename: [],
  renameToTaken: [SLUG_IS_TAKEN],
  create: [LINK_IS_GONE],
  editKeyword: [],
  nameKeyword: [NAME_IS_TAKEN],
  createKeyword: [NAME_IS_TAKEN],
};

const isExpected = ({ operation, error }: Outcome): boolean =>
  error === undefined || Boolean(REASONS[operation]?.some((reason) => reason.test(error)));

const describeOnPostgres = (title: string, tests: () => void): void => {
  if (databaseClient === 'postgres') {
    describe(title, tests);
    return;
  }
  const why = 'SQLite is for one writing process: the command line refuses while a server runs';
  console.log(`skipped on SQLite: ${why}`);
  test.skip(`${title} (${why})`, () => {});
};

describeOnPostgres(`two processes with ${OPERATIONS} operations each on the same documents`, () => {
  let database: TestDatabase;
  let sql: Sql;
  let cms: Cms;
  let outcomes: Outcome[];
  /** What a reader saw while it polled during the operations. */
  let sightings: Sighting[];

  beforeAll(async () => {
    database = await createDatabase();
    cms = await startCms(database);
    sql = await openSql(database);
    const task = { ...(await seed()), count: OPERATIONS };
    const writer = await startWriter();
    const work = Promise.all([
      write(cms.strapi, { ...task, name: 'a', seed: 7 }),
      runWriter(writer, { ...task, name: 'b', seed: 8 }),
    ]);
    [outcomes, sightings] = await Promise.all([work.then((both) => both.flat()), readUntil(work)]);
  });

  afterAll(async () => {
    await sql.close();
    await cms.stop();
    await database.drop();
  });

  async function seed() {
    const keywordIds: string[] = [];
    for (let index = 0; index < KEYWORDS; index += 1) {
      const data = { name: `phrase ${index}` };
      keywordIds.push(
        (await cms.strapi.documents('api::keyword.keyword').create({ data })).documentId
      );
    }
    const roadmapIds: string[] = [];
    for (let index = 0; index < ROADMAPS; index += 1) {
      const links = { relatedRoadmaps: [...roadmapIds], keywords: keywordIds.slice(index % 3) };
      roadmapIds.push(await publishRoadmap(cms.strapi, buildRoadmap(links)));
    }
    for (const documentId of roadmapIds) {
      const relatedRoadmaps = roadmapIds.filter((id) => id !== documentId);
      await cms.strapi
        .documents(ROADMAP)
        .update({ documentId, data: { relatedRoadmaps }, status: 'published' });
    }
    return { keywordIds, roadmapIds };
  }

  async function startWriter(): Promise<ChildProcess> {
    const writer = fork(WRITER, {
      env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...TEST_SECRETS, ...database.env },
      execArgv: [],
    });
    await once(writer, 'message'); // sent when it is ready
    return writer;
  }

  async function runWriter(writer: ChildProcess, task: object): Promise<Outcome[]> {
    writer.send(task);
    const [{ outcomes: own }] = await once(writer, 'message');
    return own;
  }

  async function readUntil(work: Promise<unknown>): Promise<Sighting[]> {
    const seen: Sighting[] = [];
    let isOver = false;
    void work.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const [row] = await sql.all(
        'SELECT count(*), count(DISTINCT seq) AS seqs, max(seq) FROM frontmatter_publications'
      );
      const [count, seqs, newest] = [row?.count, row?.seqs, row?.max].map(Number);
      seen.push({ count: count ?? 0, hasGap: seqs !== count || newest !== count });
      await wait(POLL_MS);
    }
    return seen;
  }

  test('all operations succeed, or fail for an expected reason', () => {
    expect(outcomes).toHaveLength(2 * OPERATIONS);
    expect(outcomes.filter((outcome) => !isExpected(outcome))).toEqual([]);
    // Most operations find their target: only about two of the sixteen roadmaps are removed.
    const done = outcomes.filter(({ error }) => error === undefined);
    expect(done.length).toBeGreaterThan(OPERATIONS);
  });

  test('a reader never sees a gap in the sequence, or fewer publications than before', () => {
    const counts = sightings.map(({ count }) => count);

    expect(counts.length).toBeGreaterThan(20);
    expect(sightings.filter(({ hasGap }) => hasGap)).toEqual([]);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  test('no document is published twice, and no name or slug occurs twice', async () => {
    const tables = await sql.tables(
      'roadmaps',
      'keywords',
      'frontmatter_publications',
      'frontmatter_lock'
    );
    const versions = tables.roadmaps.map(
      (row) => `${row.document_id} ${row.published_at !== null}`
    );
    const published = tables.roadmaps.filter((row) => row.published_at !== null);
    const live = tables.frontmatter_publications.filter(
      (row) => row.is_current && row.state === 'live'
    );

    expect(repeated(versions)).toEqual([]);
    expect(repeated(published.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(tables.keywords.map(({ name }) => name))).toEqual([]);
    expect(repeated(live.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(live.map(({ document_id }) => document_id))).toEqual([]);
    expect(tables.frontmatter_lock).toMatchObject([
      { seq: tables.frontmatter_publications.length },
    ]);
  });

  test('readers get what the documents contain', async () => {
    const reconciler = cms.strapi.plugin('frontmatter').service('reconciler') as Reconciler;

    expect(await reconciler.reconcile({ check: true })).toEqual([]);
  });
});

const repeated = (values: unknown[]): unknown[] =>
  values.filter((value, index) => values.indexOf(value) !== index);
