/** Ranges of addresses from which an API key may be used: CIDR, IPv4 and IPv6. */
import ipaddr from 'ipaddr.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Returns the range in its usual form, `203.0.113.0/24`; a single address is a range too. undefined: it is none. */
export function normalRange(text: string): string | undefined {
  const [address, length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isV4 && (!ipaddr.IPv6.isValid(address) || address.includes('%'))) return undefined;
  const bits = Number(length ?? (isV4 ? 32 : 128));
  if (bits > (isV4 ? 32 : 128)) return undefined;
  const begin = isV4
    ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
    : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`);
  // Such addresses are IPv4, and are compared as that.
  if (begin instanceof ipaddr.IPv6 && begin.isIPv4MappedAddress()) return undefined;
  return `${begin.toString()}/${bits}`;
}

const contains = ([begin, bits]: Range, address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  begin.kind() === address.kind() && address.match(begin, bits);

/** Tells whether an address, of whatever form, is in one of the ranges. */
export function isInRanges(ranges: readonly string[], address: string | undefined): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some((range) => contains(ipaddr.parseCIDR(range), parsed));
}

/** Returns the network that counts as one address: an address of IPv4, and 56 bits of IPv6, which one customer has. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return normalRange(parsed.kind() === 'ipv4' ? parsed.toString() : `${parsed.toString()}/56`) ?? address;
}

/** Tells whether each of the ranges is part of one of the outer ones. */
export const areWithin = (ranges: readonly string[], outer: readonly string[]): boolean =>
  ranges.every((range) => {
    const [begin, bits] = ipaddr.parseCIDR(range);
    return outer.some((one) => {
      const wide = ipaddr.parseCIDR(one);
      return bits >= wide[1] && contains(wide, begin);
    });
  });
