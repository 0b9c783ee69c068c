import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calendarOf,
  DAY_MS,
  firstDayOfMonth,
  formatDay,
  HOUR_MS,
  isTimeZone,
  monthOfDay,
} from "../src/Calendar.js";

const utc = (...parts: [number, number, number, number?, number?, number?]) =>
  Date.UTC(parts[0], parts[1] - 1, ...(parts.slice(2) as [number]));

/** The length of the local day that an instant is in, in hours. */
function hoursOfDay(timeZone: string, instant: number): number {
  const calendar = calendarOf(timeZone);
  const { day } = calendar.positionOf(instant);
  return (calendar.startOfDay(day + 1) - calendar.startOfDay(day)) / HOUR_MS;
}

describe("a local day", () => {
  it.each([
    ["UTC", utc(2024, 3, 31, 12), 24],
    ["America/New_York", utc(2024, 3, 10, 12), 23],
    ["America/New_York", utc(2024, 11, 3, 12), 25],
    ["America/New_York", utc(2024, 11, 4, 12), 24],
    ["Europe/London", utc(2024, 3, 31, 12), 23],
    ["Asia/Kathmandu", utc(2024, 3, 31, 12), 24],
    ["Asia/Kathmandu", utc(1986, 1, 1, 12) - DAY_MS / 2, 23.75],
    ["Australia/Lord_Howe", utc(2024, 4, 6, 20), 24.5],
    ["America/Havana", utc(2024, 11, 3, 12), 25],
    ["America/St_Johns", utc(2010, 11, 6, 12), 25],
    ["Pacific/Kiritimati", utc(1994, 12, 30, 12), 24],
  ])("in %s at %i has %d hours", (timeZone, instant, hours) => {
    expect(hoursOfDay(timeZone, instant)).toBe(hours);
  });

  it.each([
    ["Asia/Kathmandu", utc(2024, 1, 1, 18, 14, 59), "2024-01-01"],
    ["Asia/Kathmandu", utc(2024, 1, 1, 18, 15), "2024-01-02"],
    ["Pacific/Kiritimati", utc(2024, 1, 1, 10), "2024-01-02"],
    ["Pacific/Kiritimati", utc(2024, 1, 1, 9, 59, 59), "2024-01-01"],
    ["Pacific/Pago_Pago", utc(2024, 1, 1, 10, 59, 59), "2023-12-31"],
    ["America/New_York", utc(2024, 3, 10, 4, 59, 59), "2024-03-09"],
    ["America/New_York", utc(2024, 3, 11, 3, 59, 59), "2024-03-10"],
    ["America/New_York", utc(2024, 3, 11, 4), "2024-03-11"],
    ["America/New_York", utc(2024, 11, 4, 4, 59, 59), "2024-11-03"],
    ["America/New_York", utc(2024, 11, 4, 5), "2024-11-04"],
    ["Europe/London", utc(2024, 6, 30, 23), "2024-07-01"],
    ["UTC", utc(1969, 12, 31, 23, 59, 59), "1969-12-31"],
    ["UTC", utc(1900, 1, 1), "1900-01-01"],
  ])("in %s at %i is %s", (timeZone, instant, date) => {
    expect(formatDay(calendarOf(timeZone).positionOf(instant).day)).toBe(date);
  });

  it("that is skipped is empty: it begins where the next one does", () => {
    const apia = calendarOf("Pacific/Apia");
    const skipped = utc(2011, 12, 30) / DAY_MS;
    expect(apia.startOfDay(skipped)).toBe(apia.startOfDay(skipped + 1));
    expect(apia.positionOf(apia.startOfDay(skipped)).day).toBe(skipped + 1);
    expect(apia.positionOf(apia.startOfDay(skipped) - 1).day).toBe(skipped - 1);
  });

  it("regression: does not begin twice where clocks went back a minute past midnight", () => {
    const { positionOf, startOfDay } = calendarOf("America/St_Johns");
    const day = utc(2010, 11, 7) / DAY_MS;
    const turn = utc(2010, 11, 7, 2, 31);
    for (const off of [-2, -1, 0, 1, 59, 61, 120]) {
      const instant = turn + off * 60_000;
      expect(positionOf(instant).day, `${off} minutes`).toBe(
        instant < startOfDay(day) ? day - 1 : day,
      );
    }
  });
});

describe("local time", () => {
  it.each([
    ["Asia/Kathmandu", utc(2024, 7, 1), 5.75],
    ["America/New_York", utc(2024, 7, 1), -4],
    ["America/New_York", utc(2024, 12, 1), -5],
    ["Pacific/Kiritimati", utc(2024, 7, 1), 14],
    ["UTC", utc(2024, 7, 1), 0],
  ])("of %s at %i is %d hours from UTC", (zone, instant, hours) => {
    expect(calendarOf(zone).offsetOf(instant)).toBe(hours * HOUR_MS);
  });
});

describe("hours and months", () => {
  it("an hour is counted in absolute time, so that it never repeats", () => {
    const { positionOf } = calendarOf("America/New_York");
    const turn = utc(2024, 11, 3, 6);
    expect(positionOf(turn).hour - positionOf(turn - HOUR_MS).hour).toBe(1);
  });

  it("a month holds its days, from its first one on", () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_567, max: 376_000 }), (day) => {
        const month = monthOfDay(day);
        expect(firstDayOfMonth(month)).toBeLessThanOrEqual(day);
        expect(firstDayOfMonth(month + 1)).toBeGreaterThan(day);
        expect(formatDay(firstDayOfMonth(month))).toMatch(/-01$/);
      }),
    );
  });

  it("a month of a zone is that of its local date", () => {
    const { positionOf } = calendarOf("Pacific/Kiritimati");
    expect(positionOf(utc(2024, 1, 31, 10)).month).toBe(54 * 12 + 1);
    expect(positionOf(utc(2024, 1, 31, 9)).month).toBe(54 * 12);
  });
});

describe("a time zone", () => {
  it("is one the engine knows", () => {
    for (const zone of ["UTC", "Europe/London", "America/Argentina/Buenos_Aires"]) {
      expect(isTimeZone(zone)).toBe(true);
    }
    for (const other of ["", "Mars/Olympus", "Europe", 5, null, undefined]) {
      expect(isTimeZone(other)).toBe(false);
    }
  });
});

describe("the offset of a zone", () => {
  it.each([
    ["UTC", utc(2024, 7, 1), 0],
    ["Europe/Madrid", utc(2026, 3, 29, 0, 59, 59), 1],
    ["Europe/Madrid", utc(2026, 3, 29, 1), 2],
    ["Asia/Kathmandu", utc(2024, 1, 1), 5.75],
    ["America/New_York", utc(2024, 1, 1), -5],
  ])("in %s at %i is %d hours", (timeZone, instant, hours) => {
    expect(calendarOf(timeZone).offsetOf(instant)).toBe(hours * HOUR_MS);
  });
});
