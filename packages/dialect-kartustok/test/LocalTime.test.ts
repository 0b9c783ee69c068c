import { calendarOf, DAY_MS, formatDay, HOUR_MS, MAX_INSTANT, MIN_INSTANT } from "@stockbook/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../src/contract/LocalDay.js";
import { localTime, spanOf } from "../src/LocalTime.js";

const ZONES = ["Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati", "Pacific/Apia", "UTC"];
const FIRST_DAY = MIN_INSTANT / DAY_MS;
const LAST_DAY = Math.floor(MAX_INSTANT / DAY_MS);
const days = fc.integer({ min: FIRST_DAY, max: LAST_DAY });

describe("a day in a parameter", () => {
  it("is read as it is written", () => {
    fc.assert(fc.property(days, (day) => dayOf(formatDay(day)) === day));
  });

  it.each([
    "",
    "2026-2-3",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "1899-12-31",
    "3000-01-01",
    "02-03-2026",
    "2026/02/03",
    "20260203",
    "2026-02-03T00:00:00Z",
    " 2026-02-03",
    "2026-02-03 ",
    "+2026-02-03",
    "today",
  ])("is not %j", (text) => {
    expect(dayOf(text)).toBeUndefined();
  });
});

describe("the span of days", () => {
  it("has both ends in it, and those of days that follow meet", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), days, fc.nat(400), (zone, from, length) => {
        const calendar = calendarOf(zone);
        const to = Math.min(from + length, LAST_DAY);
        const span = spanOf(calendar, { date_from: from, date_to: to });
        const next = spanOf(calendar, { date_from: to + 1 });
        expect(next.from).toBe(span.to);
        const [first = 0, end = 0] = [span.from, span.to];
        // A day that a zone has skipped has no moments.
        expect(end).toBeGreaterThanOrEqual(first);
        if (end === first) return;
        expect(calendar.positionOf(first).day).toBeGreaterThanOrEqual(from);
        expect(calendar.positionOf(first - 1).day).toBeLessThan(from);
        expect(calendar.positionOf(end - 1).day).toBeLessThanOrEqual(to);
        expect(calendar.positionOf(end).day).toBeGreaterThan(to);
      }),
    );
  });

  it.each([
    ["2026-03-08", 23],
    ["2026-11-01", 25],
    ["2026-06-01", 24],
  ])("of %s in New York has %i hours", (text, hours) => {
    const day = dayOf(text) as number;
    const span = spanOf(calendarOf("America/New_York"), { date_from: day, date_to: day });
    expect(((span.to as number) - (span.from as number)) / HOUR_MS).toBe(hours);
  });

  it("is open where a day is left out", () => {
    const calendar = calendarOf("UTC");
    expect(spanOf(calendar, {})).toEqual({});
    expect(spanOf(calendar, { date_from: 1 })).toEqual({ from: DAY_MS });
    expect(spanOf(calendar, { date_to: 1 })).toEqual({ to: 2 * DAY_MS });
  });
});

describe("a moment as it is shown", () => {
  it.each([
    ["Asia/Kathmandu", "2026-03-01T18:15:00.000Z", "2026-03-02T00:00:00.000+05:45"],
    ["America/New_York", "2026-03-08T06:59:59.999Z", "2026-03-08T01:59:59.999-05:00"],
    ["America/New_York", "2026-03-08T07:00:00.000Z", "2026-03-08T03:00:00.000-04:00"],
    ["America/New_York", "2026-11-01T05:30:00.000Z", "2026-11-01T01:30:00.000-04:00"],
    ["America/New_York", "2026-11-01T06:30:00.000Z", "2026-11-01T01:30:00.000-05:00"],
    ["Pacific/Kiritimati", "2026-03-01T10:00:00.000Z", "2026-03-02T00:00:00.000+14:00"],
    ["UTC", "2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00.000+00:00"],
  ])("in %s is %s as %s", (zone, instant, shown) => {
    expect(localTime(calendarOf(zone), Date.parse(instant))).toBe(shown);
  });

  it("is the same moment to every reader, in any zone and century", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES, "Europe/Amsterdam"),
        fc.integer({ min: MIN_INSTANT, max: MAX_INSTANT }),
        (zone, instant) => {
          expect(Date.parse(localTime(calendarOf(zone), instant))).toBe(instant);
        },
      ),
    );
  });
});
