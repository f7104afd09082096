import type { DeliveryState } from '../../shared';
import { withApplication } from '../application';
import { chooseHook } from '../choose-hook';
import { printJson, type Output } from 'strapi-plugin-frontmatter/kit/command-line';
import { lineOfDelivery } from '../format';

export interface LogOptions {
  appDir: string;
  json: boolean;
  state?: DeliveryState | undefined;
  limit: number;
}

/** Prints the newest deliveries, of a hook or of all, the newest last. Returns the exit code. */
export async function printLog(
  nameOrId: string | undefined,
  { appDir, json, state, limit }: LogOptions,
  output: Output
): Promise<0> {
  const newest = await withApplication(appDir, async (services) => {
    const hook = nameOrId === undefined ? undefined : await chooseHook(services, nameOrId);
    const { data } = await services.deliveries.list({
      hook: hook?.id,
      state,
      page: 1,
      pageSize: limit,
    });
    return data;
  });
  const deliveries = newest.toReversed();
  if (json) printJson(output, deliveries);
  else deliveries.forEach((delivery) => output.out(lineOfDelivery(delivery)));
  return 0;
}
