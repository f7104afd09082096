import type { Core } from '@strapi/strapi';
import { z } from 'zod';

const MIN_TOKEN_LENGTH = 16;
const MEBIBYTE = 2 ** 20;

/** Settings of the plugin, in `config/plugins.ts`. */
const schema = z.strictObject({
  /** IANA time zone in which a day begins and ends, for `dateModified` and `datePublished`. */
  timeZone: z.string().refine(isTimeZone, {
    error: ({ input }) =>
      `FRONTMATTER_TIME_ZONE is '${input}', which is not a time zone: use a name such as UTC or Europe/Berlin`,
  }),
  /** How long a change waits for others, in milliseconds. */
  lockTimeoutMs: z.number().int().min(1),
  /** How many texts of a document are kept. An imported file is compared with them. */
  retention: z.number().int().min(1),
  /** Memory for answers that are sent again, in bytes; 0 turns the cache off. */
  cacheBytes: z.number().int().min(0),
  /** `Cache-Control` of answers that anyone may read. */
  cacheControl: z.string().min(1),
  /** What Prometheus sends as a bearer token; empty turns the metrics off. */
  metricsToken: z.string().refine((token) => token === '' || token.length >= MIN_TOKEN_LENGTH, {
    error: ({ input }) =>
      `FRONTMATTER_METRICS_TOKEN has ${String(input).length} characters and needs at least ${MIN_TOKEN_LENGTH}: set a longer one, or none to turn the metrics off`,
  }),
});

export type PluginConfig = z.infer<typeof schema>;

export const getConfig = (strapi: Core.Strapi): PluginConfig =>
  strapi.config.get<PluginConfig>('plugin::frontmatter');

export default {
  default: {
    timeZone: 'UTC',
    lockTimeoutMs: 15_000,
    retention: 50,
    cacheBytes: 64 * MEBIBYTE,
    cacheControl: 'public, max-age=0, must-revalidate',
    metricsToken: '',
  } satisfies PluginConfig,
  validator(config: unknown) {
    const { error } = schema.safeParse(config);
    if (error) throw new Error(z.prettifyError(error));
  },
};

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
