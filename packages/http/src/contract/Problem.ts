/** Problems: every refusal and every fault, in the form of RFC 9457. */
import { Schema } from "effect";
import { Rejection } from "./Views.js";

/** What a problem can be, besides the codes of the ledger's own rejections. */
export const PROBLEMS = {
  "malformed-request": { status: 400, title: "The request cannot be read" },
  "invalid-parameter": { status: 400, title: "A parameter is not what it must be" },
  unauthorized: { status: 401, title: "A valid key is needed" },
  "missing-scope": { status: 403, title: "The key may not do this" },
  "address-refused": { status: 403, title: "The key may not be used from this address" },
  "not-found": { status: 404, title: "There is no such thing" },
  "unknown-route": { status: 404, title: "There is no such route" },
  "method-not-allowed": { status: 405, title: "The route has no such method" },
  "not-acceptable": { status: 406, title: "No answer of this type can be given" },
  conflict: { status: 409, title: "It is there already, with other content" },
  rejected: { status: 409, title: "The ledger's rules refuse the command" },
  "precondition-failed": { status: 412, title: "It has been changed since" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body's type is not understood" },
  "invalid-body": { status: 422, title: "The body is not what it must be" },
  "idempotency-conflict": { status: 422, title: "The key belongs to another request" },
  "precondition-required": { status: 428, title: "If-Match is needed" },
  "rate-limited": { status: 429, title: "Too many requests" },
  fault: { status: 500, title: "This is a fault of the server" },
  "not-configured": { status: 501, title: "The server is not set up for this" },
  busy: { status: 503, title: "Busy; nothing happened" },
  unavailable: { status: 503, title: "The store cannot be used; nothing happened" },
  "outcome-unknown": { status: 503, title: "It is not known whether it happened" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemCode = keyof typeof PROBLEMS;

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

export const Problem = Schema.Struct({
  type: Schema.String.annotations({ description: "`urn:stockbook:problem:` and the code." }),
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String.annotations({ description: "What is wrong, and what would be right." }),
  code: Schema.Literal(...codes).annotations({ description: "Stable; for programs." }),
  requestId: Schema.String.annotations({ description: "Name it when you ask for help." }),
  errors: Schema.optional(
    Schema.Array(
      Schema.Struct({
        in: Schema.Literal("body", "query", "path", "header"),
        pointer: Schema.String.annotations({ description: "A JSON Pointer, or a name." }),
        detail: Schema.String,
      }),
    ),
  ),
  rejection: Schema.optional(Rejection),
  command: Schema.optional(
    Schema.Int.annotations({ description: "Index of the command at fault in a batch." }),
  ),
  requiredScopes: Schema.optional(Schema.Array(Schema.String)),
}).annotations({ identifier: "Problem" });
export type Problem = typeof Problem.Type;

export const PROBLEM_MEDIA_TYPE = "application/problem+json";
