import { lookup } from 'node:dns/promises';
import { withTimeout } from 'es-toolkit';
import { serviceOf } from '../foundation/service-of';

/** An operator waits for it, and the sender looks up the name again anyway. */
const PATIENCE_MS = 3_000;

/** Looks up where a name leads, as a connection would; tests replace `addressesOf`. */
export const createNameLookup = () => ({
  /** @returns An empty list if that is unknown, or takes too long to find out. */
  addressesOf: async (name: string): Promise<string[]> => {
    try {
      const found = await withTimeout(() => lookup(name, { all: true }), PATIENCE_MS);
      return found.map(({ address }) => address);
    } catch {
      return []; // a name server that does not answer must not prevent saving
    }
  },
});

export const getNameLookup = serviceOf('name-lookup', createNameLookup);
