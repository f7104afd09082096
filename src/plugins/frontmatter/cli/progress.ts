import { Presets, SingleBar } from 'cli-progress';

/**
 * Shows how far a task is: a bar on a terminal, or a count if the total is not known; elsewhere, such
 * as in a log, nothing.
 */
export async function withProgress<T>(
  label: string,
  task: (step: () => void) => Promise<T>,
  total?: number
): Promise<T> {
  const format =
    total === undefined
      ? `${label} {value}`
      : `${label} {bar} {percentage}% | {eta_formatted} left`;
  const bar = new SingleBar(
    {
      format,
      hideCursor: true,
      noTTYOutput: false,
    },
    Presets.shades_classic
  );
  bar.start(total ?? 0, 0);
  try {
    return await task(() => bar.increment());
  } finally {
    bar.stop();
  }
}
