import type { Delivery } from '../../shared';
import { withApplication } from '../application';
import { chooseHook } from '../choose-hook';
import { printJson, type Output } from 'strapi-plugin-frontmatter/kit/command-line';
import { lineOfDelivery, lineOfHook } from '../format';

export interface ActOptions {
  appDir: string;
  json: boolean;
}

/** Sends a test, or notifies the site now. Returns the exit code: 1 if it was not accepted. */
export async function send(
  action: 'test' | 'deployNow',
  nameOrId: string,
  { appDir, json }: ActOptions,
  output: Output
): Promise<0 | 1> {
  const delivery = await withApplication(appDir, async (services) => {
    const { id } = await chooseHook(services, nameOrId);
    return services.operations[action](id);
  });
  if (json) printJson(output, delivery);
  else output.out(lineOfDelivery(delivery));
  return isRefused(delivery) ? 1 : 0;
}

/** A delivery that is open and was not tried yet is not rejected: a server sends it. */
const isRefused = ({ state, attempts }: Delivery): boolean =>
  state === 'failed' || (state === 'open' && attempts.length > 0);

/** Pauses or resumes a hook. Returns the exit code. */
export async function pauseOrResume(
  action: 'pause' | 'resume',
  nameOrId: string,
  { appDir, json }: ActOptions,
  output: Output
): Promise<0> {
  const hook = await withApplication(appDir, async (services) => {
    const { id } = await chooseHook(services, nameOrId);
    return services.operations[action](id);
  });
  if (json) printJson(output, hook);
  else output.out(lineOfHook(hook, new Date()));
  return 0;
}
