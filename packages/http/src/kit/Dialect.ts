/** A dialect: how one API is spoken, where the kit would leave it open. */
import type { HttpServerRequest } from "@effect/platform";
import type { Failure } from "./Failure.js";
import type { Quota, Standing } from "./RateLimits.js";

export interface FailureAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface Dialect {
  readonly name: string;
  /** The key of a request, wherever this API lets it stand; nothing where there is none. */
  readonly keyOf: (request: HttpServerRequest.HttpServerRequest) => string | undefined;
  /** The one place that turns every failure into this API's own shape. */
  readonly answerTo: (failure: Failure, requestId: string) => FailureAnswer;
  /** Headers that tell how the caller's quota stands. */
  readonly quotaHeaders: (quota: Quota, standing: Standing) => Readonly<Record<string, string>>;
}

/** The key after `Bearer`; the scheme in whatever case, and nothing else passes for it. */
export function bearerKey(request: HttpServerRequest.HttpServerRequest): string | undefined {
  const match = /^bearer +([^\s,]+) *$/i.exec(request.headers.authorization ?? "");
  return match?.[1];
}

/** The whole of a header as the key, as some APIs have it: `Authorization: <key>`. */
export function rawKey(
  request: HttpServerRequest.HttpServerRequest,
  header = "authorization",
): string | undefined {
  const key = request.headers[header]?.trim();
  return key === undefined || key === "" || /[\s,]/.test(key) ? undefined : key;
}
