/** The model's days: opening, in, out and closing of an item at a location. */
import type { Instant } from "@stockbook/core";
import type { Model } from "./Model.js";
import { exactSum } from "./Sum.js";

/** One local day on which something happened, lots together. In ledger steps. */
export interface ModelDay {
  /** Such as `2024-03-31`. */
  readonly date: string;
  readonly opening: number;
  readonly in: number;
  readonly out: number;
  readonly closing: number;
}

/** The days on which something moved, in order. */
export function daysOf(
  model: Model,
  item: string,
  location: string,
  timeZone: string,
): readonly ModelDay[] {
  const rows = model.card(item, location);
  const dates = [...new Set(rows.map(({ occurredAt }) => localDate(occurredAt, timeZone)))].sort();
  return dates.map((date) => {
    const own = rows.filter(({ occurredAt }) => localDate(occurredAt, timeZone) === date);
    const before = rows.filter(({ occurredAt }) => localDate(occurredAt, timeZone) < date);
    const opening = exactSum(before.map((row) => row.in - row.out));
    const totals = { in: total(own, "in"), out: total(own, "out") };
    return { date, opening, ...totals, closing: opening + totals.in - totals.out };
  });
}

function total(rows: readonly { in: number; out: number }[], side: "in" | "out"): number {
  return exactSum(rows.map((row) => row[side]));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date a wall calendar in the zone shows at an instant. */
export function localDate(instant: Instant, timeZone: string): string {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat("en-CA", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
  if (known === undefined) formats.set(timeZone, format);
  return format.format(instant);
}
