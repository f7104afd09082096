import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Confidential metadata services of clouds: AWS and most others, Azure, Alibaba, AWS on IPv6. */
const METADATA = ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fd00:ec2::254'];

/** The only IPv6 range that IANA has allocated for global unicast: RFC 4291, section 2.4. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** The well-known prefix of NAT64, RFC 6052. Where other prefixes lead is unknown. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Ranges of ipaddr.js in words; any other range is reserved. */
const RANGES: Record<string, string> = {
  unspecified: 'the unspecified address',
  broadcast: 'the broadcast address',
  multicast: 'a multicast address',
  linkLocal: 'a link-local address',
  loopback: 'a loopback address',
  private: 'a private address',
  uniqueLocal: 'a private address (unique local)',
  deprecatedSiteLocal: 'a private address (site local)',
  carrierGradeNat: 'an address behind carrier-grade NAT',
};

/**
 * Returns why nothing may be sent to an address: only public unicast addresses are accepted. If a
 * gateway forwards an address to an IPv4 address within it (IPv4-mapped, NAT64, 6to4), that IPv4
 * address decides.
 *
 * @param address As a resolver returns it.
 * @param host The name or address in the URL that led to it, which an operator can allow.
 * @returns A predicate of the URL, with the setting that allows it.
 */
export function addressProblem(address: string, host = address): string | undefined {
  const kind = kindOf(address);
  return kind && `leads to ${address}, ${kind}: ${howToAllow(canonicalHost(host))}`;
}

/**
 * Returns why a hook may not have a URL, as far as that is known before its name is resolved.
 *
 * @param allowedHosts Names, addresses or `host:port` that are allowed without being public.
 * @returns A predicate of the URL: what is wrong, and what to do.
 */
export function urlProblem(text: string, allowedHosts: readonly string[]): string | undefined {
  if (!URL.canParse(text))
    return 'is not a URL: write the whole address, such as https://example.org/hook';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return 'must begin with https:// or http://';
  }
  if (url.username || url.password) {
    return 'contains a user name or password: give the hook an Authorization header instead';
  }
  const host = canonicalHost(url.hostname);
  if (isAllowedHost(host, portOf(url), allowedHosts)) return undefined;
  if (host === 'localhost' || host.endsWith('.localhost')) {
    return `leads to ${host}, the machine of the CMS itself: ${howToAllow(host)}`;
  }
  return ipaddr.isValid(host) ? addressProblem(host) : undefined;
}

/** Whether an operator listed a name or an address, with this port or without one. */
export const isAllowedHost = (
  host: string,
  port: number,
  allowedHosts: readonly string[]
): boolean =>
  allowedHosts
    .map(parseAllowed)
    .some((allowed) => allowed.host === canonicalHost(host) && (allowed.port ?? port) === port);

export const portOf = ({ port, protocol }: Pick<URL, 'port' | 'protocol'>): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80);

const howToAllow = (host: string): string =>
  `if that is meant, add '${host}' to allowedHosts of deploy-hooks in config/plugins.ts, or to the variable that it reads`;

/** @returns `undefined` for an address that everyone can reach. */
function kindOf(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return 'which is not an address';
  const address = destinationOf(ipaddr.parse(text));
  if (METADATA.includes(address.toString())) return 'the metadata service of a cloud';
  const range: string = address.range();
  if (range !== 'unicast') return RANGES[range] ?? 'a reserved address';
  const isGlobal = address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST);
  return isGlobal ? undefined : 'a reserved address';
}

function destinationOf(address: Address): Address {
  if (!('parts' in address)) return address;
  const bytes = address.toByteArray();
  if (address.isIPv4MappedAddress() || address.match(NAT64)) {
    return new ipaddr.IPv4(bytes.slice(12));
  }
  return address.range() === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : address;
}

function parseAllowed(item: string): { host: string; port?: number } {
  const text = item.trim();
  if (ipaddr.IPv6.isValid(text)) return { host: canonicalHost(text) };
  const [, host = text, port] = /^(.*):(\d+)$/.exec(text) ?? [];
  return { host: canonicalHost(host), ...(port && { port: Number(port) }) };
}

/** Returns the canonical spelling of a name or address, without port, brackets or trailing dots. */
function canonicalHost(host: string): string {
  const inUrl = ipaddr.IPv6.isValid(host) ? `http://[${host}]` : `http://${host}`;
  const { hostname } = URL.canParse(inUrl) ? new URL(inUrl) : { hostname: host };
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  return ipaddr.isValid(name) ? ipaddr.process(name).toString() : name.toLowerCase();
}
