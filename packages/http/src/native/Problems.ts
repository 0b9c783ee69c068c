/** How the native API tells a failure: as a problem of RFC 9457. */
import type { Rejection, RejectionCode } from "@stockbook/core";
import type { RefusedKeyReason } from "@stockbook/engine";
import {
  PROBLEM_MEDIA_TYPE,
  PROBLEMS,
  type Problem,
  type ProblemCode,
} from "../contract/Problem.js";
import type { FailureAnswer } from "../kit/Dialect.js";
import type { Failure, Issue } from "../kit/Failure.js";
import { issueOf } from "./Invalid.js";

/** As it is written: moments are text by then. */
type Written = typeof Problem.Encoded;
type Details = Pick<Written, "errors" | "rejection" | "command" | "requiredScopes">;

/** The problem of a failure, with its headers. Says nothing of keys, of SQL or of the code. */
export function problemOf(failure: Failure, requestId: string): FailureAnswer {
  const { code, detail, more = {}, headers } = told(failure);
  const { status, title } = PROBLEMS[code];
  const type = `urn:stockbook:problem:${code}`;
  const body: Written = { type, title, status, detail, code, requestId, ...more };
  return { status, mediaType: PROBLEM_MEDIA_TYPE, body, headers };
}

interface Told {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly more?: Details;
  readonly headers?: Readonly<Record<string, string>>;
}

function told(failure: Failure): Told {
  switch (failure._tag) {
    case "UnknownHost":
      return { code: "unknown-route", detail: "this host serves nothing" };
    case "UnknownRoute":
      return { code: "unknown-route", detail: "there is no such route; see /openapi.json" };
    case "MethodNotAllowed": {
      const allow = failure.allowed.join(", ");
      return { code: "method-not-allowed", detail: `there is ${allow}`, headers: { allow } };
    }
    case "NotAcceptable":
      return { code: "not-acceptable", detail: `answers are ${failure.offered.join(", ")}` };
    case "UnsupportedMediaType":
      return {
        code: "unsupported-media-type",
        detail: `the content-type must be ${failure.expected.join(" or ")}`,
      };
    case "BodyTooLarge":
      return { code: "body-too-large", detail: `at most ${failure.maxBytes} bytes are taken` };
    case "MalformedBody":
      return { code: "malformed-request", detail: failure.message };
    case "InvalidInput":
      return invalidInput(failure.issues);
    case "InvalidRequest":
      return invalidInput([issueOf(failure, "query")]);
    case "RefusedKey":
      return {
        code: "unauthorized",
        detail: REFUSED_KEYS[failure.reason],
        headers: { "www-authenticate": 'Bearer realm="stockbook"' },
      };
    case "MissingScope":
      return {
        code: "missing-scope",
        detail: `the key needs the scope ${failure.required.join(", ")}`,
        more: { requiredScopes: failure.required },
      };
    case "ExceedsRights":
      return { code: "missing-scope", detail: failure.message };
    case "AddressRefused":
      return { code: "address-refused", detail: "the key may not be used from this address" };
    case "NotFound":
      return { code: "not-found", detail: failure.message };
    case "Conflict":
      return {
        code: failure.field === "idempotencyKey" ? "idempotency-conflict" : "conflict",
        detail: failure.message,
      };
    case "Rejected": {
      const { rejection, command } = failure;
      const detail = rejection.message;
      return {
        code: codeOf(rejection.code),
        detail,
        more: { rejection: written(rejection), command },
      };
    }
    case "PreconditionFailed":
      return { code: "precondition-failed", detail: "read it again, and decide anew" };
    case "PreconditionRequired":
      return {
        code: "precondition-required",
        detail: "send If-Match with the ETag of what you have read",
      };
    case "RateLimited":
      return {
        code: "rate-limited",
        detail: `${failure.quota.requests} requests in ${failure.quota.windowMs / 1000} s are allowed`,
        headers: { "retry-after": wholeSeconds(failure.standing.resetMs) },
      };
    case "Busy":
      return { code: "busy", detail: failure.message, headers: { "retry-after": "1" } };
    case "TimedOut": {
      const { timeoutMs, mayHaveHappened } = failure;
      return {
        code: mayHaveHappened ? "outcome-unknown" : "unavailable",
        detail: `there was no answer in ${timeoutMs} ms; ask again${mayHaveHappened ? " with the same key" : ""}`,
        headers: { "retry-after": "1" },
      };
    }
    case "OutcomeUnknown":
      return {
        code: "outcome-unknown",
        detail: "it is not known whether it happened; ask again with the same key",
        headers: { "retry-after": "1" },
      };
    case "NotConfigured":
      return { code: "not-configured", detail: failure.message };
    case "StoreFault":
      return {
        code: "unavailable",
        detail: "the store cannot be used at the moment",
        headers: { "retry-after": "1" },
      };
    case "Defect":
      return {
        code: "fault",
        detail: "this is a fault of the server; nothing of it is your doing",
      };
  }
}

