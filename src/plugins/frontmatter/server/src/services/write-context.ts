import { AsyncLocalStorage } from 'node:async_hooks';

/** What a write knows beyond its data; it travels along the calls, not through Strapi's parameters. */
export interface WriteContext {
  /** Dates that an imported file carries, `YYYY-MM-DD`: publishing that document keeps them. */
  givenDates?: {
    documentId: string;
    published?: string | undefined;
    modified?: string | undefined;
  };
  /** Set while the plugin itself writes rows, whose lifecycles must not decide dates once more. */
  isOwnWrite?: boolean;
}

export function createWriteContext() {
  const storage = new AsyncLocalStorage<WriteContext>();
  return {
    get: (): WriteContext => storage.getStore() ?? {},
    run: <T>(context: WriteContext, task: () => Promise<T>): Promise<T> =>
      storage.run({ ...storage.getStore(), ...context }, task),
  };
}
