/** A reason not to start that an operator can mend: its message says how, a stack would only hide it. */
export class ConfigurationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigurationError';
    delete this.stack;
  }
}
