/** Wall time: from what a clock in some place showed to the instant it showed it. */
import { DAY_MS, type Instant } from "@stockbook/core";

const MINUTE_MS = 60_000;

/**
 * Reads a zone's clock: local milliseconds, as if they were UTC, to an instant.
 *
 * A time that comes twice, when clocks go back, is taken for the first; one that is skipped,
 * when they go forward, is taken for as long after the jump as it was after the last moment
 * before it. Both as `Temporal` does by default ("compatible").
 */
export function wallClock(timeZone: string): (local: number) => Instant {
  const offsetAt = offsetsOf(timeZone);
  const known = new Map<number, Instant>();
  return (local) => {
    const found = known.get(local) ?? instantOf(local, offsetAt);
    known.set(local, found);
    return found;
  };
}

function instantOf(local: number, offsetAt: (instant: Instant) => number): Instant {
  // No zone changes its clock twice in two days, so these are the offsets on either side.
  const before = offsetAt(local - DAY_MS);
  const after = offsetAt(local + DAY_MS);
  const first = local - before;
  if (offsetAt(first) === before) return first;
  const second = local - after;
  return offsetAt(second) === after ? second : first;
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds. */
export function offsetsOf(timeZone: string): (instant: Instant) => number {
  if (timeZone === "UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const exactly = (instant: Instant) => {
    const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    return readingOf(format, whole) - whole;
  };
  const known = new Map<number, number | null>();
  return (instant) => {
    const day = Math.floor(instant / DAY_MS);
    let offset = known.get(day);
    if (offset === undefined) {
      const [begins, ends] = [exactly(day * DAY_MS), exactly((day + 1) * DAY_MS)];
      // Null on a day with a clock change, which must be looked at more closely.
      offset = begins === ends ? begins : null;
      known.set(day, offset);
    }
    return offset ?? exactly(instant);
  };
}

function readingOf(format: Intl.DateTimeFormat, instant: Instant): number {
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(instant)) parts[part.type] = Number(part.value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
