import type { Hook } from '../shared';
import type { Services } from './application';
import { UsageError } from 'strapi-plugin-frontmatter/kit/command-line';

/**
 * The hook of that name, or else of that id.
 *
 * @throws UsageError that says which ones there are.
 */
export async function chooseHook({ hooks }: Services, nameOrId: string): Promise<Hook> {
  const all = await hooks.list();
  const found =
    all.find(({ name }) => name === nameOrId) ?? all.find(({ id }) => String(id) === nameOrId);
  if (found) return found;
  const names = all.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none yet';
  throw new UsageError(`There is no hook '${nameOrId}': there is ${names}`);
}
