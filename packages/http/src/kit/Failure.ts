/** Everything that can go wrong with a request, as data. A dialect gives it its shape. */
import type {
  Busy,
  Conflict,
  InvalidRequest,
  NotFound,
  OutcomeUnknown,
  RefusedKey,
  Rejected,
  StoreFault,
} from "@stockbook/engine";
import { Data } from "effect";
import type { Quota, Standing } from "./RateLimits.js";

/** Where in a request a value stands. */
export type Part = "body" | "query" | "path" | "header";

/** A value that is not what it must be. */
export interface Issue {
  readonly in: Part;
  /** Names and indices that lead to it. */
  readonly path: readonly (string | number)[];
  /** What it must be, and what it is. */
  readonly message: string;
}

/** The host that was asked is nobody's. */
export class UnknownHost extends Data.TaggedError("UnknownHost") {}

export class UnknownRoute extends Data.TaggedError("UnknownRoute") {}

export class MethodNotAllowed extends Data.TaggedError("MethodNotAllowed")<{
  readonly allowed: readonly string[];
}> {}

/** None of the types that the caller accepts can be given. */
export class NotAcceptable extends Data.TaggedError("NotAcceptable")<{
  readonly offered: readonly string[];
}> {}

export class UnsupportedMediaType extends Data.TaggedError("UnsupportedMediaType")<{
  readonly given: string;
  readonly expected: readonly string[];
}> {}

export class BodyTooLarge extends Data.TaggedError("BodyTooLarge")<{
  readonly maxBytes: number;
}> {}

/** What was sent is no JSON, no UTF-8, or broke off. */
export class MalformedBody extends Data.TaggedError("MalformedBody")<{
  readonly message: string;
  /** The parameter that cannot be read, where it is one. */
  readonly parameter?: string | undefined;
}> {}

/** Values that can be read but are not what they must be. */
export class InvalidInput extends Data.TaggedError("InvalidInput")<{
  readonly issues: readonly Issue[];
}> {}

export class MissingScope extends Data.TaggedError("MissingScope")<{
  readonly required: readonly string[];
}> {}

/** The key would give more than it has itself. */
export class ExceedsRights extends Data.TaggedError("ExceedsRights")<{
  /** What its own rights would have to be. */
  readonly message: string;
}> {}

/** The key may not be used from where the request comes. */
export class AddressRefused extends Data.TaggedError("AddressRefused") {}

export class RateLimited extends Data.TaggedError("RateLimited")<{
  readonly quota: Quota;
  readonly standing: Standing;
}> {}

/** `If-Match` names another state than the present one, or the thing is there already. */
export class PreconditionFailed extends Data.TaggedError("PreconditionFailed") {}

export class PreconditionRequired extends Data.TaggedError("PreconditionRequired") {}

/** The server did not come to an answer in time. */
export class TimedOut extends Data.TaggedError("TimedOut")<{
  readonly timeoutMs: number;
  /** Whether something may have been changed all the same. */
  readonly mayHaveHappened: boolean;
}> {}

/** A fault of the server itself. What it was stands in the log, never in the answer. */
export class Defect extends Data.TaggedError("Defect")<{ readonly cause: unknown }> {}

/** The server could do it, but was not set up for it. */
export class NotConfigured extends Data.TaggedError("NotConfigured")<{
  /** What to set, and where. */
  readonly message: string;
}> {}

/** What a handler may fail with. */
export type HandlerFailure =
  | Busy
  | Conflict
  | InvalidRequest
  | NotConfigured
  | NotFound
  | OutcomeUnknown
  | Rejected
  | StoreFault
  | ExceedsRights
  | InvalidInput
  | MissingScope
  | PreconditionFailed
  | UnknownRoute;

export type Failure =
  | HandlerFailure
  | RefusedKey
  | AddressRefused
  | BodyTooLarge
  | Defect
  | MalformedBody
  | MethodNotAllowed
  | NotAcceptable
  | PreconditionRequired
  | RateLimited
  | TimedOut
  | UnknownHost
  | UnsupportedMediaType;
