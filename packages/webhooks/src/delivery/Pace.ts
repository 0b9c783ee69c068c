/** How often an endpoint is attempted: so many times in every second that begins with one. */
import type { Instant } from "@stockbook/core";

export interface Pace {
  readonly since: Instant;
  readonly count: number;
}

export const RESTED: Pace = { since: Number.NEGATIVE_INFINITY, count: 0 };

const SECOND_MS = 1_000;

/** From when on the next attempt may be made. */
export function paceAllowsAt(pace: Pace, maxPerSecond: number | null, now: Instant): Instant {
  const isUsedUp = maxPerSecond !== null && pace.count >= maxPerSecond;
  return isUsedUp ? Math.max(now, pace.since + SECOND_MS) : now;
}

/** The pace once an attempt has begun. */
export function quickened(pace: Pace, now: Instant): Pace {
  const isOver = now >= pace.since + SECOND_MS;
  return isOver ? { since: now, count: 1 } : { ...pace, count: pace.count + 1 };
}
