import type { Core } from '@strapi/strapi';

export interface PluginConfig {
  /**
   * IANA time zone in which a day begins and ends, for `dateModified` and `datePublished`.
   * @default 'UTC'
   */
  timeZone: string;
  /**
   * How long a change waits for others, in milliseconds.
   * @default 15_000
   */
  lockTimeoutMs: number;
  /**
   * How many texts of a document are kept: an edit of a file is compared with them when it is imported.
   * @default 50
   */
  retention: number;
  /**
   * `Cache-Control` of what anyone may read.
   * @default 'public, max-age=0, must-revalidate'
   */
  cacheControl: string;
  /**
   * What Prometheus sends as a bearer token, at least 16 characters; empty turns the metrics off.
   * @default ''
   */
  metricsToken: string;
}

const MIN_TOKEN_LENGTH = 16;

export const getConfig = (strapi: Core.Strapi): PluginConfig =>
  strapi.config.get<PluginConfig>('plugin::frontmatter');

export default {
  default: {
    timeZone: 'UTC',
    lockTimeoutMs: 15_000,
    retention: 50,
    cacheControl: 'public, max-age=0, must-revalidate',
    metricsToken: '',
  } satisfies PluginConfig,
  validator({ timeZone, lockTimeoutMs, retention, metricsToken }: PluginConfig) {
    if (!Number.isInteger(lockTimeoutMs) || lockTimeoutMs <= 0) {
      throw new Error('lockTimeoutMs of the frontmatter plugin must be a whole number above 0');
    }
    if (!Number.isInteger(retention) || retention <= 0) {
      throw new Error('retention of the frontmatter plugin must be a whole number above 0');
    }
    if (metricsToken && metricsToken.length < MIN_TOKEN_LENGTH) {
      throw new Error(
        `FRONTMATTER_METRICS_TOKEN has ${metricsToken.length} characters and needs at least ${MIN_TOKEN_LENGTH}: set a longer one, or none to turn the metrics off`
      );
    }
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      throw new Error(
        `FRONTMATTER_TIME_ZONE is '${timeZone}', which is no time zone: use a name such as UTC or Europe/Berlin`
      );
    }
  },
};
