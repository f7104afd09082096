import type { Hook } from '../shared';
import type { Services } from './application';
import { UsageError } from 'strapi-plugin-frontmatter/kit/command-line';

/**
 * Returns the hook with this name, or otherwise the one with this id.
 *
 * @throws UsageError that lists the existing hooks.
 */
export async function chooseHook({ hooks }: Services, nameOrId: string): Promise<Hook> {
  const all = await hooks.list();
  const found =
    all.find(({ name }) => name === nameOrId) ?? all.find(({ id }) => String(id) === nameOrId);
  if (found) return found;
  const names = all.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none yet';
  throw new UsageError(`There is no hook '${nameOrId}'. Hooks: ${names}`);
}
