/** Dates: what the organisation's own clock showed, as moments, and moments as it shows them. */
import { type Calendar, DAY_MS, type Instant, MAX_INSTANT, MIN_INSTANT } from "@stockbook/core";

const LOCAL_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Whether a text is a date and a time that a clock can show, as `Y-m-d H:i:s`. */
export function isLocalTime(text: string): boolean {
  return wallOf(text) !== undefined;
}

/** The time as if it were UTC. */
function wallOf(text: string): number | undefined {
  const [, day, time] = LOCAL_TIME.exec(text) ?? [];
  const wall = Date.parse(`${day}T${time}Z`);
  // `Date.parse` takes 30 February for 2 March.
  const exists = Number.isFinite(wall) && new Date(wall).toISOString() === `${day}T${time}.000Z`;
  return exists && wall >= MIN_INSTANT + DAY_MS && wall <= MAX_INSTANT - DAY_MS ? wall : undefined;
}

/**
 * The first and the last moment at which the clock shows this second. They differ where clocks go
 * back over it; where clocks go forward over it, both are the moment at which they do.
 *
 * @param text as `isLocalTime` has it.
 */
export function momentsOf(
  text: string,
  { offsetOf }: Pick<Calendar, "offsetOf">,
): { readonly first: Instant; readonly last: Instant } {
  const wall = wallOf(text) as number;
  // No zone changes its clock twice in two days, so these are the offsets on either side.
  const [before, after] = [offsetOf(wall - DAY_MS), offsetOf(wall + DAY_MS)];
  const shown = [wall - before, wall - after].filter(
    (instant) => instant + offsetOf(instant) === wall,
  );
  if (shown.length > 0) return { first: Math.min(...shown), last: Math.max(...shown) };
  const skipped = changeBetween(wall - DAY_MS, wall + DAY_MS, offsetOf);
  return { first: skipped, last: skipped };
}

/** The moment at which the clock changes, to the second. */
function changeBetween(from: Instant, to: Instant, offsetOf: Calendar["offsetOf"]): Instant {
  const old = offsetOf(from);
  let [before, changed] = [from / SECOND_MS, to / SECOND_MS];
  while (changed - before > 1) {
    const middle = Math.floor((before + changed) / 2);
    if (offsetOf(middle * SECOND_MS) === old) before = middle;
    else changed = middle;
  }
  return changed * SECOND_MS;
}

/** The range of a filter: from the first to the last second that is named, both included. */
export function rangeOf(
  from: string | undefined,
  to: string | undefined,
  calendar: Pick<Calendar, "offsetOf">,
): { readonly from?: Instant; readonly to?: Instant } {
  return {
    ...(from !== undefined && { from: momentsOf(from, calendar).first }),
    ...(to !== undefined && { to: momentsOf(to, calendar).last + SECOND_MS }),
  };
}

/** A moment as the organisation's clock shows it: ISO 8601 to the second, with the offset. */
export function timestampOf(instant: Instant, { offsetOf }: Pick<Calendar, "offsetOf">): string {
  // Before zones were agreed on, clocks differed by seconds, for which ISO 8601 has no place.
  const minutes = Math.round(offsetOf(instant) / MINUTE_MS);
  const wall = new Date(instant + minutes * MINUTE_MS).toISOString().slice(0, 19);
  const ahead = Math.abs(minutes);
  const [hours, rest] = [Math.floor(ahead / 60), ahead % 60];
  return `${wall}${minutes < 0 ? "-" : "+"}${twoDigits(hours)}:${twoDigits(rest)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
