import { createHttpError } from '../../../../kit/strapi-utils';

/**
 * Error codes of drivers, by what an operator has to do.
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html,
 * https://www.sqlite.org/rescode.html
 */
const FULL = /^(SQLITE_FULL|53100|ENOSPC)$/;
const UNAVAILABLE =
  /^(08...|53...|57P0.|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|SQLITE_(IOERR|CANTOPEN|READONLY|PROTOCOL).*)$/;

/** Messages of the driver `pg` and of Knex's pool for errors without a code. */
const UNAVAILABLE_MESSAGE =
  /Connection terminated|is not queryable|^Knex: Timeout acquiring a connection/;

/**
 * Returns the answer to an error that the database itself causes, whatever the query was;
 * `undefined` for other errors.
 */
export function unavailableError(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (FULL.test(code)) {
    return createHttpError(
      507,
      'The disk of the database is full, and nothing was saved: free some space, then try again'
    );
  }
  if (!UNAVAILABLE.test(code) && !UNAVAILABLE_MESSAGE.test(message)) return undefined;
  return lostError();
}

export const lostError = (): Error =>
  createHttpError(
    503,
    'The database cannot be reached: try again in a moment, and look first whether a change that you sent was saved'
  );

/** Returns the answer to a commit that failed. */
export const commitError = (error: unknown): Error =>
  unavailableError(error) ??
  createHttpError(
    503,
    'The database rejected the change when it was to be committed, and nothing was saved: try again; if it fails again, the log says why'
  );
