import { Command, CommanderError } from 'commander';

/** Where a command writes its lines. */
export interface Output {
  out: (line: string) => void;
  /** Findings, progress and errors, so that the result can be piped. */
  err: (line: string) => void;
}

/** 0: done · 1: something was found, or rejected · 2: the command cannot be run. */
export type ExitCode = 0 | 1 | 2;

export interface Environment {
  /** Folder of the Strapi application. */
  appDir: string;
  /** Folder that relative paths start from. */
  workingDir: string;
  output: Output;
}

/** Ends a command with exit code 2 and its message, without a stack. */
export class CommandError extends Error {}

/** The command cannot be run as it was called. */
export class UsageError extends CommandError {}

export const printJson = (output: Output, result: unknown): void =>
  output.out(JSON.stringify(result, null, 2));

export const createProgram = (name: string, description: string, output: Output): Command =>
  new Command(name)
    .description(description)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
    });

/** Runs one command line; `getExitCode` returns the exit code of its command. */
export async function runProgram(
  program: Command,
  args: readonly string[],
  { output, getExitCode }: { output: Output; getExitCode: () => ExitCode }
): Promise<ExitCode> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof CommandError)) throw error;
    `error: ${error.message}`.split('\n').forEach((line) => output.err(line));
    return 2;
  }
  return getExitCode();
}

/** Runs the command line of this process, and ends it. */
export async function runProcess(
  run: (args: readonly string[], environment: Environment) => Promise<ExitCode>
): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2), {
      appDir: process.cwd(),
      // npm runs scripts in the folder of package.json; INIT_CWD is where the user ran it.
      workingDir: process.env['INIT_CWD'] ?? process.cwd(),
      output: { out: (line) => console.log(line), err: (line) => console.error(line) },
    });
  } catch (error) {
    // An error without a stack is meant for the operator as it is.
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exitCode = 1;
  }
  // Strapi leaves timers behind that would keep the process alive.
  process.exit();
}
