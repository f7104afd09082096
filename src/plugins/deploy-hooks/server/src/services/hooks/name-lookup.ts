import { lookup } from 'node:dns/promises';
import { withTimeout } from 'es-toolkit';
import { serviceOf } from '../foundation/service-of';

/** An operator waits for it; who sends asks again anyway. */
const PATIENCE_MS = 3_000;

/** Asks where a name leads to, as a connection would; tests replace `addressesOf`. */
export const createNameLookup = () => ({
  /** @returns Nothing where that is not known, or not soon. */
  addressesOf: async (name: string): Promise<string[]> => {
    try {
      const found = await withTimeout(() => lookup(name, { all: true }), PATIENCE_MS);
      return found.map(({ address }) => address);
    } catch {
      return []; // a name server that does not answer must not keep anybody from saving
    }
  },
});

export const getNameLookup = serviceOf('name-lookup', createNameLookup);
