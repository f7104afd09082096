/** The command cannot be run as it was called. */
export class UsageError extends Error {}

/** The CMS at `--url` cannot be asked, or does not answer as it should. */
export class ServerError extends Error {}
