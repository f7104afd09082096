// npm test runs this on SQLite alone: it touches no SQL of its own, no lock, and no date or text type.
import { setTimeout as wait } from 'node:timers/promises';
import { createDatabase, type TestDatabase } from '../helpers/database';
import { startCms } from '../helpers/cms';
import { publishRoadmap, ROADMAP } from '../helpers/roadmaps';
import { startServer } from '../helpers/server-process';

interface LogLine {
  level: string;
  message: string;
  timestamp: string;
}

const POLL_MS = 50;

let database: TestDatabase;
/** The error of a failed statement. */
let failure: Error;

beforeAll(async () => {
  database = await createDatabase();
  const cms = await startCms(database);
  const documentId = await publishRoadmap(cms.strapi, { slug: 'written-past' });
  // Bypasses the Document Service and its lifecycles: the next server repairs and logs it.
  const { tableName } = cms.strapi.db.metadata.get(ROADMAP);
  await cms.strapi.db
    .getConnection(tableName)
    .where({ document_id: documentId })
    .update({ title: 'Written past the CMS' });
  const query = cms.strapi.db.connection('no_such_table').where({ password: 'hush' }).first();
  failure = await query.catch((error: Error) => error);
  await cms.stop();
});

afterAll(() => database.drop());

describe('with LOG_FORMAT=json', () => {
  let lines: string[];

  beforeAll(async () => {
    const env = { LOG_FORMAT: 'json', LOG_LEVEL: 'debug' };
    const server = await startServer(database, { env });
    await fetch(`${server.url}/api/frontmatter/roadmaps/not-there.md`);
    while (!server.output().includes('frontmatter: ')) await wait(POLL_MS);
    await server.end('SIGTERM');
    lines = server.output().trimEnd().split('\n');
  });

  test('every line that a server logs from start to stop is a JSON object', () => {
    const parsed = lines.map((line) => JSON.parse(line) as LogLine);

    expect(parsed.length).toBeGreaterThan(3);
    for (const line of parsed) {
      expect(line).toEqual(
        expect.objectContaining({
          level: expect.stringMatching(/^(error|warn|info|http|debug)$/),
          message: expect.any(String),
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        })
      );
    }
  });

  test('requests and messages of the plugin are among them', () => {
    const messages = lines.map((line) => (JSON.parse(line) as LogLine).message);

    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^GET \/api\/frontmatter\/roadmaps\/not-there\.md \(\d+ ms\) 404$/),
        'frontmatter: what readers get differed from 1 documents, which were written past the CMS or by another version of it, and was repaired: roadmaps/written-past',
      ])
    );
  });
});

test('a database error is logged without the values of its statement', () => {
  expect(failure.message).toMatch(/no_such_table.*password/s);
  expect(failure.message).not.toContain('hush');
});
