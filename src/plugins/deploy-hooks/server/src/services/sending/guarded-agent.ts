import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { Agent, buildConnector } from 'undici';
import { addressProblem, isAllowedHost, portOf } from '../../../../core';

/** Finds all addresses of a name, as `lookup` of `node:dns/promises` does. */
export type ResolveName = (name: string, options: LookupAllOptions) => Promise<LookupAddress[]>;

/** Nothing was sent. The message is a predicate of the URL. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError';
}

export interface Guard {
  /** Called for each connection. */
  allowedHosts: () => readonly string[];
  connectTimeoutMs: () => number;
  resolveName: ResolveName;
}

/**
 * Creates an agent that connects only to public addresses and to hosts that an operator allowed. It
 * checks the very address that it connects to: a name that resolves to another one the next time
 * gains nothing.
 */
export const createGuardedAgent = (guard: Guard): Agent =>
  new Agent({
    connect: (options, callback) => {
      const port = portOf(options);
      // Node.js resolves only names.
      const problem = isIP(options.hostname) && problemOf(guard, options.hostname, port);
      if (problem) {
        queueMicrotask(() => callback(new RefusedAddressError(problem), null));
        return;
      }
      const lookup = guardedLookup(guard, port);
      buildConnector({ lookup, timeout: guard.connectTimeoutMs() })(options, callback);
    },
    // Sites are notified only now and then. Servers close connections that are idle for a while,
    // which would break the next request.
    pipelining: 0,
    // The caller limits the time of the whole request, rather than of each part.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

function guardedLookup(guard: Guard, port: number): LookupFunction {
  const resolve = callbackify(async (name: string, { family = 0, hints = 0 }: LookupAllOptions) => {
    const addresses = await guard.resolveName(name, { family, hints, all: true });
    const problem = problemOf(guard, name, port, addresses);
    if (problem) throw new RefusedAddressError(problem);
    return addresses;
  });
  return (name, options, callback) =>
    resolve(name, { ...options, all: true }, (error, addresses = []) => {
      const [first] = addresses;
      if (error || options.all || !first) callback(error, addresses);
      else callback(null, first.address, first.family);
    });
}

/** One address that is not public is enough: any of them may be connected to. */
function problemOf(
  { allowedHosts }: Guard,
  host: string,
  port: number,
  addresses: readonly Pick<LookupAddress, 'address'>[] = [{ address: host }]
): string | undefined {
  const allowed = allowedHosts();
  if (isAllowedHost(host, port, allowed)) return undefined;
  return addresses
    .filter(({ address }) => !isAllowedHost(address, port, allowed))
    .map(({ address }) => addressProblem(address, host))
    .find((problem) => problem !== undefined);
}
