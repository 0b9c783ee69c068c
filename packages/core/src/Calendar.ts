/**
 * Days and months of a time zone, as the numbers the roll-ups are kept by.
 *
 * Reads the time zone database that comes with the JavaScript engine; no clock is read here.
 */

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** Where an instant falls in a ledger's own calendar. */
export interface CalendarPosition {
  /** Days from 1970-01-01 to the local date. */
  readonly day: number;
  /** Months from January 1970 to the local month. */
  readonly month: number;
  /** Hours from 1970-01-01T00:00Z; absolute, so that it never repeats when clocks go back. */
  readonly hour: number;
}

export interface Calendar {
  readonly timeZone: string;
  readonly positionOf: (instant: Instant) => CalendarPosition;
  /** The instant at which a local day begins. */
  readonly startOfDay: (day: number) => Instant;
  /** How far the zone's clock is ahead of UTC, in milliseconds. */
  readonly offsetOf: (instant: Instant) => number;
}

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
const QUARTER_MS = 900_000;
const MAX_CACHED_QUARTERS = 100_000;

/** The earliest and the latest instant a movement may carry: the years 1900 to 2999. */
export const MIN_INSTANT: Instant = Date.UTC(1900, 0, 1);
export const MAX_INSTANT: Instant = Date.UTC(3000, 0, 1) - 1;

export function isTimeZone(text: unknown): text is string {
  if (typeof text !== "string") return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The calendar of a time zone, with the offsets it has looked up kept at hand. */
export function calendarOf(timeZone: string): Calendar {
  const offsetOf = timeZone === "UTC" ? () => 0 : cachedOffsets(timeZone);

  const positionOf = (instant: Instant): CalendarPosition => {
    const day = Math.floor((instant + offsetOf(instant)) / DAY_MS);
    return { day, month: monthOfDay(day), hour: Math.floor(instant / HOUR_MS) };
  };

  const startOfDay = (day: number): Instant => firstInstantOfDay(day, positionOf);

  return { timeZone, positionOf, startOfDay, offsetOf };
}

/** Months from January 1970 to the month this day is in. */
export function monthOfDay(day: number): number {
  const date = new Date(day * DAY_MS);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The first day of a month counted from January 1970. */
export function firstDayOfMonth(month: number): number {
  return Math.round(Date.UTC(1970, month, 1) / DAY_MS);
}

/** `2010-12-01` for a day number. */
export function formatDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

// One look-up serves a whole quarter of an hour: the offset at its end. Almost every clock change
// falls on a quarter. Where clocks went back a minute past midnight, as in Newfoundland until 2011,
// the new day would else begin twice.
function cachedOffsets(timeZone: string): (instant: Instant) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER_MS);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size >= MAX_CACHED_QUARTERS) offsets.clear();
    const end = (quarter + 1) * QUARTER_MS - 1000;
    const offset = localTimeOf(format, end) - end;
    offsets.set(quarter, offset);
    return offset;
  };
}

function localTimeOf(format: Intl.DateTimeFormat, instant: Instant): number {
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(instant)) parts[part.type] = Number(part.value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

// Midnight may be skipped or come twice, so the first instant is searched, not computed.
function firstInstantOfDay(
  day: number,
  positionOf: (instant: Instant) => CalendarPosition,
): Instant {
  let before = day * DAY_MS - 2 * DAY_MS;
  let within = day * DAY_MS + 2 * DAY_MS;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (positionOf(middle).day >= day) within = middle;
    else before = middle;
  }
  return within;
}
