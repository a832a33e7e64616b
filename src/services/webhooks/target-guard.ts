/**
 * The addresses that webhooks may be sent to: only public ones. The name is resolved once, every address that it has is checked,
 * and the connection goes to a checked address. So a resolver that changes its answer between two calls gains nothing.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../contracts/common/app-error.ts';

export interface TargetPolicy {
  /** Ports that a URL may name. */
  readonly ports: readonly number[];
  /** Only for development: allows loopback addresses and http. */
  readonly allowLoopback: boolean;
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/** Names that are refused without resolving them (RFC 6761, RFC 6762, metadata services of clouds). */
const LOCAL_NAME = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i;

/**
 * Hosts of clouds that their machines reach at public addresses: metadata, credentials, DHCP, health checks. The usual
 * 169.254.169.254 (AWS, Google Cloud, Azure, Oracle, DigitalOcean, IBM), AWS's fd00:ec2::254 and Alibaba's 100.100.100.200 are
 * in ranges that are not public; Oracle's old 192.0.0.192 is in 192.0.0.0/24, which IANA reserves.
 */
const CLOUD_HOSTS: Readonly<Record<string, string>> = {
  '168.63.129.16': "Azure's host endpoint",
  '192.0.0.192': "Oracle Cloud's metadata service",
  '100.100.100.200': "Alibaba Cloud's metadata service",
  'fd00:ec2::254': "AWS's metadata service",
  'fd20:ce::254': "Google Cloud's metadata service",
};

const refused = (reason: string): AppError =>
  new AppError('webhook.target_refused', `This address cannot be used: ${reason}`, {
    pointer: '/url',
    fix: 'Give an https URL of a public host, without credentials, on a usual port.',
  });

/** Checks what can be checked without resolving. @throws AppError `webhook.target_refused` */
export function checkUrl(text: string, { ports, allowLoopback }: TargetPolicy): URL {
  if (!URL.canParse(text)) throw refused('it is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowLoopback && url.protocol === 'http:'))
    throw refused(`${url.protocol.slice(0, -1)} is not https`);
  if (url.username || url.password) throw refused('it holds credentials');
  if (url.hash) throw refused('it has a fragment, which is never sent');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (!allowLoopback && !ports.includes(port)) throw refused(`port ${port} is not one of ${ports.join(', ')}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host)) checkAddress(host, allowLoopback);
  else if (!allowLoopback && LOCAL_NAME.test(host)) throw refused(`${host} is a name of this machine or its network`);
  return url;
}

const isInPrefix = (six: ipaddr.IPv6, prefix: string, bits: number): boolean =>
  six.match(ipaddr.IPv6.parse(prefix), bits);

/**
 * Returns the IPv4 address that an IPv6 address leads to: NAT64 by its well-known prefix (RFC 6052), 6to4 (RFC 3056) and ISATAP
 * (RFC 5214). A local NAT64 (64:ff9b:1::/48, RFC 8215) places it as its network likes, and is refused as not public.
 */
function embedded(six: ipaddr.IPv6): ipaddr.IPv4 | undefined {
  const bytes = six.toByteArray();
  const at = (from: number): ipaddr.IPv4 => new ipaddr.IPv4(bytes.slice(from, from + 4));
  if (isInPrefix(six, '64:ff9b::', 96)) return at(12);
  if (isInPrefix(six, '2002::', 16)) return at(2);
  const [a, b, c, d] = bytes.slice(8, 12);
  return (a & ~2) === 0 && b === 0 && c === 0x5e && d === 0xfe ? at(12) : undefined;
}

/**
 * Checks that an address is public. `unicast` are all addresses outside the reserved ranges: private, loopback, link-local
 * (with the metadata services of clouds), carrier-grade NAT, multicast, documentation and benchmarks.
 * @throws AppError `webhook.target_refused`
 */
export function checkAddress(text: string, allowLoopback: boolean): void {
  let address = ipaddr.process(text); // IPv4 mapped into IPv6 becomes IPv4
  if (address instanceof ipaddr.IPv6) address = embedded(address) ?? address;
  const cloudHost = CLOUD_HOSTS[address.toString()];
  if (cloudHost) throw refused(`${text} is ${cloudHost}, not public`);
  // Outside of 2000::/3 nothing of IPv6 is routed (::/96, the IPv4-compatible addresses, among it).
  const routed = address instanceof ipaddr.IPv4 || isInPrefix(address, '2000::', 3);
  const range = address.range() === 'unicast' && !routed ? 'reserved' : address.range();
  if (range !== 'unicast' && !(range === 'loopback' && allowLoopback))
    throw refused(`${text} is ${range === 'uniqueLocal' ? 'private' : range}, not public`);
}

/**
 * Returns a resolver for sockets that only returns checked addresses. One bad address refuses the name, because any of
 * them may be used.
 * @throws (by its callback) AppError `webhook.target_refused`
 */
export function guardedLookup(policy: TargetPolicy, resolve: Resolve = resolveBySystem): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname).then(
      (addresses) => {
        try {
          if (addresses.length === 0) throw refused(`${hostname} has no address`);
          for (const { address } of addresses) checkAddress(address, policy.allowLoopback);
        } catch (error) {
          done(error as Error, '', 0);
          return;
        }
        if (options.all) done(null, [...addresses]);
        else done(null, addresses[0].address, addresses[0].family);
      },
      (error: Error) => done(error as NodeJS.ErrnoException, '', 0),
    );
  };
}
