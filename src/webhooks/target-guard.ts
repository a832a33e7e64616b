/**
 * Where webhooks may go: public addresses alone. The name is resolved once, every address that it has is checked, and the
 * connection is made to a checked address, so that a resolver which changes its answer between two calls gains nothing.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent } from 'undici';
import { AppError } from '../contracts/app-error.ts';

export interface TargetPolicy {
  /** Ports that a URL may name. */
  readonly ports: readonly number[];
  /** Development alone: loopback addresses and http are well. */
  readonly allowLoopback: boolean;
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

const refused = (reason: string): AppError =>
  new AppError('webhook.target_refused', `This address cannot receive webhooks: ${reason}`, {
    pointer: '/url',
    fix: 'Give an https URL of a public host, without credentials, on a usual port.',
  });

/** @throws AppError `webhook.target_refused` for what can be told without resolving */
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
  return url;
}

/** NAT64 (RFC 6052, RFC 8215) and 6to4 carry an IPv4 address that they lead to. */
const EMBEDDED: readonly { readonly prefix: [ipaddr.IPv6, number]; readonly at: number }[] = [
  { prefix: [ipaddr.IPv6.parse('64:ff9b::'), 96], at: 12 },
  { prefix: [ipaddr.IPv6.parse('64:ff9b:1::'), 48], at: 12 },
  { prefix: [ipaddr.IPv6.parse('2002::'), 16], at: 2 },
];

/**
 * `unicast` is what is left of an address space when every reserved range is taken out: private, loopback, link-local
 * (with the metadata services of clouds), carrier-grade NAT, multicast, documentation and benchmarks.
 * @throws AppError `webhook.target_refused`
 */
export function checkAddress(text: string, allowLoopback: boolean): void {
  let address = ipaddr.process(text); // IPv4 mapped into IPv6 becomes IPv4
  if (address instanceof ipaddr.IPv6) {
    const six = address;
    const way = EMBEDDED.find(({ prefix }) => six.match(prefix));
    if (way) address = new ipaddr.IPv4(six.toByteArray().slice(way.at, way.at + 4));
  }
  const range = address.range();
  if (range !== 'unicast' && !(range === 'loopback' && allowLoopback))
    throw refused(`${text} is ${range === 'uniqueLocal' ? 'private' : range}, not public`);
}

/**
 * A resolver for sockets that gives checked addresses alone; one bad address refuses the name, for any of them may be used.
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

/** Connections that go to checked addresses alone and follow no redirect. */
export const guardedAgent = (policy: TargetPolicy, timeoutMs: number, resolve?: Resolve): Agent =>
  new Agent({
    connect: { lookup: guardedLookup(policy, resolve), timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connections: 4,
    pipelining: 1,
  });
