/** A dialect: how one API is spoken, where the kit would leave it open. */
import type { HttpServerRequest } from "@effect/platform";
import type { Caller, RefusedKey } from "@stockbook/engine";
import type { Effect } from "effect";
import type { Failure, HandlerFailure } from "./Failure.js";
import { searchOf } from "./Query.js";
import type { Quota, Standing } from "./RateLimits.js";

export interface FailureAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * What is refused first where a request is wrong in several ways.
 *
 * - `route-first`: route (404), method (405), `Accept` (406), key (401), address (403), rate (429),
 *   scope (403), parameters.
 * - `key-first`: key (401), address and scope (403), rate (429), route (404), method (405), `Accept`
 *   (406), parameters. Every request with a valid key counts, whatever becomes of it.
 */
export type RefusalOrder = "route-first" | "key-first";

/** What a request is counted by, and how many there may be. */
export interface Counted {
  readonly bucket: string;
  readonly quota: Quota;
}

/** An address of the contract, with what stands in its places. */
export interface NamedAddress {
  /** As in the contract, such as `/v1/items/:id`. */
  readonly route: `/${string}`;
  readonly path: Readonly<Record<string, string | undefined>>;
}

export interface Dialect {
  readonly name: string;
  /** `route-first`, if left out. */
  readonly order?: RefusalOrder | undefined;
  /** What stands against a request whoever sends it, looked at before all else. */
  readonly precheck?:
    | ((request: HttpServerRequest.HttpServerRequest) => Failure | undefined)
    | undefined;
  /** The key of a request, wherever this API lets it stand; nothing where there is none. */
  readonly keyOf: (request: HttpServerRequest.HttpServerRequest) => string | undefined;
  /** Parameters of a `GET` that carry a key: they are no input, and are never repeated. */
  readonly keyParameters?: readonly string[] | undefined;
  /** What stands against whoever asks, once the key is known. */
  readonly judge?:
    | ((caller: Caller, request: HttpServerRequest.HttpServerRequest) => RefusedKey | undefined)
    | undefined;
  /**
   * What stands against the thing that an address names, such as that it is not there: looked at
   * before the method and the parameters, where the key comes first.
   */
  readonly thingFault?:
    | ((address: NamedAddress, caller: Caller) => Effect.Effect<void, HandlerFailure>)
    | undefined;
  /** What a request is counted by: the plan of the organisation by key, if left out. */
  readonly quotaOf?: ((caller: Caller, address: string | undefined) => Counted) | undefined;
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

/** A parameter of a `GET` as the key; name it in the dialect's `keyParameters`, too. */
export function queryKey(
  request: HttpServerRequest.HttpServerRequest,
  parameter: string,
): string | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const given = new URLSearchParams(searchOf(request.url)).getAll(parameter);
  return given.length === 1 && given[0] !== "" ? given[0] : undefined;
}
