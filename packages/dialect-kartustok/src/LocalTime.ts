/** Local time: days of a time zone as spans of instants, and instants as they are shown there. */
import { type Calendar, calendarOf, type Instant } from "@stockbook/core";

/** From an instant on, up to and not at another; what is left out is open. */
export interface Span {
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Days, both ends included, by their numbers. */
export interface Days {
  readonly date_from?: number;
  readonly date_to?: number;
}

/** The span of days of a calendar. */
export function spanOf({ startOfDay }: Calendar, { date_from, date_to }: Days): Span {
  return {
    ...(date_from !== undefined && { from: startOfDay(date_from) }),
    ...(date_to !== undefined && { to: startOfDay(date_to + 1) }),
  };
}

const MINUTE_MS = 60_000;

/** An instant in ISO 8601 with the offset of the calendar's time zone, such as `+05:45`. */
export function localTime({ offsetOf }: Calendar, instant: Instant): string {
  // Before there were time zones, offsets had seconds, which ISO 8601 does not know.
  const minutes = Math.round(offsetOf(instant) / MINUTE_MS);
  const local = new Date(instant + minutes * MINUTE_MS).toISOString().slice(0, -1);
  const sign = minutes < 0 ? "-" : "+";
  const ahead = Math.abs(minutes);
  return `${local}${sign}${twoDigits(Math.floor(ahead / 60))}:${twoDigits(ahead % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** Calendars by their time zones, each made once: they keep what they have looked up. */
export function makeCalendars(): (timeZone: string) => Calendar {
  const made = new Map<string, Calendar>();
  return (timeZone) => {
    const known = made.get(timeZone) ?? calendarOf(timeZone);
    made.set(timeZone, known);
    return known;
  };
}
