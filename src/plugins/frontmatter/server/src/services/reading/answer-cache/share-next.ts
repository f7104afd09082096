import { setImmediate } from 'node:timers/promises';

/**
 * Lets callers share the runs of a task. Each call gets only a run that began after it: a run in
 * progress may have read before something happened that the caller knows of.
 */
export function shareNext<T>(task: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | undefined;

  async function runNext(): Promise<T> {
    await running.catch(() => undefined); // the callers that shared that run get its error
    await setImmediate(); // calls that came in together share one run
    next = undefined;
    const run = task();
    running = run;
    return run;
  }

  return () => (next ??= runNext());
}
