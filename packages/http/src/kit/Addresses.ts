/** Addresses: where a request comes from, and what it is counted by. */
import { allowsAddress } from "@stockbook/engine";
import ipaddr from "ipaddr.js";

/**
 * The address of the client: that of the connection, or, where that is a trusted proxy, the
 * nearest one in `X-Forwarded-For` that is not. What lies beyond, anybody can have written.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string | undefined {
  let client = peer;
  const hops = forwardedFor?.split(",").map((hop) => hop.trim()) ?? [];
  while (client !== undefined && isTrusted(client, trustedProxies)) {
    const hop = hops.pop();
    if (hop === undefined) return client;
    if (parseAddress(hop) === undefined) return client;
    client = hop;
  }
  return client;
}

// A list without addresses means any address to a key, and no proxy here.
function isTrusted(address: string, proxies: readonly string[]): boolean {
  return proxies.length > 0 && allowsAddress(proxies, address);
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const plain = text.replace(/%.*$/, "");
  const isOne = ipaddr.IPv4.isValidFourPartDecimal(plain) || ipaddr.IPv6.isValid(plain);
  return isOne ? ipaddr.process(plain) : undefined;
}

/** What one client is counted by: a v4 address, or the /64 that a v6 client has to itself. */
export function bucketOf(text: string | undefined): string {
  const address = text === undefined ? undefined : parseAddress(text);
  if (address === undefined) return "unknown";
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.toByteArray().slice(0, 8).join(".");
}
