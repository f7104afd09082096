import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  createProgram,
  runProcess,
  runProgram,
  type Environment,
  type ExitCode,
} from 'strapi-plugin-frontmatter/kit/command-line';
import { PRESETS } from '../core';
import { DELIVERY_STATES } from '../shared';
import { pauseOrResume, send } from './commands/act';
import { addHook, SECRET_VARIABLES } from './commands/add';
import { listHooks } from './commands/list';
import { printLog } from './commands/log';

const MAX_LOG_LINES = 100;

/** Runs one command line, such as `['trigger', 'docs']`. */
export async function run(args: readonly string[], environment: Environment): Promise<ExitCode> {
  const { output } = environment;
  let exitCode: ExitCode = 0;
  const program = programOf(environment, (code) => (exitCode = code));
  return runProgram(program, args, { output, getExitCode: () => exitCode });
}

function programOf(
  { appDir, workingDir, output }: Environment,
  end: (exitCode: ExitCode) => void
): Command {
  const program = createProgram(
    'deploy-hooks',
    'Notifies sites to rebuild when published content changed',
    output
  );
  const command = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--json', 'print the result as JSON', false);

  command('list', 'print each hook with its state').action(async (options) =>
    end(await listHooks({ appDir, ...options }, output))
  );

  addCommand(command).action(async (name: string, { settings, ...options }) => {
    const file =
      settings && settings !== '-' ? path.resolve(workingDir, settings) : (settings as string);
    end(await addHook(name, { appDir, settings: file, ...options }, output));
  });

  for (const [name, action, description] of [
    ['test', 'test', 'send one message without changes, which is tried once'],
    ['trigger', 'deployNow', 'notify the site now, whether or not anything is pending'],
  ] as const) {
    command(name, description)
      .argument('<hook>', 'name or id')
      .action(async (hook: string, options) =>
        end(await send(action, hook, { appDir, ...options }, output))
      );
  }

  for (const [action, description] of [
    ['pause', 'send nothing until it is resumed; changes are kept'],
    ['resume', 'send again, beginning with what came meanwhile'],
  ] as const) {
    command(action, description)
      .argument('<hook>', 'name or id')
      .action(async (hook: string, options) =>
        end(await pauseOrResume(action, hook, { appDir, ...options }, output))
      );
  }

  command('log', 'print the newest deliveries, the newest last')
    .argument('[hook]', 'name or id; all hooks if left out')
    .addOption(new Option('--state <state>', 'only those in a state').choices(DELIVERY_STATES))
    .option('--limit <count>', `how many, at most ${MAX_LOG_LINES}`, toLimit, 20)
    .action(async (hook: string | undefined, options) =>
      end(await printLog(hook, { appDir, ...options }, output))
    );
  return program;
}

/** What is a secret may also come from the environment or from a file. */
function addCommand(command: (name: string, description: string) => Command): Command {
  const secret = (flags: string, what: string, variable: string): Option =>
    new Option(flags, `${what}; shell histories and process lists show a value given here`).env(
      variable
    );
  return command('add', 'make a hook, and print its signing secret this once')
    .argument('<name>')
    .addOption(
      new Option('--preset <preset>', 'what is sent; generic if left out').choices(PRESETS)
    )
    .addOption(secret('--url <address>', 'where to send', SECRET_VARIABLES.url))
    .addOption(secret('--token <token>', 'of github: what may dispatch', SECRET_VARIABLES.token))
    .addOption(
      secret('--secret <secret>', 'to sign with; made if left out', SECRET_VARIABLES.secret)
    )
    .option('--settings <file>', 'all settings as JSON, as the admin API takes them; - for stdin')
    .option('--collection <name...>', 'only changes of these collections')
    .option('--tag <tag...>', 'only changes of documents with one of these tags')
    .option('--changed <key...>', 'only changes of these keys of the frontmatter')
    .option('--status-url <address>', 'where the site says which content it shows')
    .option('--from-beginning', 'send everything that is published, not only what changes');
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LOG_LINES) return limit;
  throw new InvalidArgumentError(`Give a whole number from 1 to ${MAX_LOG_LINES}.`);
}

export const main = (): Promise<void> => runProcess(run);
