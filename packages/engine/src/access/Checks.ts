/** What requests must look like; callers may have written them in JavaScript or sent them. */
import { type Instant, isText, MAX_INSTANT, shown } from "@stockbook/core";
import { InvalidRequest } from "../Errors.js";
import { canonicalRange } from "./Addresses.js";
import { type Plan, SCOPES, type Scope } from "./Terms.js";

/** What is wrong with a field; nothing, if all is well. */
export type Fault = InvalidRequest | undefined;

const MAX_NAME = 200;
const MAX_RANGES = 100;
const MAX_IDEMPOTENCY_KEY = 200;
const MAX_REQUESTS = 1_000_000_000;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** The fault of a field, with what was given: nothing secret may come here. */
export function invalid(field: string, expected: string, given: unknown): InvalidRequest {
  const message = `${field} must be ${expected}, not ${shown(given)}`;
  return new InvalidRequest({ field, message });
}

export function nameFault(name: unknown, field = "name"): Fault {
  const fits = isText(name, MAX_NAME) && name.trim() !== "" && !/\p{Cc}/u.test(name);
  return fits ? undefined : invalid(field, `1 to ${MAX_NAME} printable characters`, name);
}

export function modeFault(mode: unknown): Fault {
  return mode === "live" || mode === "test" ? undefined : invalid("mode", "live or test", mode);
}

export function activeFault(active: unknown): Fault {
  return typeof active === "boolean" ? undefined : invalid("active", "true or false", active);
}

export function scopesFault(scopes: unknown): Fault {
  if (!Array.isArray(scopes) || scopes.length === 0) {
    return invalid("scopes", "a list of at least one scope", scopes);
  }
  const known: readonly unknown[] = SCOPES;
  const unknown = scopes.findIndex((scope) => !known.includes(scope));
  if (unknown === -1) return undefined;
  return invalid(`scopes[${unknown}]`, `one of ${SCOPES.join(", ")}`, scopes[unknown]);
}

/** Each once, in the order of the table. */
export function orderedScopes(scopes: readonly Scope[]): readonly Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}

export function rangesFault(ranges: unknown): Fault {
  if (!Array.isArray(ranges) || ranges.length > MAX_RANGES) {
    return invalid("allowedIps", `a list of at most ${MAX_RANGES} addresses or ranges`, ranges);
  }
  const wrong = ranges.findIndex((range) => canonicalRange(range) === undefined);
  if (wrong === -1) return undefined;
  const expected = "an address or a range such as 10.0.0.0/8 or 2001:db8::/32";
  return invalid(`allowedIps[${wrong}]`, expected, ranges[wrong]);
}

/** Each once, in their canonical form; they must be without a fault. */
export function canonicalRanges(ranges: readonly string[]): readonly string[] {
  return [...new Set(ranges.map((range) => canonicalRange(range) ?? range))];
}

export function expiryFault(expiresAt: unknown): Fault {
  const fits = expiresAt === null || isInstant(expiresAt);
  return fits
    ? undefined
    : invalid("expiresAt", "whole milliseconds since 1970, or null for never", expiresAt);
}

export function pastExpiryFault(expiresAt: Instant | null, now: Instant): Fault {
  if (expiresAt === null || expiresAt > now) return undefined;
  const given = new Date(expiresAt).toISOString();
  return new InvalidRequest({
    field: "expiresAt",
    message: `expiresAt must be in the future, not ${given}`,
  });
}

export function idempotencyKeyFault(key: unknown): Fault {
  if (isText(key, MAX_IDEMPOTENCY_KEY) && key !== "" && !key.startsWith("@")) return undefined;
  const expected = `a text of 1 to ${MAX_IDEMPOTENCY_KEY} characters, not beginning with @`;
  return invalid("idempotencyKey", expected, key);
}

export function planFault(plan: unknown): Fault {
  if (typeof plan !== "object" || plan === null) {
    return invalid("plan", "an object with name, requests and windowMs", plan);
  }
  const { name, requests, windowMs } = plan as Partial<Record<keyof Plan, unknown>>;
  return (
    nameFault(name, "plan.name") ??
    wholeFault("plan.requests", requests, 1, MAX_REQUESTS) ??
    wholeFault("plan.windowMs", windowMs, SECOND_MS, DAY_MS)
  );
}

export function wholeFault(field: string, value: unknown, least: number, most: number): Fault {
  const fits = Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  return fits ? undefined : invalid(field, `a whole number from ${least} to ${most}`, value);
}

export function isInstant(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_INSTANT;
}
