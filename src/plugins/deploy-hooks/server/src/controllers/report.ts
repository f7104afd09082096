import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import getRawBody, { type RawBodyError } from 'raw-body';
import { errors } from 'strapi-plugin-frontmatter/kit/strapi-utils';
import { getBuildReports } from '../services/reporting/build-reports';
import { idOf } from './request';

/** The largest reports that hosts send are about 30 kB. */
const MAX_BYTES = 512 * 1_024;

/** Receives what hosts report about their builds. */
export function createReportController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async receive(ctx: Context): Promise<void> {
      const length = Number(ctx.get('Content-Length')) || undefined;
      const body = await getRawBody(ctx.req, { limit: MAX_BYTES, ...(length && { length }) }).catch(
        ({ status }: RawBodyError) => {
          throw status === 413
            ? new errors.PayloadTooLargeError('The report is larger than the limit of 512 KiB')
            : new errors.ValidationError('The report arrived incomplete: send it again');
        }
      );
      const headers = Object.fromEntries(
        Object.entries(ctx.headers).map(([name, value]) => [name, value?.toString()])
      );
      await getBuildReports(strapi).receive(idOf(ctx), { headers, body: body.toString() });
      ctx.status = 204;
    },
  };
}
