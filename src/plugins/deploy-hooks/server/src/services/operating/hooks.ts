import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import { needsToken, newSecret, signs } from '../../../../core';
import type { Hook, Hooks, HookSettings, HookUpdate } from '../../../../shared';
import {
  fieldError,
  parseFields,
  type FieldProblem,
} from 'strapi-plugin-frontmatter/kit/field-error';
import type { HookRow } from '../../models';
import { createBody, updateBody } from '../hooks/settings/schema';
import {
  credentialsOf,
  isAnotherSite,
  isRevised,
  isSealedTouched,
  plainColumnsOf,
  settingsOf,
  withUpdate,
} from '../hooks/settings/stored';
import { getClock } from '../foundation/clock';
import { type Credentials, getCredentials, withSecret } from '../hooks/credentials';
import { getDispatcher } from '../dispatching/dispatcher';
import { getHookRows } from '../hooks/hook-rows';
import { getHookRules } from '../hooks/hook-rules';
import { getHookView } from './hook-view';
import { getSettingsLock } from '../hooks/settings-lock';
import { serviceOf } from '../foundation/service-of';

/** What operators do with hooks by hand. */
export function createHooks({ strapi }: { strapi: Core.Strapi }): Hooks {
  const rows = () => getHookRows(strapi);
  const rules = () => getHookRules(strapi);
  const credentials = () => getCredentials(strapi);
  const view = async (row: HookRow): Promise<Hook> =>
    (await getHookView(strapi).read([row]))[0] as Hook;

  /** Makes one change at a time; the dispatcher reacts to the result at once. */
  async function change<T>(task: () => Promise<T>): Promise<T> {
    const result = await getSettingsLock(strapi).run(task);
    getDispatcher(strapi).wake();
    return result;
  }

  async function namesakeProblems(name: string, id?: number): Promise<FieldProblem[]> {
    const found = await rows().findByName(name);
    const isFree = !found || found.id === id;
    return isFree ? [] : [{ path: ['name'], message: 'another hook has this name: choose one' }];
  }

  /** @throws ApplicationError if the hook is declared in the environment. */
  async function getOwn(id: number): Promise<HookRow> {
    const row = await rows().get(id);
    if (!row.isDeclared) return row;
    throw new errors.ApplicationError(
      `'${row.name}' is declared in the environment: change it in DEPLOY_HOOKS_DECLARED, and restart`
    );
  }

  /** Returns what is stored from now on, with the secret if the hook did not sign before. */
  function nextCredentials(
    settings: HookSettings,
    before: Credentials | undefined
  ): { credentials: Credentials; secret?: string } {
    const secrets = before?.secrets ?? [];
    if (!signs(settings.preset) || secrets.length > 0) {
      return { credentials: credentialsOf(settings, secrets) };
    }
    const secret = newSecret(randomBytes);
    return { credentials: credentialsOf(settings, [{ secret }]), secret };
  }

  return {
    async list() {
      return getHookView(strapi).read(await rows().allByName());
    },

    async findOne(id) {
      return view(await rows().get(id));
    },

    async create(body) {
      const { secret: ownSecret, fromBeginning, ...settings } = parseFields(createBody, body);
      const given = { ...settings, secret: ownSecret };
      const found = [
        ...rules().problemsOf(given, Object.keys(given)),
        ...(await rules().resolvedProblems(settings)),
      ];
      const start = await rows().startOf({ fromBeginning });
      const secret = signs(settings.preset) ? (ownSecret ?? newSecret(randomBytes)) : undefined;
      const secrets = secret === undefined ? [] : [{ secret }];
      const row = await change(async () => {
        assertNone([...found, ...(await namesakeProblems(settings.name))]);
        return rows().insert({
          ...plainColumnsOf(settings),
          ...credentials().seal(credentialsOf(settings, secrets)),
          ...start,
          isDeclared: false,
          revision: 1,
        });
      });
      return { ...(await view(row)), ...(secret !== undefined && { secret }) };
    },

    async update(id, body) {
      const input = parseFields(updateBody, body);
      const resolved = await rules().resolvedProblems(input);
      const secret = await change(async () => {
        const row = await getOwn(id);
        const before = credentials().open(row);
        const current = settingsOf(row, before);
        const settings = withUpdate(current, input);
        assertNone([
          ...unknownProblems(input, before),
          ...movedProblems(settings.preset, input, before),
          ...rules().problemsOf(settings, touchedBy(input, before)),
          ...resolved,
          ...(await namesakeProblems(settings.name, id)),
        ]);
        const next = isSealedTouched(input) ? nextCredentials(settings, before) : undefined;
        await rows().write(id, {
          ...plainColumnsOf(settings),
          ...(next && credentials().seal(next.credentials)),
          revision: isRevised(current, settings) ? row.revision + 1 : row.revision,
          ...(isAnotherSite(current, settings) && { liveSeq: 0, buildFailure: null }),
        });
        return next?.secret;
      });
      return { ...(await view(await rows().get(id))), ...(secret !== undefined && { secret }) };
    },

    async delete(id) {
      const deleted = await view(await getOwn(id));
      await change(async () => rows().delete(await getOwn(id)));
      return deleted;
    },

    async rotateSecret(id) {
      const secret = newSecret(randomBytes);
      await change(async () => {
        const row = await getOwn(id);
        const current = credentials().open(row);
        if (!current) throw unreadableError();
        if (!signs(row.preset)) {
          throw new errors.ApplicationError(
            `${row.preset} checks no signature, so '${row.name}' has no secret to rotate`
          );
        }
        const now = getClock(strapi).now();
        await rows().write(id, credentials().seal(withSecret(current, secret, now)));
      });
      return { ...(await view(await rows().get(id))), secret };
    },
  };
}

