import { Writable } from 'node:stream';
import { createLogger, winston } from '@strapi/logger';
import { log, type LogFields } from './log';

/** Returns what Strapi's own logger writes for one message. */
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

/** An error like those of a database, with a message of several lines. */
function failure(): Error {
  return Object.assign(new Error('insert into\n  roadmaps - is locked'), { code: 'SQLITE_BUSY' });
}

test('a message becomes a single line that begins with the name of the plugin', () => {
  const text = written('warn', 'two\nlines', { collection: 'roadmaps', slug: 'a' });

  expect(text).toMatch(/^\[[^\]]+\] \S*warn\S*: frontmatter: two lines\n$/);
});

test('a line contains the name, code and message of an error', () => {
  const text = written('error', 'reading failed, try again', { error: failure() });

  expect(text).toMatch(
    /frontmatter: reading failed, try again: Error SQLITE_BUSY: insert into roadmaps - is locked\n$/
  );
});

test('a JSON line contains its fields and the stack of an error', () => {
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
