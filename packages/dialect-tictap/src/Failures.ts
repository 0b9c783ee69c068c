/** How this API tells a failure: a message, and the fields at fault. */
import type { Rejection, RejectionCode } from "@stockbook/core";
import type { RefusedKeyReason } from "@stockbook/engine";
import type { Failure, FailureAnswer, Issue } from "@stockbook/http/kit";
import type { Failure as FailureBody } from "./contract/Views.js";

interface Told {
  readonly status: number;
  readonly body: FailureBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The answer to a failure. Says nothing of keys, of SQL or of the code. */
export function answerTo(failure: Failure): FailureAnswer {
  return { mediaType: "application/json", ...told(failure) };
}

function told(failure: Failure): Told {
  switch (failure._tag) {
    case "UnknownHost":
    case "UnknownRoute":
      return plain(404, "there is no such route");
    case "MethodNotAllowed": {
      const allow = failure.allowed.join(", ");
      return { ...plain(405, `there is ${allow}`), headers: { allow } };
    }
    case "NotAcceptable":
      return plain(406, `answers are ${failure.offered.join(", ")}`);
    case "UnsupportedMediaType":
      return plain(415, `the content-type must be ${failure.expected.join(" or ")}`);
    case "BodyTooLarge":
      return plain(413, `at most ${failure.maxBytes} bytes are taken`);
    case "MalformedBody":
      return plain(400, failure.message);
    case "InvalidInput":
      return invalidInput(failure.issues);
    case "InvalidRequest":
      return atField(400, failure.field, failure.message);
    case "RefusedKey":
      return plain(401, REFUSED_KEYS[failure.reason]);
    case "MissingScope":
      return plain(403, `the key needs the scope ${failure.required.join(", ")}`);
    case "ExceedsRights":
      return plain(403, failure.message);
    case "AddressRefused":
      return plain(403, "the key may not be used from this address");
    case "NotFound":
      return plain(404, `there is no ${NAMES[failure.what] ?? failure.what} ${failure.id}`);
    case "Conflict":
      return atField(409, failure.field, failure.message);
    case "Rejected":
      return rejected(failure.rejection);
    case "PreconditionFailed":
      return plain(409, "it has been changed since; read it again, and decide anew");
    case "PreconditionRequired":
      return plain(400, "the header If-Match is missing");
    case "RateLimited": {
      const { quota, standing } = failure;
      const message = `${quota.requests} requests in ${quota.windowMs / 1000} s are allowed`;
      return { ...plain(429, message), headers: { "retry-after": wholeSeconds(standing.resetMs) } };
    }
    case "Busy":
      return again(failure.message);
    case "TimedOut":
      return again(
        failure.mayHaveHappened
          ? "it is not known whether it happened; look before you ask again"
          : "there was no answer in time; ask again",
      );
    case "OutcomeUnknown":
      return again("it is not known whether it happened; look before you ask again");
    case "NotConfigured":
      return plain(501, failure.message);
    case "StoreFault":
      return again("the store cannot be used at the moment");
    case "Defect":
      return plain(500, "this is a fault of the server; nothing of it is your doing");
  }
}

const REFUSED_KEYS: Readonly<Record<RefusedKeyReason, string>> = {
  missing: "send the key as Authorization",
  malformed: "this is no key",
  unknown: "this key opens nothing",
  inactive: "this key is inactive",
  revoked: "this key has been revoked",
  expired: "this key has expired",
};

/** This API's words for what the engine calls otherwise. */
const NAMES: Readonly<Record<string, string>> = { item: "product", location: "store node" };

/** What is wrong with the request itself; anything else stands against it in the ledger. */
const BAD_REQUESTS: ReadonlySet<RejectionCode> = new Set([
  "invalid-field",
  "invalid-quantity",
  "too-many-decimals",
  "quantity-too-large",
  "unknown-category",
  "unknown-manufacturer",
  "unknown-item",
]);

/** What a field must be where the ledger finds something else, by the code of its rejection. */
const FIELDS: Readonly<Partial<Record<RejectionCode, readonly [field: string, expected: string]>>> =
  {
    "unknown-category": ["categoryId", "a category that there is"],
    "unknown-manufacturer": ["manufacturerId", "a manufacturer that there is"],
    "unknown-item": ["productId", "a product that there is"],
    "duplicate-sku": ["partNumber", "one that no other product has"],
  };

/** This API's names of what the ledger calls otherwise. */
const FIELDS_OF_THE_LEDGER: Readonly<Record<string, string>> = {
  sku: "partNumber",
  unitCost: "unitCostAmount",
  currency: "unitCostCurrency",
  category: "categoryId",
  manufacturer: "manufacturerId",
  minimum: "minQuantity",
  maximum: "maxQuantity",
  "attributes.description": "description",
  "attributes.imageUrl": "image",
  "attributes.qrCodes": "qrCodes",
};

function rejected(rejection: Rejection): Told {
  const { code, message, given } = rejection;
  if (code === "unknown-location") {
    return plain(404, `there is no store node ${rejection.location}`);
  }
  const status = BAD_REQUESTS.has(code) ? 400 : 409;
  const issue = issueOf(rejection);
  // The lines of a command are none that the caller has sent.
  if (issue === undefined) return plain(status, message.replace(/^lines\[\d+\]: /, ""));
  const not = given === undefined ? "" : `, not ${given}`;
  return atField(status, issue.field, `${issue.field} must be ${issue.expected}${not}`);
}

/** The field of this API that a rejection speaks of, and what it must be. */
export function issueOf(
  rejection: Rejection,
): { readonly field: string; readonly expected: string } | undefined {
  const own = FIELDS[rejection.code];
  if (own !== undefined) return { field: own[0], expected: own[1] };
  const { field, expected } = rejection;
  if (field === undefined || expected === undefined) return undefined;
  return { field: FIELDS_OF_THE_LEDGER[field] ?? field, expected };
}

function invalidInput(issues: readonly Issue[]): Told {
  const [first] = issues;
  if (first === undefined) return plain(400, "the request is not what it must be");
  const errors = issues
    .filter(({ path }) => path.length > 0)
    .map(({ path, message }) => ({ field: fieldOf(path), message }));
  const { path } = first;
  const message = path.length === 0 ? first.message : `${fieldOf(path)} ${first.message}`;
  return { status: 400, body: errors.length === 0 ? { message } : { message, errors } };
}

/** Names and indices as one writes them: `products[3].unitCost`. */
function fieldOf(path: Issue["path"]): string {
  return path
    .map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`))
    .join("");
}

function atField(status: number, field: string, message: string): Told {
  const errors = [{ field, message: withoutField(field, message) }];
  return { status, body: { message, errors } };
}

function withoutField(field: string, message: string): string {
  return message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
}

function plain(status: number, message: string): Told {
  return { status, body: { message } };
}

function again(message: string): Told {
  return { ...plain(503, message), headers: { "retry-after": "1" } };
}

function wholeSeconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}
