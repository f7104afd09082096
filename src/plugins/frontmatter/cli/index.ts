import path from 'node:path';
import { Option, type Command } from 'commander';
import {
  createProgram,
  runProcess,
  runProgram,
  type Environment,
  type ExitCode,
} from '../kit/command-line';
import { exportFolder } from './commands/export';
import { printHistory } from './commands/history';
import { importFiles } from './commands/import';
import { initShape } from './commands/init';
import { lintDocuments } from './commands/lint';
import { reconcile } from './commands/reconcile';
import { resetCursors } from './commands/reset-cursors';
import { printSchedule } from './commands/schedule';
import { printTypes } from './commands/types';
import { validateFiles } from './commands/validate';
import { UsageError } from './errors';

/** Runs one command line, such as `['import', 'posts', '--draft']`. */
export async function run(args: readonly string[], environment: Environment): Promise<ExitCode> {
  const { appDir, workingDir, output } = environment;
  const resolve = (paths: string[]) =>
    paths.map((name) => path.relative(process.cwd(), path.resolve(workingDir, name)) || '.');
  let exitCode: ExitCode = 0;

  const program = createProgram(
    'frontmatter',
    'Imports markdown files with YAML frontmatter into the CMS, and exports them',
    output
  );

  const cmsCommand = (name: string): Command =>
    program
      .command(name)
      .addOption(
        new Option('--url <address>', 'a running CMS, instead of its database').env(
          'FRONTMATTER_URL'
        )
      )
      .addOption(
        new Option(
          '--token <token>',
          'API token for it; process lists show a value given here'
        ).env('FRONTMATTER_TOKEN')
      );

  program.hook('preAction', (_program, command) => {
    const isNamed = command.getOptionValueSource('token') === 'cli';
    if (!isNamed || command.getOptionValue('url')) return;
    throw new UsageError('--token is for a running CMS: name it with --url');
  });

  program
    .command('init')
    .description('write the shape of a content type, from its schema and from files')
    .argument('<content-type>', 'its name, or its uid such as api::post.post')
    .option('--from <folder>', 'folder with markdown files, for their keys and names')
    .action(async (contentType: string, options: { from?: string }) => {
      const [from] = resolve(options.from === undefined ? [] : [options.from]);
      exitCode = await initShape(contentType, { appDir, from }, output);
    });

  cmsCommand('import')
    .description(
      'create or update documents from files; folders are searched for files of the collection'
    )
    .argument('<path...>', 'markdown files, or folders of them')
    .option('--collection <name>', 'collection of the files; by default it is found by their keys')
    .option('--dry-run', 'report what would happen and write nothing', false)
    .option('--draft', 'leave the documents as drafts', false)
    .option('--force', 'import files as they are, even over changes made in the CMS', false)
    .option('--if-empty', 'do nothing if the collection already has documents', false)
    .option('--verbose', 'list the files that were skipped, and why', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (paths: string[], options) => {
      exitCode = await importFiles(resolve(paths), { appDir, ...options }, output);
    });

  cmsCommand('export')
    .description('write the published documents into a folder, in place')
    .argument('<dir>', 'folder that holds the files of the collection, such as a checkout')
    .option(
      '--collection <name>',
      'collection to write; by default the one whose files the folder holds'
    )
    .option('--check', 'print what differs and write nothing; exit code 1 if anything does', false)
    .option(
      '--prune',
      'remove the files of deleted documents and move those of renamed ones',
      false
    )
    .option('--force', 'write over changes in files that the CMS has not published', false)
    .option('--verbose', 'list the files that were skipped, and why', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (dir: string, options) => {
      const [folder = dir] = resolve([dir]);
      exitCode = await exportFolder(folder, { appDir, ...options }, output);
    });

  cmsCommand('reconcile')
    .description('compare what readers get with what is published, and publish what differs')
    .option('--check', 'report what differs and write nothing; exit code 1 if anything does', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (options) => {
      exitCode = await reconcile({ appDir, ...options }, output);
    });

  program
    .command('reset-cursors')
    .description('run after a restore: every consumer of the feed and every hook starts over')
    .action(async () => {
      exitCode = await resetCursors({ appDir }, output);
    });

  cmsCommand('lint')
    .description('look for what readers or search engines would stumble over')
    .argument('[path...]', 'markdown files, or folders of them; without any, what is published')
    .option('--collection <name>', 'collection to look at; by default all')
    .option('--draft', 'look at the drafts of the CMS instead', false)
    .option('--verbose', 'list the files that were skipped, and why', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (paths: string[], options) => {
      exitCode = await lintDocuments(resolve(paths), { appDir, ...options }, output);
    });

  cmsCommand('schedule')
    .description('show which scheduled entry each published document shows on a day')
    .option('--at <day>', 'the day, YYYY-MM-DD; without it, today')
    .option('--collection <name>', 'collection to look at; by default all')
    .option('--json', 'print the result as JSON', false)
    .action(async (options) => {
      exitCode = await printSchedule({ appDir, ...options }, output);
    });

  cmsCommand('history')
    .description('list the publications of a document, and why its date is what it is')
    .argument('<slug>')
    .option('--collection <name>', 'collection of the document; by default any')
    .option('--json', 'print the result as JSON', false)
    .action(async (slug: string, options) => {
      exitCode = await printHistory(slug, { appDir, ...options }, output);
    });

  program
    .command('validate')
    .description('check files without a database')
    .argument('<path...>', 'markdown files, or folders of them')
    .option('--collection <name>', 'collection of the files; by default it is found by their keys')
    .option('--verbose', 'list the files that were skipped, and why', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (paths: string[], options) => {
      exitCode = await validateFiles(resolve(paths), { appDir, ...options }, output);
    });

  program
    .command('types')
    .description('print TypeScript types of the frontmatter, without a database')
    .argument('<collection>')
    .option('--out <file>', 'write it to a file')
    .action(async (collection: string, options: { out?: string }) => {
      const [out] = resolve(options.out === undefined ? [] : [options.out]);
      exitCode = await printTypes(collection, { appDir, out }, output);
    });

  return runProgram(program, args, { output, getExitCode: () => exitCode });
}

export const main = (): Promise<void> => runProcess(run);
