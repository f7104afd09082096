/** Where the lines of a command go. */
export interface Output {
  out: (line: string) => void;
  /** What went wrong, so that the result can be piped. */
  err: (line: string) => void;
}

export const printJson = (output: Output, result: unknown): void =>
  output.out(JSON.stringify(result, null, 2));
