/** What requests must look like; callers may have written them in JavaScript or sent them. */
import { type Instant, isText } from "@stockbook/core";
import { type Fault, invalid, isInstant, wholeFault } from "../access/Checks.js";
import { InvalidRequest } from "../Errors.js";
import type { LedgerMode } from "../Store.js";
import { bytesOfBase64 } from "./Base64.js";
import type { WebhookShape } from "./Shapes.js";
import { type DeliveryStatus, WEBHOOK_FORMATS } from "./Terms.js";
import type { DeliveriesRequest } from "./Webhooks.js";

/**
 * Why the URL of an endpoint cannot be a target in a mode, told to its owner as it is: `url must
 * be …`. Nothing, if it can.
 */
export type TargetFault = (url: string, mode: LedgerMode) => string | undefined;

const MAX_DESCRIPTION = 500;
const MAX_HEADERS = 20;
const MAX_HEADER_NAME = 100;
const MAX_HEADER_VALUE = 4_096;
const MAX_CONCURRENT = 64;
const MAX_PER_SECOND = 10_000;
const MAX_DELAYS = 20;
const MAX_TYPE = 256;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;
const MAX_DELAYS_DAYS = 7;
const MAX_RANGE_DAYS = 14;
export const SECRET_PREFIX = "whsec_";
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;
const STATUSES: readonly DeliveryStatus[] = ["waiting", "delivered", "failed", "aborted"];

/** The fault of a field that may hold a secret: what was given is not repeated. */
function invalidQuietly(field: string, expected: string): InvalidRequest {
  return new InvalidRequest({ field, message: `${field} must be ${expected}` });
}

// ── endpoints ────────────────────────────────────────────────────────────────────────────

export function urlFault(url: unknown, mode: LedgerMode, targetFault: TargetFault): Fault {
  if (typeof url !== "string") return invalid("url", "a text", url);
  const message = targetFault(url, mode);
  return message === undefined ? undefined : new InvalidRequest({ field: "url", message });
}

export function descriptionFault(description: unknown): Fault {
  if (isText(description, MAX_DESCRIPTION)) return undefined;
  return invalid("description", `a text of at most ${MAX_DESCRIPTION} characters`, description);
}

export function apiFault(api: unknown, shapes: readonly WebhookShape[]): Fault {
  const apis = shapes.map((shape) => shape.api);
  return isOneOf(apis, api) ? undefined : invalid("api", `one of ${apis.join(", ")}`, api);
}

/**
 * @param api the one whose types they must be.
 * @param field `events`, or another that holds types of events.
 */
export function eventsFault(
  events: unknown,
  api: string,
  shapes: readonly WebhookShape[],
  field = "events",
): Fault {
  if (!Array.isArray(events)) return invalid(field, "a list of types of events", events);
  if (events.length === 0) return undefined;
  const known = shapes.find((shape) => shape.api === api)?.eventTypes;
  if (known === undefined) return apiFault(api, shapes);
  const unknown = events.findIndex((type) => !isOneOf(known, type));
  if (unknown === -1) return undefined;
  return invalid(`${field}[${unknown}]`, `one of ${known.join(", ")}`, events[unknown]);
}

export function formatFault(format: unknown): Fault {
  if (isOneOf(WEBHOOK_FORMATS, format)) return undefined;
  return invalid("format", WEBHOOK_FORMATS.join(" or "), format);
}

export function flagFault(field: string, flag: unknown): Fault {
  return typeof flag === "boolean" ? undefined : invalid(field, "true or false", flag);
}

export function maxConcurrentFault(most: unknown): Fault {
  return wholeFault("maxConcurrent", most, 1, MAX_CONCURRENT);
}

export function maxPerSecondFault(most: unknown): Fault {
  if (most === null || wholeFault("maxPerSecond", most, 1, MAX_PER_SECOND) === undefined) {
    return undefined;
  }
  return invalid("maxPerSecond", `a whole number from 1 to ${MAX_PER_SECOND}, or null`, most);
}

export function retryDelaysFault(delays: unknown): Fault {
  const field = "retryDelaysMs";
  if (!Array.isArray(delays) || delays.length > MAX_DELAYS) {
    return invalid(field, `a list of at most ${MAX_DELAYS} delays`, delays);
  }
  let total = 0;
  for (const [i, delay] of delays.entries()) {
    // None before is more than a day, or it would not have come to this one.
    const least = i === 0 ? SECOND_MS : delays[i - 1];
    const fault = wholeFault(`${field}[${i}]`, delay, least, DAY_MS);
    if (fault !== undefined) return fault;
    total += delay;
  }
  if (total <= MAX_DELAYS_DAYS * DAY_MS) return undefined;
  return invalid(field, `at most ${MAX_DELAYS_DAYS} days in all`, delays);
}

/** @param head the sequence of the ledger's latest entry. */
export function afterFault(after: unknown, head: number): Fault {
  return wholeFault("after", after, 0, head);
}