const REFUSED_KEYS: Readonly<Record<RefusedKeyReason, string>> = {
  missing: "send the key as Authorization: Bearer …",
  malformed: "this is no key",
  unknown: "this key opens nothing",
  inactive: "this key is inactive",
  revoked: "this key has been revoked",
  expired: "this key has expired",
};

/** Whether the request is wrong, speaks of what is not there, or the ledger stands against it. */
const REJECTION_PROBLEMS: Readonly<
  Record<
    RejectionCode,
    Extract<
      ProblemCode,
      "invalid-body" | "rejected" | "not-found" | "idempotency-conflict" | "precondition-failed"
    >
  >
> = {
  "idempotency-conflict": "idempotency-conflict",
  "changed-since": "precondition-failed",
  "invalid-field": "invalid-body",
  "occurred-in-future": "invalid-body",
  "unknown-location": "invalid-body",
  "same-location": "invalid-body",
  "unknown-entry": "invalid-body",
  "unknown-item": "invalid-body",
  "invalid-quantity": "invalid-body",
  "too-many-decimals": "invalid-body",
  "quantity-too-large": "invalid-body",
  "unknown-parent": "invalid-body",
  "unknown-category": "invalid-body",
  "unknown-manufacturer": "invalid-body",
  "archived-location": "rejected",
  "not-reversible": "rejected",
  "already-reversed": "rejected",
  "archived-item": "rejected",
  "not-in-reservation": "rejected",
  "not-in-shipment": "rejected",
  "expectation-failed": "rejected",
  "insufficient-stock": "rejected",
  "balance-too-large": "rejected",
  "duplicate-sku": "rejected",
  "circular-parent": "rejected",
  "fixed-once-moved": "rejected",
  "in-use": "rejected",
  "unknown-reservation": "not-found",
  "unknown-shipment": "not-found",
  "unknown-threshold": "not-found",
};

function written({ at, ...rejection }: Rejection): NonNullable<Written["rejection"]> {
  return at === undefined ? rejection : { ...rejection, at: new Date(at).toISOString() };
}

function codeOf(code: RejectionCode): ProblemCode {
  return REJECTION_PROBLEMS[code];
}

function invalidInput(issues: readonly Issue[]): Told {
  const [first] = issues;
  const inBody = first?.in === "body";
  const errors = issues.map(({ in: part, path, message }) => ({
    in: part,
    pointer: part === "body" ? pointerOf(path) : path.join("."),
    detail: message,
  }));
  const place = first === undefined ? "" : placeOf(first);
  return {
    code: inBody ? "invalid-body" : "invalid-parameter",
    detail: `${place}${first?.message ?? "the request is not what it must be"}`,
    more: { errors },
  };
}

function placeOf({ in: part, path }: Issue): string {
  if (path.length === 0) return `the ${part} `;
  return `${path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("")} `;
}

/** A JSON Pointer (RFC 6901). */
function pointerOf(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function wholeSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}
