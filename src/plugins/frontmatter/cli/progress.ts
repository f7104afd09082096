import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  step: () => void;
  stop: () => void;
}

/** A bar on a terminal, or a count if the total is not known; elsewhere, such as in a log, nothing. */
export function startProgress(label: string, total?: number): Progress {
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
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
