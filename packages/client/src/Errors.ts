/** Everything a call can reject with, besides the reason of a signal that gave it up. */
import type { Problem, Rejection } from "./generated/schema.js";

/** The stable code of a refusal. */
export type ProblemCode = Problem["code"];

/** A field that is not what it must be. */
export type FieldError = NonNullable<Problem["errors"]>[number];

interface ErrorDetails extends ErrorOptions {
  readonly idempotencyKey?: string | undefined;
}

/** What every error of the client is. */
export class StockbookError extends Error {
  override readonly name: string = "StockbookError";
  /**
   * The key under which the request was sent. Where it may have happened, ask again under it: it
   * is then done once all the same.
   */
  readonly idempotencyKey: string | undefined;

  constructor(message: string, { idempotencyKey, ...options }: ErrorDetails = {}) {
    super(message, options);
    this.idempotencyKey = idempotencyKey;
  }
}

/** No answer came: the server cannot be reached, or the connection broke. */
export class ConnectionFailed extends StockbookError {
  override readonly name = "ConnectionFailed";
}

/** No answer came in time. */
export class TimedOut extends StockbookError {
  override readonly name = "TimedOut";
  readonly timeoutMs: number;

  constructor(message: string, timeoutMs: number, details?: ErrorDetails) {
    super(message, details);
    this.timeoutMs = timeoutMs;
  }
}

interface UnreadableDetails extends ErrorDetails {
  readonly status: number;
  readonly headers: Headers;
}

/** An answer came that is not of this API; perhaps the URL is of something else. */
export class UnreadableAnswer extends StockbookError {
  override readonly name = "UnreadableAnswer";
  readonly status: number;
  readonly headers: Headers;

  constructor(message: string, { status, headers, ...details }: UnreadableDetails) {
    super(message, details);
    this.status = status;
    this.headers = headers;
  }
}

/** What is known of an answer that is none. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** What the server says, unless something before it has answered in its place. */
  readonly problem: Problem | undefined;
  readonly retryAfterMs: number | undefined;
  readonly idempotencyKey: string | undefined;
}

/** The server refuses, or fails. There is a class of its own for each status that it uses. */
export class ApiError extends StockbookError {
  override readonly name: string = "ApiError";
  readonly status: number;
  /** `undefined` where something before the server has answered in its place. */
  readonly code: ProblemCode | undefined;
  /** What is wrong, and what would be right. */
  readonly detail: string;
  /** Name it when you ask for help. */
  readonly requestId: string | undefined;
  /** The fields that are not what they must be. */
  readonly errors: readonly FieldError[];
  /** Why the ledger's rules refuse: which line, what was wanted, what there was. */
  readonly rejection: Rejection | undefined;
  /** Which command of a batch it is about. */
  readonly command: number | undefined;
  readonly requiredScopes: readonly string[];
  readonly retryAfterMs: number | undefined;
  readonly headers: Headers;

  constructor({ status, headers, problem, retryAfterMs, idempotencyKey }: RefusedAnswer) {
    const detail = problem?.detail ?? "what answered is not Stockbook";
    const requestId = problem?.requestId ?? headers.get("x-request-id") ?? undefined;
    super(`${detail} (${told(status, problem?.code, requestId)})`, { idempotencyKey });
    this.status = status;
    this.code = problem?.code;
    this.detail = detail;
    this.requestId = requestId;
    this.errors = problem?.errors ?? [];
    this.rejection = problem?.rejection;
    this.command = problem?.command;
    this.requiredScopes = problem?.requiredScopes ?? [];
    this.retryAfterMs = retryAfterMs;
    this.headers = headers;
  }
}

function told(status: number, code: string | undefined, requestId: string | undefined): string {
  const what = code === undefined ? `${status}` : `${status} ${code}`;
  return requestId === undefined ? what : `${what}, request ${requestId}`;
}

/** 400: the request cannot be read, or a parameter is not what it must be. */
export class BadRequest extends ApiError {
  override readonly name = "BadRequest";
}
/** 401: the key is missing, unknown, revoked or expired. */
export class Unauthorized extends ApiError {
  override readonly name = "Unauthorized";
}
/** 403: the key may not do this, or not from here; see `requiredScopes`. */
export class Forbidden extends ApiError {
  override readonly name = "Forbidden";
}
/** 404: there is no such thing. */
export class NotFound extends ApiError {
  override readonly name = "NotFound";
}
/** 409: the ledger's rules refuse it (see `rejection`), or it is there with other content. */
export class Conflict extends ApiError {
  override readonly name = "Conflict";
}
/** 412: it has been changed since it was read. */
export class PreconditionFailed extends ApiError {
  override readonly name = "PreconditionFailed";
}
/** 413: the body is too large. */
export class BodyTooLarge extends ApiError {
  override readonly name = "BodyTooLarge";
}
/** 422: the body is not what it must be (see `errors`), or the idempotency key is another's. */
export class UnprocessableContent extends ApiError {
  override readonly name = "UnprocessableContent";
}
/** 428: `ifMatch` is needed. */
export class PreconditionRequired extends ApiError {
  override readonly name = "PreconditionRequired";
}
/** 429: too many requests; see `retryAfterMs`. */
export class RateLimited extends ApiError {
  override readonly name = "RateLimited";
}
/** 500 and others: a fault of the server or of what stands before it. */
export class ServerFault extends ApiError {
  override readonly name: string = "ServerFault";
}
/** 502, 503, 504: nobody serves at the moment. With `outcome-unknown`, it may have happened. */
export class Unavailable extends ServerFault {
  override readonly name = "Unavailable";
}

const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequest,
  401: Unauthorized,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  412: PreconditionFailed,
  413: BodyTooLarge,
  422: UnprocessableContent,
  428: PreconditionRequired,
  429: RateLimited,
  502: Unavailable,
  503: Unavailable,
  504: Unavailable,
};

/** The error of the class that the status asks for. */
export function apiErrorOf(refusal: RefusedAnswer): ApiError {
  const { status } = refusal;
  const Class = CLASSES[status] ?? (status >= 500 ? ServerFault : ApiError);
  return new Class(refusal);
}
