import { cursorOf, runKills, seqOf, type KillRun } from './deploy-kills';
import { SEED } from './kill-moments';

const MINUTE_MS = 60_000;
/** Limit against hangs: a start takes some seconds, and many on a busy machine. */
const MS_PER_KILL = 2 * MINUTE_MS;

/** Describes what must hold after a CMS was killed that many times. */
export function describeKills(moments: number): void {
  describe(`a CMS that is killed ${moments} times while it publishes, with sites that fail three requests of ten (seed ${SEED})`, () => {
    let run: KillRun;

    beforeAll(
      async () => {
        run = await runKills(moments);
        const counts = run.sites.map(
          ({ messages, taken }) => `${messages.length} requests, ${taken.length} taken`
        );
        console.log(
          `${run.kills} kills, ${run.publications.length} publications; ${counts.join('; ')}`
        );
      },
      moments * MS_PER_KILL + 5 * MINUTE_MS
    );

    test('every publication has reached each site, in the order of the cursor', () => {
      expect(run.publications.length).toBeGreaterThan(moments);
      for (const { taken } of run.sites) {
        let reached = seqOf(run.begin);
        for (const message of taken) {
          const { from, to } = cursorOf(message) ?? { from: '', to: '' };
          expect(seqOf(from)).toBeLessThanOrEqual(reached); // no gap
          expect(seqOf(to)).toBeGreaterThanOrEqual(reached); // never backwards
          reached = seqOf(to);
        }
        expect(reached).toBe(seqOf(run.newest));
        expect(reached).toBe(run.publications.at(-1)?.seq);
      }
    });

    test('a message names every slug that was published between its cursors', () => {
      for (const { taken } of run.sites) {
        for (const message of taken) {
          const { from, to } = cursorOf(message) ?? { from: '', to: '' };
          const between = run.publications.filter(
            ({ seq }) => seq > seqOf(from) && seq <= seqOf(to)
          );
          const { changes } = JSON.parse(message.body).data;
          expect(new Set(changes.map(({ slug }: { slug: string }) => slug))).toEqual(
            new Set(between.map(({ slug }) => slug))
          );
        }
      }
    });

    test('each message id always has the same body', () => {
      for (const { messages } of run.sites) {
        const bodies = new Map(messages.map(({ id, body }) => [id, body]));
        for (const { id, body } of messages) expect(body).toBe(bodies.get(id));
        expect(bodies.size).toBeGreaterThan(1);
      }
    });

    test('no site is ever sent two requests at once', () => {
      for (const { messages } of run.sites) {
        expect(messages.map(({ openBefore }) => openBefore)).toEqual(messages.map(() => 0));
      }
    });

    test('what a site built from the feed is what the CMS publishes', () => {
      expect(Object.fromEntries(run.consumer.documents)).toEqual(Object.fromEntries(run.published));
    });
  });
}
