/** Rate limits: how often a key or an address may ask. */
import { Context, Effect as E, type Effect } from "effect";
import { rollingWindows } from "./RollingWindows.js";

export interface Quota {
  readonly name: string;
  readonly requests: number;
  readonly windowMs: number;
  /**
   * - `fixed`, if left out: so many requests in every window, which begins with its first one;
   *   those that are refused do not count.
   * - `rolling`: so many in the time just gone by, those that are refused among them.
   */
  readonly window?: "fixed" | "rolling" | undefined;
}

/** How a bucket stands after it was asked. */
export interface Standing {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the window ends; in a rolling one, until the first request leaves it. */
  readonly resetMs: number;
}

export interface RateLimitsService {
  /** Counts one request in a bucket, unless its quota is used up. */
  readonly take: (bucket: string, quota: Quota, now: number) => Effect.Effect<Standing>;
  /** How a bucket stands, counting nothing. */
  readonly look: (bucket: string, quota: Quota, now: number) => Effect.Effect<Standing>;
}

/** Where requests are counted: in this process, unless one that is shared is provided. */
export class RateLimits extends Context.Tag("@stockbook/http/RateLimits")<
  RateLimits,
  RateLimitsService
>() {}

interface Window {
  readonly endsAt: number;
  count: number;
}

/** Buckets beyond this are looked through for windows that have ended. */
const MOST_BUCKETS = 100_000;

/** Counts in the memory of this process. */
export function memoryRateLimits(): RateLimitsService {
  const fixed = fixedWindows();
  const rolling = rollingWindows();
  const kind = ({ window }: Quota) => (window === "rolling" ? rolling : fixed);
  return {
    take: (bucket, quota, now) => kind(quota).take(bucket, quota, now),
    look: (bucket, quota, now) => kind(quota).look(bucket, quota, now),
  };
}

function fixedWindows(): RateLimitsService {
  const windows = new Map<string, Window>();
  const windowOf = (bucket: string, now: number): Window | undefined => {
    const known = windows.get(bucket);
    return known !== undefined && known.endsAt > now ? known : undefined;
  };
  const open = (bucket: string, windowMs: number, now: number): Window => {
    if (windows.size >= MOST_BUCKETS) dropEnded(windows, now);
    const window = { endsAt: now + windowMs, count: 0 };
    windows.set(bucket, window);
    return window;
  };
  return {
    take: (bucket, { requests, windowMs }, now) =>
      E.sync(() => {
        const window = windowOf(bucket, now) ?? open(bucket, windowMs, now);
        if (window.count >= requests) return standing(window, requests, now, false);
        window.count++;
        return standing(window, requests, now, true);
      }),
    look: (bucket, { requests, windowMs }, now) =>
      E.sync(() => {
        const window = windowOf(bucket, now) ?? { endsAt: now + windowMs, count: 0 };
        return standing(window, requests, now, window.count < requests);
      }),
  };
}

function standing(window: Window, requests: number, now: number, allowed: boolean): Standing {
  return { allowed, remaining: requests - window.count, resetMs: window.endsAt - now };
}

function dropEnded(windows: Map<string, Window>, now: number): void {
  for (const [bucket, { endsAt }] of windows) if (endsAt <= now) windows.delete(bucket);
  // All of them are in use: the oldest go, so that memory stays bounded.
  for (const bucket of windows.keys()) {
    if (windows.size < MOST_BUCKETS) return;
    windows.delete(bucket);
  }
}
