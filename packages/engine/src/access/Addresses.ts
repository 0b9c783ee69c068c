/** Addresses and ranges a key may be used from, v4 and v6. */
import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address is a range of itself alone. */
type Range = readonly [base: Address, bits: number];

const MAPPED_BITS = 96;
const PLAIN_MAPPED = /^::ffff:(?:(?:0|[1-9]\d*)\.){3}(?:0|[1-9]\d*)(?:\/|$)/i;

/**
 * A range in its shortest form, without what its length leaves out; an address without a
 * length. Nothing where it is neither. A v4 range written as v6 becomes v4.
 */
export function canonicalRange(text: unknown): string | undefined {
  const range = typeof text === "string" ? rangeOf(text) : undefined;
  if (range === undefined) return undefined;
  const [base, bits] = range;
  if (bits === widthOf(base)) return base.toString();
  const cidr = `${base.toString()}/${bits}`;
  const network =
    base.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(cidr)
      : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${bits}`;
}

/** Whether an address may be used: any, if there are no ranges; a text that is none, never. */
export function allowsAddress(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  const peer = rangeOf(address);
  if (peer === undefined || peer[1] !== widthOf(peer[0])) return false;
  return ranges.some((text) => {
    const range = rangeOf(text);
    return range !== undefined && contains(range, peer[0]);
  });
}

/** The address a text is; nothing where it is none. A v4 address written as v6 becomes v4. */
export function addressOf(text: string): Address | undefined {
  return text.includes("/") ? undefined : rangeOf(text)?.[0];
}

function contains([base, bits]: Range, peer: Address): boolean {
  return base.kind() === peer.kind() && peer.match([base, bits]);
}

function rangeOf(text: string): Range | undefined {
  // Zones name an interface of one machine; other spellings of v4, such as 010.1, are ambiguous.
  if (text.includes("%")) return undefined;
  // ipaddr.js takes ::1.2.3.4 for ::ffff:1.2.3.4, and reads 010 as ten where others read eight.
  if (text.includes(":") && text.includes(".") && !PLAIN_MAPPED.test(text)) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return [ipaddr.IPv4.parse(text), 32];
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return ipaddr.IPv4.parseCIDR(text);
  if (ipaddr.IPv6.isValid(text)) return unmapped([ipaddr.IPv6.parse(text), 128]);
  if (ipaddr.IPv6.isValidCIDR(text)) return unmapped(ipaddr.IPv6.parseCIDR(text));
  return undefined;
}

/** Servers that listen on v6 see their v4 callers in these addresses. */
function unmapped([base, bits]: readonly [base: ipaddr.IPv6, bits: number]): Range {
  if (!base.isIPv4MappedAddress() || bits < MAPPED_BITS) return [base, bits];
  return [base.toIPv4Address(), bits - MAPPED_BITS];
}

function widthOf(address: Address): number {
  return address.kind() === "ipv4" ? 32 : 128;
}
