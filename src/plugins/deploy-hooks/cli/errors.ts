/** The command cannot be run as it was called. */
export class UsageError extends Error {}
