/**
 * What may be the target of a webhook. Whoever registers one chooses where this machine connects
 * to, so nothing but public addresses is allowed unless the operator says so.
 */
import ipaddr from "ipaddr.js";
import { type Address, addressOf, allowsAddress } from "../access/Addresses.js";
import type { Fault } from "../access/Checks.js";
import { InvalidRequest } from "../Errors.js";

/** What the operator allows besides https to public addresses. */
export interface TargetPolicy {
  /**
   * Whether this machine itself may be a target, on any port: not at all, over https alone, or
   * over plain http as well. Plain http goes nowhere else.
   */
  readonly loopback: "refused" | "https" | "http-and-https";
  /** Addresses and ranges that are allowed whatever they are; a text that is none allows nothing. */
  readonly allowedRanges: readonly string[];
}

/** https to public addresses, and nothing else. */
export const PUBLIC_TARGETS: TargetPolicy = { loopback: "refused", allowedRanges: [] };

/** For sandboxes, whose receivers run beside them: this machine as well, even over plain http. */
export const LOCAL_TARGETS: TargetPolicy = { loopback: "http-and-https", allowedRanges: [] };

/** The longest URL of a target, in characters. */
export const MAX_TARGET_LENGTH = 2_048;

const WELL_KNOWN_PORTS: readonly number[] = [80, 443];
const FIRST_FREE_PORT = 1_024;

/** All v6 addresses that have been given out to networks lie in here. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR("2000::/3");

/** Under these names clouds hand out the credentials of a machine. */
const METADATA_NAMES: readonly string[] = [
  "metadata",
  "metadata.goog",
  "metadata.google.internal",
  "metadata.azure.internal",
  "metadata.oraclecloud.com",
  "metadata.packet.net",
  "metadata.platformequinix.com",
  "instance-data",
  "instance-data.ec2.internal",
];

/** Spaces, backslashes and controls: other software may read another host in the same text. */
const AMBIGUOUS = /[\s\\\p{Cc}]/u;
const ABSOLUTE = /^https?:\/\/[^/?#]/i;
const WITH_CREDENTIALS = /^[^/]*\/\/[^/?#]*@/;

/** Whether an address is one of a single host anywhere on the internet; a text that is none, not. */
export function isPublicAddress(address: string): boolean {
  const parsed = addressOf(address);
  return parsed !== undefined && isPublic(parsed);
}

/** Whether an address is this machine itself, in v4, v6 or mapped form. */
export function isLoopbackAddress(address: string): boolean {
  return addressOf(address)?.range() === "loopback";
}

/** Whether a connection to an address is allowed, whatever name has led there. */
export function addressAllowed(policy: TargetPolicy, address: string): boolean {
  if (isPublicAddress(address)) return true;
  if (policy.loopback !== "refused" && isLoopbackAddress(address)) return true;
  // No ranges at all would allow everything, as they do for keys.
  return policy.allowedRanges.length > 0 && allowsAddress(policy.allowedRanges, address);
}

/**
 * What is wrong with the URL of a target, as far as can be told without resolving its name; where
 * a name leads is told when connecting only. Says nothing of what the host is or why it is refused.
 */
export function targetFault(policy: TargetPolicy, url: unknown, field = "url"): Fault {
  const expected = typeof url === "string" ? expectation(policy, url) : anHttpUrl(policy);
  if (expected === undefined) return undefined;
  return new InvalidRequest({ field, message: `${field} must ${expected}` });
}

/** What a URL must do and does not; nothing, if all is well. */
function expectation(policy: TargetPolicy, text: string): string | undefined {
  if (text.length > MAX_TARGET_LENGTH) return `have at most ${MAX_TARGET_LENGTH} characters`;
  if (AMBIGUOUS.test(text) || !ABSOLUTE.test(text)) return anHttpUrl(policy);
  if (WITH_CREDENTIALS.test(text)) return "be without a user name and a password";
  if (text.includes("#")) return "be without a fragment";
  const url = parsed(text);
  if (url === undefined) return anHttpUrl(policy);
  if (!schemeFits(policy, url)) return anHttpUrl(policy);
  if (!portFits(policy, url)) {
    return `use port ${WELL_KNOWN_PORTS.join(", ")}, or one from ${FIRST_FREE_PORT} on`;
  }
  return hostFits(policy, url.hostname) ? undefined : "name a host on the public internet";
}

function anHttpUrl({ loopback }: TargetPolicy): string {
  const example = "be an absolute https URL, such as https://example.com/hooks";
  return loopback === "http-and-https" ? `${example}, or an http URL of this machine` : example;
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function schemeFits({ loopback }: TargetPolicy, { protocol, hostname }: URL): boolean {
  return protocol === "https:" || (loopback === "http-and-https" && isLocal(hostname));
}

function portFits({ loopback }: TargetPolicy, { port, hostname }: URL): boolean {
  if (port === "") return true;
  const number = Number(port);
  if (loopback !== "refused" && isLocal(hostname)) return number > 0;
  return number >= FIRST_FREE_PORT || WELL_KNOWN_PORTS.includes(number);
}

function hostFits(policy: TargetPolicy, hostname: string): boolean {
  const literal = addressLiteral(hostname);
  if (literal !== undefined) return addressAllowed(policy, literal);
  if (hostname.includes("..")) return false;
  const name = withoutLastDot(hostname);
  if (isLocalName(name)) return policy.loopback !== "refused";
  return !METADATA_NAMES.includes(name);
}

/**
 * The address a host of a parsed URL is, without brackets; nothing where it is a name. Such a host
 * is never resolved, so nothing that checks resolved addresses sees it.
 */
export function addressLiteral(hostname: string): string | undefined {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return addressOf(hostname) === undefined ? undefined : hostname;
}

function isLocal(hostname: string): boolean {
  const literal = addressLiteral(hostname);
  if (literal !== undefined) return isLoopbackAddress(literal);
  return isLocalName(withoutLastDot(hostname));
}

function isLocalName(name: string): boolean {
  return name === "localhost" || name.endsWith(".localhost");
}

function withoutLastDot(name: string): string {
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

function isPublic(address: Address): boolean {
  if (address.range() !== "unicast") return false;
  // Beyond lie old forms of v4, such as ::7f00:1, that ipaddr.js knows nothing of.
  return address.kind() === "ipv4" || address.match(GIVEN_OUT);
}
