import { setImmediate } from 'node:timers/promises';

/**
 * Lets callers share the runs of a task, each only a run that began after it called: a run that is
 * under way may have looked before something happened that the caller knows of.
 */
export function shareNext<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;

  async function runNext(): Promise<T> {
    await running.catch(() => undefined); // whoever shared that run has its error
    await setImmediate(); // whatever came in together shares one run
    next = undefined;
    const run = task();
    running = run;
    return run;
  }

  return () => (next ??= runNext());
}
