import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { isPlainObject, pickBy } from 'es-toolkit';
import type { Preset } from '../../core';
import type { Hook, WithSecret } from '../../shared';
import { withApplication } from '../application';
import { UsageError, printJson, type Output } from 'strapi-plugin-frontmatter/kit/command-line';
import { lineOfHook } from '../format';

/** Variables to read secrets from, to keep them out of shell histories and lists of processes. */
export const SECRET_VARIABLES = {
  url: 'DEPLOY_HOOK_URL',
  token: 'DEPLOY_HOOK_TOKEN',
  secret: 'DEPLOY_HOOK_SECRET',
} as const;

/** Means standard input. */
const STDIN = '-';

export interface AddOptions {
  appDir: string;
  json: boolean;
  /** File with settings as `POST /deploy-hooks/hooks` accepts them, or `-`. */
  settings?: string | undefined;
  preset?: Preset | undefined;
  url?: string | undefined;
  token?: string | undefined;
  secret?: string | undefined;
  statusUrl?: string | undefined;
  collection?: string[] | undefined;
  tag?: string[] | undefined;
  changed?: string[] | undefined;
  fromBeginning?: boolean | undefined;
}

/** Creates a hook, and prints its secret this once. Returns the exit code. */
export async function addHook(
  name: string,
  { appDir, json, settings, collection, tag, changed, ...given }: AddOptions,
  output: Output
): Promise<0> {
  const read = settings === undefined ? {} : await readSettings(settings);
  const filter = isGiven({ collections: collection, tags: tag, changed });
  const body = {
    ...read,
    ...isGiven(given),
    ...(Object.keys(filter).length > 0 && { filter }),
    name,
  };
  const hook = await withApplication(appDir, ({ hooks }) => hooks.create(body));
  if (json) printJson(output, hook);
  else print(hook, output);
  return 0;
}

function print({ secret, ...hook }: Hook & WithSecret, output: Output): void {
  output.out(lineOfHook(hook, new Date()));
  if (secret === undefined) return;
  output.out('Its signing secret, shown only this once. The receiver needs it:');
  output.out(secret);
}

const isGiven = (values: object): Record<string, unknown> =>
  pickBy(values as Record<string, unknown>, (value) => value !== undefined);

/** @throws UsageError that contains nothing of what was read. */
async function readSettings(file: string): Promise<object> {
  const place = file === STDIN ? 'standard input' : file;
  const text = await (file === STDIN ? readAll(process.stdin) : readFile(file, 'utf8')).catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(`${place} cannot be read (${error.code})`);
    }
  );
  const parsed = parse(text);
  if (isPlainObject(parsed)) return parsed;
  throw new UsageError(
    `${place} holds no settings: JSON such as { "url": "https://example.org/hook" } is expected`
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the message of JSON.parse quotes the text
  }
}
