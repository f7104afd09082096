import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  step: () => void;
  stop: () => void;
}

/** A bar on a terminal; elsewhere, such as in a log, nothing. */
export function startProgress(label: string, total: number): Progress {
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage}% | {eta_formatted} left`,
      hideCursor: true,
      noTTYOutput: false,
    },
    Presets.shades_classic
  );
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