/** @throws ValidationError */
function assertNone(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw fieldError(problems);
}

const UNREADABLE =
  'cannot be read with the current ENCRYPTION_KEY: enter it again, with token and headers if there were any';

const unreadableError = (): Error => fieldError([{ path: ['url'], message: UNREADABLE }]);

/** If a hook cannot be read, a new address also needs what was entered with the old one. */
const touchedBy = (update: HookUpdate, before: Credentials | undefined): string[] =>
  Object.keys(before || update.url === undefined ? update : { ...update, preset: undefined });

/** Credentials stored for one origin are never sent to another: they have to be entered again. */
function movedProblems(
  preset: HookSettings['preset'],
  { url, token, headers }: HookUpdate,
  before: Credentials | undefined
): FieldProblem[] {
  if (!before || url === undefined || isSameOrigin(url, before.url)) return [];
  const kept = Object.keys(before.headers).filter((name) => !headers || headers[name] === null);
  const isTokenKept = needsToken(preset) && before.token !== undefined && token === undefined;
  const paths = [...(isTokenKept ? [['token']] : []), ...kept.map((name) => ['headers', name])];
  const message = `was stored for ${new URL(before.url).origin}: enter it again for the new address`;
  return paths.map((path) => ({ path, message }));
}

/** Text that is not a URL has its own problem. */
const isSameOrigin = (one: string, other: string): boolean =>
  !URL.canParse(one) || new URL(one).origin === new URL(other).origin;

/** Returns problems with values that an update wants to keep, but that are not known. */
function unknownProblems(update: HookUpdate, before: Credentials | undefined): FieldProblem[] {
  const { url, headers = {} } = update;
  if (!before && url === undefined && isSealedTouched(update)) {
    return [{ path: ['url'], message: UNREADABLE }];
  }
  return Object.entries(headers).flatMap(([name, value]) =>
    value === null && !(before && Object.hasOwn(before.headers, name))
      ? [{ path: ['headers', name], message: 'has no stored value to keep: enter one' }]
      : []
  );
}

export const getHooks = serviceOf('hooks', createHooks);
