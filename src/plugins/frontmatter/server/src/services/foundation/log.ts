import type { Core } from '@strapi/strapi';

/** What a line is about. Kept apart from its text as well, for logs that are written as JSON. */
export interface LogFields {
  collection?: string;
  slug?: string;
  documentId?: string;
  error?: unknown;
}

/**
 * Writes one line for operators: what happened, to which document, and what to do. Of an error it
 * has the name and the message; where it was thrown is among the fields alone.
 */
export function log(
  { log: logger }: Pick<Core.Strapi, 'log'>,
  level: 'info' | 'warn' | 'error',
  message: string,
  { error, ...fields }: LogFields = {}
): void {
  if (error === undefined) {
    logger[level](oneLine(`frontmatter: ${message}`), fields);
    return;
  }
  const { name, code, message: reason, stack } = error as NodeJS.ErrnoException;
  const told = [name, code].filter(Boolean).join(' ');
  logger[level](oneLine(`frontmatter: ${message}: ${told}: ${reason}`), {
    ...fields,
    error: { name, code, stack },
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
