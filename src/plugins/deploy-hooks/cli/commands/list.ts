import { withApplication } from '../application';
import { printJson, type Output } from 'strapi-plugin-frontmatter/kit/command-line';
import { lineOfHook } from '../format';

/** Prints each hook with its state. Returns the exit code. */
export async function listHooks(
  { appDir, json }: { appDir: string; json: boolean },
  output: Output
): Promise<0> {
  const hooks = await withApplication(appDir, ({ hooks }) => hooks.list());
  if (json) printJson(output, hooks);
  else if (hooks.length === 0)
    output.out('There are no hooks yet: create one with deploy-hooks add');
  else hooks.forEach((hook) => output.out(lineOfHook(hook, new Date())));
  return 0;
}
