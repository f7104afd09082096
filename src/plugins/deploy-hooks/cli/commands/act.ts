import type { Delivery } from '../../shared';
import { withApplication } from '../application';
import { chooseHook } from '../choose-hook';
import { printJson, type Output } from 'strapi-plugin-frontmatter/kit/command-line';
import { lineOfDelivery, lineOfHook } from '../format';

export interface ActOptions {
  appDir: string;
  json: boolean;
}

/** Sends a test, or tells the site now. Gives the exit code: 1 if the site did not take it. */
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

/** What is open and was not tried yet is sent by a server. */
const isRefused = ({ state, attempts }: Delivery): boolean =>
  state === 'failed' || (state === 'open' && attempts.length > 0);

/** Pauses a hook, or has it go on. Gives the exit code. */
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
