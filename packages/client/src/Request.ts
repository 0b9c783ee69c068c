/** Making a request of a call. */
import type { Operation } from "./Operation.js";
import type { AnyCallOptions } from "./Options.js";
import type { Prepared } from "./Send.js";

/** What a call gives an operation. */
export interface Call {
  /** For the places of the path, in their order. */
  readonly placed: readonly unknown[];
  /** The body or the query. */
  readonly payload: unknown;
  readonly options: AnyCallOptions;
}

/** What is the same in all requests of a client. */
export interface Common {
  /** Without a slash at its end. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly timeoutMs: number;
  readonly newIdempotencyKey: () => string;
}

const PLACE = /\{(\w+)\}/g;

/** How many arguments of a call belong into the path. */
export function placesIn({ path }: Operation): number {
  return path.match(PLACE)?.length ?? 0;
}

/** @throws TypeError where an argument is nothing that can be sent. */
export function prepare(operation: Operation, call: Call, common: Common): Prepared {
  const { method, takes, once, repeatable } = operation;
  const { payload, options } = call;
  const own = keyIn(payload) ?? options.idempotencyKey;
  const idempotencyKey = once ? (own ?? common.newIdempotencyKey()) : undefined;
  const path = pathOf(operation, call.placed);
  return {
    title: `${method} ${path}`,
    url: common.url + path + (takes === "query" ? searchOf(payload) : ""),
    method,
    headers: headersOf(operation, { ...options, idempotencyKey }, common),
    body: takes === "body" ? JSON.stringify(payload ?? {}) : undefined,
    isRepeatable: repeatable,
    idempotencyKey,
    timeoutMs: options.timeoutMs ?? common.timeoutMs,
    signal: options.signal,
  };
}

/** A command may name its key itself; the server then goes by that one. */
function keyIn(payload: unknown): string | undefined {
  const { idempotencyKey } = Object(payload);
  return typeof idempotencyKey === "string" ? idempotencyKey : undefined;
}

function pathOf({ path }: Operation, placed: readonly unknown[]): string {
  const values = placed.values();
  return path.replace(PLACE, (_, name: string) => segmentOf(name, values.next().value));
}

function segmentOf(name: string, value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") {
    throw new TypeError(`${name} must be a text or a number, not ${typeof value}`);
  }
  const text = String(value);
  // These would lead to another path.
  if (text === "" || text === "." || text === "..") {
    throw new TypeError(`${name} must not be "${text}"`);
  }
  return encodeURIComponent(text);
}

function searchOf(query: unknown): string {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(query ?? {});
  const given = entries.filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length === 0 ? "" : `?${search}`;
}

function headersOf(
  { takes }: Operation,
  { idempotencyKey, ifMatch, ifNoneMatch }: AnyCallOptions,
  { authorization }: Common,
): Headers {
  const headers: Readonly<Record<string, string | undefined>> = {
    accept: "application/json",
    authorization,
    "content-type": takes === "body" ? "application/json" : undefined,
    "idempotency-key": idempotencyKey,
    "if-match": ifMatch,
    "if-none-match": ifNoneMatch,
  };
  const given = Object.entries(headers).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new Headers(given);
}
