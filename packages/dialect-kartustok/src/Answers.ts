/** Answers to failures: each in the API's own envelope, with its status and headers. */
import type { RefusedKeyReason } from "@stockbook/engine";
import type { Failure, FailureAnswer, Issue } from "@stockbook/http/kit";
import { ERRORS, type ErrorName, missingScope } from "./contract/Errors.js";
import { isPublicId } from "./contract/Fields.js";
import type { ErrorAnswer } from "./contract/Views.js";

interface Told {
  readonly name: ErrorName;
  /** That of the name, if left out. */
  readonly message?: string;
  readonly errors?: ErrorAnswer["errors"];
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a failure. Says nothing of tokens, of SQL or of the code. */
export function answerTo(failure: Failure): FailureAnswer {
  const { name, message, errors, headers } = told(failure);
  const { status, message: usual } = ERRORS[name];
  const body: ErrorAnswer = {
    status: "error",
    message: message ?? usual,
    ...(errors !== undefined && { errors }),
  };
  return { status, mediaType: "application/json", body, headers };
}

function told(failure: Failure): Told {
  switch (failure._tag) {
    case "UnknownHost":
      return { name: "wrong-host" };
    case "RefusedKey":
      return { name: TOKENS[failure.reason], headers: { "www-authenticate": "Bearer" } };
    case "AddressRefused":
      return { name: "address-refused" };
    case "MissingScope":
      return { name: "missing-scope", message: missingScope(failure.required.join(", ")) };
    case "RateLimited":
      return { name: "too-many-requests", headers: retryAfter(failure.standing.resetMs) };
    case "UnknownRoute":
      return { name: "unknown-route" };
    case "NotFound":
      return { name: isPublicId(failure.id) ? "not-found" : "invalid-id" };
    case "MethodNotAllowed":
      return { name: "method-not-allowed", headers: { allow: failure.allowed.join(", ") } };
    case "NotAcceptable":
      return { name: "not-acceptable" };
    case "InvalidInput":
      return { name: "invalid-parameters", errors: byField(failure.issues) };
    case "InvalidRequest":
      return { name: "invalid-parameters", errors: { [failure.field]: [failure.message] } };
    case "MalformedBody": {
      const { parameter, message } = failure;
      if (parameter === undefined) return { name: "malformed-request" };
      return { name: "invalid-parameters", errors: { [parameter]: [message] } };
    }
    case "Busy":
    case "StoreFault":
    case "TimedOut":
    case "OutcomeUnknown":
      return { name: "unavailable", headers: retryAfter(1_000) };
    // Nothing is written, no body is read and no thing is changed here: these would be faults of
    // the server itself.
    case "BodyTooLarge":
    case "Conflict":
    case "Defect":
    case "ExceedsRights":
    case "NotConfigured":
    case "PreconditionFailed":
    case "PreconditionRequired":
    case "Rejected":
    case "UnsupportedMediaType":
      return { name: "fault" };
  }
}

const TOKENS: Readonly<Record<RefusedKeyReason, ErrorName>> = {
  missing: "missing-token",
  malformed: "invalid-token",
  unknown: "invalid-token",
  inactive: "inactive-token",
  expired: "expired-token",
  revoked: "revoked-token",
};

/** What is wrong with each parameter. */
function byField(issues: readonly Issue[]): Readonly<Record<string, readonly string[]>> {
  const fields = new Map<string, string[]>();
  for (const { path, message } of issues) {
    const field = path.join(".");
    const texts = fields.get(field) ?? [];
    fields.set(field, texts);
    texts.push(message);
  }
  return Object.fromEntries(fields);
}

function retryAfter(ms: number): Readonly<Record<string, string>> {
  return { "retry-after": wholeSeconds(ms) };
}

/** At least one: nobody is told to ask again at once. */
export function wholeSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1_000)));
}
