export { Answer, type AnyPage, PagedAnswer, type Reply } from "./Answer.js";
export { StockbookClient } from "./Client.js";
export {
  ApiError,
  BadRequest,
  BodyTooLarge,
  Conflict,
  ConnectionFailed,
  type FieldError,
  Forbidden,
  NotFound,
  PreconditionFailed,
  PreconditionRequired,
  type ProblemCode,
  RateLimited,
  type RefusedAnswer,
  ServerFault,
  StockbookError,
  TimedOut,
  Unauthorized,
  Unavailable,
  UnprocessableContent,
  UnreadableAnswer,
} from "./Errors.js";
export type * from "./generated/groups.js";
export type * from "./generated/schema.js";
export type {
  CallOptions,
  ClientOptions,
  Conditional,
  Fetch,
  Keyed,
  Matching,
  QueryOf,
} from "./Options.js";
