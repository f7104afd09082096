import { Writable } from 'node:stream';
import { createLogger, winston } from '@strapi/logger';
import { log, type LogFields } from './log';

/** What Strapi's own logger writes of one line. */
function written(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: LogFields,
  format?: winston.Logform.Format
): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const transports = [new winston.transports.Stream({ stream, eol: '\n' })];
  log({ log: createLogger({ transports, ...(format && { format }) }) }, level, message, fields);
  return text;
}

/** As a database tells it, over several lines. */
function failure(): Error {
  return Object.assign(new Error('insert into\n  roadmaps - is locked'), { code: 'SQLITE_BUSY' });
}

test('a line begins with the name of the plugin, and is one', () => {
  const text = written('warn', 'two\nlines', { collection: 'roadmaps', slug: 'a' });

  expect(text).toMatch(/^\[[^\]]+\] \S*warn\S*: frontmatter: two lines\n$/);
});

test('of an error a line has the name, the code and the message', () => {
  const text = written('error', 'reading failed, try again', { error: failure() });

  expect(text).toMatch(
    /frontmatter: reading failed, try again: Error SQLITE_BUSY: insert into roadmaps - is locked\n$/
  );
});

test('as JSON a line has what it is about, and where an error was thrown', () => {
  const fields = { collection: 'roadmaps', slug: 'a', error: failure() };
  const text = written('error', 'failed', fields, winston.format.json());

  expect(JSON.parse(text)).toEqual({
    level: 'error',
    message: 'frontmatter: failed: Error SQLITE_BUSY: insert into roadmaps - is locked',
    collection: 'roadmaps',
    slug: 'a',
    error: { name: 'Error', code: 'SQLITE_BUSY', stack: expect.stringContaining('log.test.ts') },
  });
});
