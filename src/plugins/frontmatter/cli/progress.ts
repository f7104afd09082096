import { Presets, SingleBar } from 'cli-progress';

/**
 * Shows the progress of a task on a terminal: a bar, or a count if the total is not known. Shows
 * nothing elsewhere, such as in a log.
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
