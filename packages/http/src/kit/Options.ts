/** Settings of a server, with defaults that are safe. */
import { canonicalRange } from "@stockbook/engine";
import type { Quota } from "./RateLimits.js";

export interface ServerOptions {
  /** A longer body is refused. 1 MiB, if left out. */
  readonly maxBodyBytes?: number | undefined;
  /** An answer that takes longer is given up. 30 s, if left out. */
  readonly timeoutMs?: number | undefined;
  /** Addresses or CIDR ranges of proxies whose `X-Forwarded-For` counts; none, if left out. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Requests without a valid key that one address may make. 300 a minute, if left out. */
  readonly refusedKeys?: Omit<Quota, "name"> | undefined;
  /** Is given a line for every answer; never a key, a query or a body. */
  readonly onAnswer?: ((line: AccessLine) => void) | undefined;
  /** Is given what went wrong inside; the answer only says that something did. */
  readonly onDefect?: ((defect: unknown, requestId: string) => void) | undefined;
}

/** What is logged of a request. */
export interface AccessLine {
  readonly requestId: string;
  readonly method: string;
  /** As in the contract, such as `/v1/items/:id`; `null` where there is no such route. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  readonly address: string | null;
  /** The id of the key, which opens nothing. */
  readonly key: string | null;
  readonly organisation: string | null;
}

export interface ServerConfig {
  readonly maxBodyBytes: number;
  readonly timeoutMs: number;
  readonly trustedProxies: readonly string[];
  readonly refusedKeys: Quota;
  readonly onAnswer: ((line: AccessLine) => void) | undefined;
  readonly onDefect: ((defect: unknown, requestId: string) => void) | undefined;
}

/**
 * The settings with their defaults.
 *
 * @throws RangeError where one of them cannot be.
 */
export function configOf(options: ServerOptions): ServerConfig {
  const { maxBodyBytes = 1_048_576, timeoutMs = 30_000, trustedProxies = [] } = options;
  const { refusedKeys = { requests: 300, windowMs: 60_000 } } = options;
  return {
    maxBodyBytes: positive("maxBodyBytes", maxBodyBytes),
    timeoutMs: positive("timeoutMs", timeoutMs),
    trustedProxies: trustedProxies.map(rangeOf),
    refusedKeys: { name: "refused-keys", ...refusedKeys },
    onAnswer: options.onAnswer,
    onDefect: options.onDefect,
  };
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`${name} must be a whole number above 0, not ${value}`);
}

function rangeOf(text: string): string {
  const range = canonicalRange(text);
  if (range !== undefined) return range;
  throw new RangeError(`trustedProxies takes addresses and CIDR ranges, not ${text}`);
}
