import { parseCursor } from 'strapi-plugin-frontmatter/core';
import { z } from 'zod';
import { link, moment, note } from './fields';
import type { BuildReport, ReadReport } from './report';

const message = z.object({
  type: z.enum(['build.started', 'build.succeeded', 'build.failed', 'build.canceled']),
  timestamp: moment,
  data: z.object({
    build: z.string().min(1).max(200),
    cursor: z
      .string()
      .refine((text) => parseCursor(text) !== undefined)
      .optional(),
    url: link,
    logUrl: link,
    reason: note,
    startedAt: moment.optional(),
  }),
});

const STATES: Record<z.infer<typeof message>['type'], BuildReport['state']> = {
  'build.started': 'building',
  'build.succeeded': 'live',
  'build.failed': 'failed',
  'build.canceled': 'canceled',
};

/** Returns what is wrong with a message of a self-hosted receiver. */
export function reportProblem(body: unknown): string | undefined {
  const { error } = message.safeParse(body);
  return error && z.prettifyError(error);
}

/** Reads a message of a self-hosted receiver, in the format of Standard Webhooks. */
export const readGeneric: ReadReport = ({ body }) => {
  const { data } = message.safeParse(body);
  if (!data) return undefined;
  const { startedAt, ...report } = data.data;
  const createdAt = data.type === 'build.started' ? data.timestamp : startedAt;
  return { ...report, state: STATES[data.type], createdAt };
};
