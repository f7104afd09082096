import type { Core } from '@strapi/strapi';

/** What a line is about: ids and names; never an address, a header, a secret or a body. */
export interface LogFields {
  hook?: string;
  messageId?: string;
  error?: unknown;
}

/** Writes one line for operators: what happened, to which hook, and what to do. */
export function log(
  { log: logger }: Pick<Core.Strapi, 'log'>,
  level: 'info' | 'warn' | 'error',
  message: string,
  { error, ...fields }: LogFields = {}
): void {
  if (error === undefined) {
    logger[level](`deploy-hooks: ${message}`, fields);
    return;
  }
  const { name, code, message: reason, stack } = error as NodeJS.ErrnoException;
  const told = [name, code].filter(Boolean).join(' ');
  const text = `deploy-hooks: ${message}: ${told}: ${reason}`.replace(/\s+/g, ' ');
  logger[level](text, { ...fields, error: { name, code, stack } });
}