export function secretFault(secret: unknown): Fault {
  if (typeof secret === "string" && secret.startsWith(SECRET_PREFIX)) {
    const length = bytesOfBase64(secret.slice(SECRET_PREFIX.length))?.length ?? 0;
    if (length >= MIN_SECRET_BYTES && length <= MAX_SECRET_BYTES) return undefined;
  }
  const bytes = `${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} bytes`;
  return invalidQuietly("secret", `${SECRET_PREFIX} and ${bytes} in base64`);
}

// ── headers ──────────────────────────────────────────────────────────────────────────────

/** Those that frame a request, say who sends it, or are told of by the sender itself. */
const RESERVED_HEADERS: readonly string[] = [
  "accept",
  "accept-charset",
  "accept-encoding",
  "connection",
  "date",
  "expect",
  "forwarded",
  "host",
  "http2-settings",
  "idempotency-key",
  "keep-alive",
  "max-forwards",
  "origin",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "via",
];
const RESERVED_PREFIXES: readonly string[] = [
  "content-",
  "proxy-",
  "sec-",
  "svix-",
  "webhook-",
  "x-forwarded-",
];

/** Names that differ only in case are the same header, and may not be there twice. */
export function headersFault(headers: unknown): Fault {
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) {
    return invalidQuietly("headers", "an object of names and values");
  }
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) {
    return invalidQuietly("headers", `at most ${MAX_HEADERS}, not ${entries.length}`);
  }
  const names = new Set<string>();
  for (const [name, value] of entries) {
    const fault = headerNameFault(name, names) ?? headerValueFault(name, value);
    if (fault !== undefined) return fault;
    names.add(name.toLowerCase());
  }
  return undefined;
}

/** Their names in lower case, in order; they must be without a fault. */
export function canonicalHeaders(headers: { readonly [name: string]: string }): {
  readonly [name: string]: string;
} {
  const named = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function headerNameFault(name: string, before: ReadonlySet<string>): Fault {
  if (name.length > MAX_HEADER_NAME || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    const expected = `1 to ${MAX_HEADER_NAME} letters, digits, - or _`;
    return invalid("headers", `with names of ${expected}`, name);
  }
  const field = `headers.${name}`;
  const lower = name.toLowerCase();
  if (before.has(lower)) return invalidQuietly(field, "given once, in whichever case");
  return isReserved(lower) ? invalidQuietly(field, "left to the sender") : undefined;
}

function isReserved(name: string): boolean {
  if (RESERVED_HEADERS.includes(name)) return true;
  return RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix));
}

function headerValueFault(name: string, value: unknown): Fault {
  const fits =
    typeof value === "string" &&
    value.length <= MAX_HEADER_VALUE &&
    /^[!-~]([ -~]*[!-~])?$/.test(value);
  if (fits) return undefined;
  const expected = `1 to ${MAX_HEADER_VALUE} printable ASCII characters, without blanks around them`;
  return invalidQuietly(`headers.${name}`, expected);
}

// ── deliveries ───────────────────────────────────────────────────────────────────────────

export function deliveriesFault(request: DeliveriesRequest): Fault {
  const { status, type, since, until, before } = request;
  return (
    ifGiven(status, statusFault) ??
    ifGiven(type, typeFault) ??
    ifGiven(since, (instant) => instantFault("since", instant)) ??
    ifGiven(until, (instant) => instantFault("until", instant)) ??
    ifGiven(before, (row) => wholeFault("before", row, 0, Number.MAX_SAFE_INTEGER))
  );
}

function statusFault(status: unknown): Fault {
  if (isOneOf(STATUSES, status)) return undefined;
  return invalid("status", `one of ${STATUSES.join(", ")}`, status);
}

function typeFault(type: unknown): Fault {
  return isText(type, MAX_TYPE) ? undefined : invalid("type", "a type of events", type);
}

function instantFault(field: string, instant: unknown): Fault {
  return isInstant(instant) ? undefined : invalid(field, "whole milliseconds since 1970", instant);
}

/** Of a range from, and with, `since` up to, and not at, `until`. */
export function rangeFault(since: Instant, until: Instant): Fault {
  const fault = instantFault("since", since) ?? instantFault("until", until);
  if (fault !== undefined) return fault;
  if (since >= until) return invalid("since", `before ${written(until)}`, written(since));
  const earliest = until - MAX_RANGE_DAYS * DAY_MS;
  if (since >= earliest) return undefined;
  return invalid(
    "since",
    `at most ${MAX_RANGE_DAYS} days before ${written(until)}`,
    written(since),
  );
}

function written(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The fault of what is given; what is left out has none. */
export function ifGiven<A>(value: A | undefined, faultOf: (value: A) => Fault): Fault {
  return value === undefined ? undefined : faultOf(value);
}

function isOneOf(known: readonly unknown[], value: unknown): boolean {
  return known.includes(value);
}
