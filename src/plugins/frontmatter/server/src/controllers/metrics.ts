import { createHash, timingSafeEqual } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '../../../kit/strapi-utils';
import type { Context } from 'koa';
import { getConfig } from '../config';
import { getMetrics } from '../services/store/metrics';

export function createMetricsController({ strapi }: { strapi: Core.Strapi }) {
  return {
    async find(ctx: Context): Promise<void> {
      const { registry } = getMetrics(strapi);
      if (!registry) {
        throw new errors.NotFoundError(
          'The metrics are off: set FRONTMATTER_METRICS_TOKEN and start the CMS again'
        );
      }
      const [, sent = ''] = /^Bearer +(\S+)$/i.exec(ctx.get('Authorization')) ?? [];
      if (!isSame(sent, getConfig(strapi).metricsToken)) {
        ctx.set('WWW-Authenticate', 'Bearer');
        ctx['unauthorized']('Send the value of FRONTMATTER_METRICS_TOKEN as a bearer token');
        return;
      }
      ctx.set('Cache-Control', 'no-store');
      ctx.type = registry.contentType;
      ctx.body = await registry.metrics();
    },
  };
}

/** Compares in constant time. Hashes first, since only equal lengths can be compared that way. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
