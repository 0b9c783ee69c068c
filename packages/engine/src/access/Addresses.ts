/** Addresses and ranges a key may be used from, v4 and v6. */
import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address is a range of itself alone. */
type Range = readonly [base: Address, bits: number];

const MAPPED_BITS = 96;
/** Names and zones, which name an interface of one machine, are sorted out before parsing. */
const NUMERIC = /^[\da-f:./]+$/i;
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
  const peer = addressOf(address);
  if (peer === undefined) return false;
  return ranges.some((text) => {
    const range = rangeOf(text);
    return range !== undefined && contains(range, peer);
  });
}

/** The address a text is; nothing where it is none. A v4 address written as v6 becomes v4. */
export function addressOf(text: string): Address | undefined {
  return text.includes("/") ? undefined : rangeOf(text)?.[0];
}

/** Whether all addresses of some ranges are in one of others; no ranges are all addresses. */
export function withinRanges(ranges: readonly string[], others: readonly string[]): boolean {
  if (others.length === 0) return true;
  if (ranges.length === 0) return false;
  return ranges.every((text) => others.some((other) => lies(rangeOf(text), rangeOf(other))));
}

function lies(range: Range | undefined, other: Range | undefined): boolean {
  if (range === undefined || other === undefined) return false;
  return range[1] >= other[1] && contains(other, range[0]);
}

function contains([base, bits]: Range, peer: Address): boolean {
  return base.kind() === peer.kind() && peer.match([base, bits]);
}

function rangeOf(text: string): Range | undefined {
  if (!NUMERIC.test(text)) return undefined;
  return text.includes(":") ? v6RangeOf(text) : v4RangeOf(text);
}

/** Four decimal parts and no other spelling: 010.1 is read in more than one way. */
function v4RangeOf(text: string): Range | undefined {
  if (text.includes("/")) {
    return ipaddr.IPv4.isValidCIDRFourPartDecimal(text) ? ipaddr.IPv4.parseCIDR(text) : undefined;
  }
  return ipaddr.IPv4.isValidFourPartDecimal(text) ? [ipaddr.IPv4.parse(text), 32] : undefined;
}

function v6RangeOf(text: string): Range | undefined {
  // ipaddr.js takes ::1.2.3.4 for ::ffff:1.2.3.4, and reads 010 as ten where others read eight.
  if (text.includes(".") && !PLAIN_MAPPED.test(text)) return undefined;
  if (text.includes("/")) {
    return ipaddr.IPv6.isValidCIDR(text) ? unmapped(ipaddr.IPv6.parseCIDR(text)) : undefined;
  }
  return ipaddr.IPv6.isValid(text) ? unmapped([ipaddr.IPv6.parse(text), 128]) : undefined;
}

/** Servers that listen on v6 see their v4 callers in these addresses. */
function unmapped([base, bits]: readonly [base: ipaddr.IPv6, bits: number]): Range {
  if (!base.isIPv4MappedAddress() || bits < MAPPED_BITS) return [base, bits];
  return [base.toIPv4Address(), bits - MAPPED_BITS];
}

function widthOf(address: Address): number {
  return address.kind() === "ipv4" ? 32 : 128;
}
