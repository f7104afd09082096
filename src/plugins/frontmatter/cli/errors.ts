import { CommandError } from '../kit/command-line';

export { UsageError } from '../kit/command-line';

/** The CMS at `--url` cannot be reached, or does not answer as it should. */
export class ServerError extends CommandError {}
