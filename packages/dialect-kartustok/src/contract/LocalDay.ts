/** Local days: as they are written in parameters, and the numbers that calendars know them by. */
import { DAY_MS } from "@stockbook/core";

const ISO_DAY = /^(?:19|2\d)\d\d-\d\d-\d\d$/;

/** Days from 1970-01-01 to a day written as `2026-03-01`, of the years 1900 to 2999. */
export function dayOf(text: string): number | undefined {
  if (!ISO_DAY.test(text)) return undefined;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // There is no 30 February, which some readers of dates take for 2 March.
  const isDay = Number.isFinite(instant) && new Date(instant).toISOString().startsWith(text);
  return isDay ? instant / DAY_MS : undefined;
}
