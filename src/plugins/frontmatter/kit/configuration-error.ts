/** A reason not to start that an operator can fix. The message says how; a stack would hide it. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
    delete this.stack;
  }
}
