/** The breaker of an endpoint: one that fails most of the time is left alone for a while. */
import type { Instant } from "@stockbook/core";

const WINDOW_MS = 300_000;
const OPEN_MS = 30_000;
const LEAST_ATTEMPTS = 10;
const MOST_ATTEMPTS = 50;
const FAILING = 0.7;

export type AttemptResult = "success" | "failure";

interface Attempt {
  readonly at: Instant;
  readonly result: AttemptResult;
}

export type Breaker =
  | { readonly type: "closed"; readonly recent: readonly Attempt[] }
  /** No attempt before `until`, and then one alone. */
  | { readonly type: "open"; readonly until: Instant }
  /** That one is under way. */
  | { readonly type: "probing" };

export const CLOSED: Breaker = { type: "closed", recent: [] };

/** From when on the next attempt may be made; never, while the outcome of one is awaited. */
export function breakerAllowsAt(breaker: Breaker, now: Instant): Instant {
  switch (breaker.type) {
    case "closed":
      return now;
    case "open":
      return Math.max(now, breaker.until);
    case "probing":
      return Number.POSITIVE_INFINITY;
  }
}

/** The breaker once an attempt has begun that it allowed. */
export function afterBeginning(breaker: Breaker): Breaker {
  return breaker.type === "open" ? { type: "probing" } : breaker;
}

/** The breaker once an attempt has ended. */
export function afterEnding(breaker: Breaker, result: AttemptResult, at: Instant): Breaker {
  switch (breaker.type) {
    case "probing":
      return result === "success" ? CLOSED : { type: "open", until: at + OPEN_MS };
    case "open":
      // What began before it opened tells it nothing new.
      return breaker;
    case "closed":
      return judged([...breaker.recent, { at, result }], at);
  }
}

function judged(attempts: readonly Attempt[], at: Instant): Breaker {
  const recent = attempts.filter((one) => one.at > at - WINDOW_MS).slice(-MOST_ATTEMPTS);
  const failures = recent.filter(({ result }) => result === "failure").length;
  const trips = recent.length >= LEAST_ATTEMPTS && failures >= FAILING * recent.length;
  return trips ? { type: "open", until: at + OPEN_MS } : { type: "closed", recent };
}
