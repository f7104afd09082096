import type { Core } from '@strapi/strapi';

/**
 * Creates the function with which a plugin logs one line for operators: what happened, to what, and
 * what to do. The line has the name and the message of an error. Its stack, and what the line is
 * about, are only in the fields, for logs that are written as JSON.
 */
export const createLog =
  <Fields extends { error?: unknown }>(plugin: string) =>
  (
    { log: logger }: Pick<Core.Strapi, 'log'>,
    level: 'info' | 'warn' | 'error',
    message: string,
    { error, ...fields }: Fields = {} as Fields
  ): void => {
    if (error === undefined) {
      logger[level](oneLine(`${plugin}: ${message}`), fields);
      return;
    }
    const { name, code, message: reason, stack } = error as NodeJS.ErrnoException;
    const kind = [name, code].filter(Boolean).join(' ');
    logger[level](oneLine(`${plugin}: ${message}: ${kind}: ${reason}`), {
      ...fields,
      error: { name, code, stack },
    });
  };

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
