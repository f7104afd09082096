import type { Core } from '@strapi/strapi';
import { getConfig } from '../../config';
import { log } from '../foundation/log';
import type { HookRow } from '../../models';
import { readDeclarations, type Declaration } from './settings/declarations';
import {
  credentialsOf,
  isAnotherSite,
  isRevised,
  isSame,
  plainColumnsOf,
  settingsOf,
} from './settings/stored';
import { getClock } from '../foundation/clock';
import { type Credentials, getCredentials, withSecret } from './credentials';
import { getHookRows, type Start } from './hook-rows';
import { getHookRules } from './hook-rules';
import { getSettingsLock } from './settings-lock';
import { serviceOf } from '../foundation/service-of';

/** Hooks that are declared in the environment, and found in the database by their names. */
export function createDeclaredHooks({ strapi }: { strapi: Core.Strapi }) {
  const rows = () => getHookRows(strapi);
  const credentials = () => getCredentials(strapi);

  const read = (): Declaration[] =>
    readDeclarations(getConfig(strapi).declared, getHookRules(strapi).problemsOf);

  async function changed(declarations: readonly Declaration[]) {
    const stored = new Map((await rows().allByName()).map((row) => [row.name, row]));
    return declarations.flatMap((declaration) => {
      const row = stored.get(declaration.settings.name);
      const before = row && credentials().open(row);
      return row && isStored(row, before, declaration) ? [] : [{ declaration, row, before }];
    });
  }

  async function write({ declaration, row, before }: Change, { newest, begin }: Starts) {
    const { settings, secret, fromBeginning } = declaration;
    const secrets = nextSecrets(before, secret, getClock(strapi).now());
    const columns = {
      ...plainColumnsOf(settings),
      ...credentials().seal(credentialsOf(settings, secrets)),
      isDeclared: true,
    };
    if (!row) {
      const start = fromBeginning ? begin : newest;
      await rows().insert({ ...columns, ...start, revision: 1 });
      return;
    }
    const stored = settingsOf(row, before);
    await rows().write(row.id, {
      ...columns,
      revision: row.revision + (isRevised(stored, settings) ? 1 : 0),
      ...(isAnotherSite(stored, settings) && { liveSeq: 0, buildFailure: null }),
    });
  }

  return {
    /** @throws Error that names the position of an invalid hook, or the missing ENCRYPTION_KEY. */
    assertValid(): void {
      const [first] = read();
      if (first) credentials().seal(credentialsOf(first.settings, []));
    },

    /**
     * Writes the declared hooks to the database, unless it has them already. Only for servers: a
     * command line may run without the variable, or with an outdated one.
     *
     * @throws Error that names the position of an invalid hook.
     */
    async apply(): Promise<void> {
      const declarations = read();
      if ((await changed(declarations)).length === 0) return;
      // Before the transaction, which may hold the only connection.
      const newest = await rows().startOf({ fromBeginning: false });
      const begin = await rows().startOf({ fromBeginning: true });
      // Compared again: another replica may have written the same meanwhile.
      await getSettingsLock(strapi).run(async () => {
        for (const change of await changed(declarations)) await write(change, { newest, begin });
      });
    },

    /** Removes hooks that are no longer declared. Only for servers that send. */
    async removeOthers(): Promise<void> {
      const names = read().map(({ settings }) => settings.name);
      const isLeft = ({ isDeclared, name }: HookRow) => isDeclared && !names.includes(name);
      if (!(await rows().allByName()).some(isLeft)) return;
      await getSettingsLock(strapi).run(async () => {
        for (const row of (await rows().allByName()).filter(isLeft)) {
          await rows().delete(row);
          log(strapi, 'info', `'${row.name}' is no longer declared, and was removed`, {
            hook: row.name,
          });
        }
      });
    },
  };
}

/** Where new hooks begin. */
interface Starts {
  newest: Start;
  begin: Start;
}

interface Change {
  declaration: Declaration;
  row: HookRow | undefined;
  before: Credentials | undefined;
}

const isStored = (
  row: HookRow,
  stored: Credentials | undefined,
  { settings, secret }: Declaration
): boolean =>
  row.isDeclared &&
  stored !== undefined &&
  stored.secrets[0]?.secret === secret &&
  isSame(settingsOf(row, stored), settings);

/** Keeps a secret that was replaced in the environment for a day, like one that is rotated. */
function nextSecrets(
  before: Credentials | undefined,
  secret: string | undefined,
  now: Date
): Credentials['secrets'] {
  if (secret === undefined) return [];
  if (!before) return [{ secret }];
  const isKept = before.secrets[0]?.secret === secret;
  return isKept ? before.secrets : withSecret(before, secret, now).secrets;
}

export const getDeclaredHooks = serviceOf('declared-hooks', createDeclaredHooks);
