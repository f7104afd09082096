import { errors, type ApplicationError } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import { withApplication as withLoaded } from 'strapi-plugin-frontmatter/kit/application';
import { UsageError } from 'strapi-plugin-frontmatter/kit/command-line';
import { formatProblem, type FieldProblem } from 'strapi-plugin-frontmatter/kit/field-error';
import type { DeliveryList, Operations, Hooks } from '../shared';

/** What commands use of the application. */
export interface Services {
  hooks: Hooks;
  deliveries: DeliveryList;
  operations: Operations;
}

/**
 * Runs a task with the application loaded in this process. A server may run on the same database:
 * it notices what was changed in its next round.
 *
 * @throws UsageError for what the application rejects.
 */
export const withApplication = <T>(
  appDir: string,
  task: (services: Services) => Promise<T>
): Promise<T> =>
  withLoaded(appDir, async (strapi) => {
    const service = <S>(name: string): S => strapi.plugin('deploy-hooks').service(name) as S;
    try {
      return await task({
        hooks: service('hooks'),
        deliveries: service('delivery-list'),
        operations: service('operations'),
      });
    } catch (error) {
      throw error instanceof errors.ApplicationError ? rejection(error) : error;
    }
  });

/** Returns one line for each invalid setting. */
function rejection({ message, details }: ApplicationError): UsageError {
  const { errors: problems } = details as { errors?: FieldProblem[] };
  return new UsageError(problems?.map(formatProblem).join('\nerror: ') ?? message);
}
