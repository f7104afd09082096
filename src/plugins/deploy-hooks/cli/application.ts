import { existsSync } from 'node:fs';
import nodePath from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import type { DeliveryList, Operations, Hooks } from '../shared';
import { UsageError } from './errors';

const POLL_MS = 20;

/** What commands ask of the application. */
export interface Services {
  hooks: Hooks;
  deliveries: DeliveryList;
  operations: Operations;
}

/**
 * Runs a task with the application loaded in this process. A server may run on the same database:
 * it sees what was changed at its next look.
 *
 * @throws UsageError for what the application refuses.
 */
export async function withApplication<T>(
  appDir: string,
  task: (services: Services) => Promise<T>
): Promise<T> {
  process.env['LOG_LEVEL'] ??= 'error';
  const distDir = findDistDir(appDir);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import() would take Strapi's ESM build, which Node cannot load (lodash/fp has no exports)
  const { createStrapi } = require('@strapi/strapi') as typeof import('@strapi/strapi');
  const strapi = await createStrapi({ appDir, distDir }).load();
  const service = <S>(name: string): S => strapi.plugin('deploy-hooks').service(name) as S;
  try {
    return await task({
      hooks: service('hooks'),
      deliveries: service('delivery-list'),
      operations: service('operations'),
    });
  } catch (error) {
    throw error instanceof errors.ApplicationError ? refusal(error) : error;
  } finally {
    await untilIdle(strapi);
    await strapi.destroy();
  }
}

function findDistDir(appDir: string): string {
  const distDir = nodePath.join(appDir, 'dist');
  if (existsSync(nodePath.join(distDir, 'src'))) return distDir;
  throw new UsageError(`${appDir} holds no built application: run npm run build there first`);
}

interface Problem {
  path: string[];
  message: string;
}

/** One line for each setting that is wrong. */
function refusal({ message, details }: errors.ApplicationError): UsageError {
  const { errors: problems } = details as { errors?: Problem[] };
  return new UsageError(problems?.map(inWords).join('\n') ?? message);
}

/** `filter.tags: …` */
const inWords = ({ path, message }: Problem): string =>
  path.length > 0 ? `${path.join('.')}: ${message}` : message;

/** Queries that nobody waits for, such as those of a dispatcher that was woken, end first. */
async function untilIdle(strapi: Core.Strapi): Promise<void> {
  const { pool } = strapi.db.connection.client;
  do {
    await wait(POLL_MS);
  } while (pool.numUsed() + pool.numPendingAcquires() > 0);
}
