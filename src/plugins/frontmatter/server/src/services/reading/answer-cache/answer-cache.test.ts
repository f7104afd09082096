import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { createAnswerCache, type ReaderState } from './answer-cache';
import type { DependsOn } from '../../foundation/request-state';
import type { KeptAnswer } from './kept-answers';

const SLUGS = ['a', 'b', 'c'];
const collection = 'roadmaps';
const READ = 'plugin::frontmatter.document.find';
const anyone = () => true;

const answer = (text: string, dependsOn: DependsOn): KeptAnswer => ({
  headers: { etag: `"${text}"` },
  body: Buffer.from(text),
  dependsOn,
  permission: READ,
});

/** A database whose queries take turns of the event loop, like those of a real one. */
function createDatabase() {
  const log: { seq: number; slug: string }[] = [];
  let seq = 0;
  let restores = 0;
  let token = '00000000';
  let isOpen = true;
  let last: { key: string; state: ReaderState } | undefined;
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn += 1) await setImmediate();
  };
  return {
    publish: (slug: string) => log.push({ seq: (seq += 1), slug }),
    restore: () => (token = `${(restores += 1)}`.padStart(8, '0')),
    close: () => (isOpen = false),
    open: () => (isOpen = true),
    get isOpen() {
      return isOpen;
    },
    /** What readers should get of a slug, or of all. */
    textOf: (slug?: string): string =>
      `${token} ${log.filter((row) => slug === undefined || row.slug === slug).length}`,
    turns,
    async readState(): Promise<ReaderState> {
      const key = `${seq} ${token} ${isOpen}`;
      const open = new Set(isOpen ? [READ] : []);
      if (last?.key !== key) {
        last = { key, state: { newest: { seq, token }, open, tokens: new Map() } };
      }
      const { state } = last;
      await turns(1);
      return state;
    },
    async changedSince(position: { seq: number; token: string }) {
      await turns(1);
      if (position.token !== token) return undefined;
      return log.filter((row) => row.seq > position.seq).map(({ slug }) => ({ collection, slug }));
    },
  };
}

type Database = ReturnType<typeof createDatabase>;

/** Answers like the middleware: from the cache or the ordinary route; `403` if nobody may read. */
async function request(
  database: Database,
  cache: ReturnType<typeof createAnswerCache>,
  slug: string | undefined,
  slowness: number
): Promise<string> {
  const key = slug ?? 'list';
  const version = await cache.refresh();
  const kept = cache.get(key, (action) => version.open.has(action));
  if (kept) return kept.body.toString();
  await database.turns(slowness);
  if (!database.isOpen) return '403';
  const text = database.textOf(slug);
  await database.turns(slowness);
  cache.keep(key, answer(text, slug === undefined ? 'all' : { collection, slug }), version);
  return text;
}

const step = fc.record({
  act: fc.constantFrom('publish', 'read', 'read', 'read', 'list', 'restore', 'close', 'open'),
  slug: fc.constantFrom(...SLUGS),
  slowness: fc.nat(3),
  wait: fc.nat(3),
});

test('no answer is older than its request, whatever happens meanwhile', async () => {
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      const database = createDatabase();
      const cache = createAnswerCache(database, 100_000);
      const checks: Promise<void>[] = [];
      let changes = 0;
      /** What a reader may get, and since when. */
      const history: { at: number; slug: string | undefined; text: string }[] = [];
      const remember = () => {
        changes += 1;
        for (const slug of [...SLUGS, undefined]) {
          const text = database.isOpen ? database.textOf(slug) : '403';
          history.push({ at: changes, slug, text });
        }
      };
      remember();
      for (const { act, slug, slowness, wait } of steps) {
        if (act === 'read' || act === 'list') {
          const wanted = act === 'list' ? undefined : slug;
          const since = changes;
          checks.push(
            request(database, cache, wanted, slowness).then((text) => {
              const possible = history.filter((row) => row.slug === wanted && row.at >= since);
              expect(possible.map((row) => row.text)).toContain(text);
            })
          );
        } else {
          if (act === 'publish') database.publish(slug);
          else database[act as 'restore' | 'close' | 'open']();
          remember();
        }
        await database.turns(wait);
      }
      await Promise.all(checks);
      if (cache.bytes > 0) hits += 1;
    })
  );
  expect(hits).toBeGreaterThan(0); // else nothing was ever kept
});

test('a publication drops the answers for its slug and those that depend on all', async () => {
  const database = createDatabase();
  const cache = createAnswerCache(database, 100_000);
  const version = await cache.refresh();
  cache.keep('a', answer('a', { collection, slug: 'a' }), version);
  cache.keep('b', answer('b', { collection, slug: 'b' }), version);
  cache.keep('list', answer('list', 'all'), version);

  database.publish('a');
  await cache.refresh();
  expect(['a', 'b', 'list'].map((key) => cache.get(key, anyone)?.body.toString())).toEqual([
    undefined,
    'b',
    undefined,
  ]);
});

test('an answer is returned only to those who may read it, and stays for them', async () => {
  const cache = createAnswerCache(createDatabase(), 100_000);
  cache.keep('a', answer('a', 'all'), await cache.refresh());

  expect(cache.get('a', () => false)).toBeUndefined();
  expect(cache.get('a', (action) => action === READ)).toBeDefined();
});

test('the cache stays within its bytes, and keeps no answer that is too large', async () => {
  const database = createDatabase();
  const bounded = createAnswerCache(database, 5_000);
  const version = await bounded.refresh();
  for (let index = 0; index < 50; index += 1) {
    bounded.keep(`key ${index}`, answer('x'.repeat(400), 'all'), version);
    expect(bounded.bytes).toBeLessThanOrEqual(5_000);
  }
  expect(bounded.get('key 49', anyone)).toBeDefined();
  expect(bounded.get('key 0', anyone)).toBeUndefined();
  bounded.keep('large', answer('x'.repeat(5_000), 'all'), version);
  expect(bounded.get('large', anyone)).toBeUndefined();
});
