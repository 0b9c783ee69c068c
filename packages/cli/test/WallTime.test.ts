import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetsOf, wallClock } from "../src/import/WallTime.js";

const instant = (timeZone: string, local: string) =>
  new Date(wallClock(timeZone)(Date.parse(`${local}Z`))).toISOString();

describe("a wall clock", () => {
  it.each([
    ["Europe/London", "2010-12-01T08:26", "2010-12-01T08:26:00.000Z"],
    ["Europe/London", "2010-07-01T08:26", "2010-07-01T07:26:00.000Z"],
    ["America/New_York", "2024-01-15T23:30", "2024-01-16T04:30:00.000Z"],
    ["Asia/Kathmandu", "2024-01-15T00:00", "2024-01-14T18:15:00.000Z"],
    ["Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00.000Z"],
    ["UTC", "2024-02-29T12:00", "2024-02-29T12:00:00.000Z"],
  ])("of %s shows %s", (timeZone, local, expected) => {
    expect(instant(timeZone, local)).toBe(expected);
  });

  it("takes a time that comes twice for the first", () => {
    expect(instant("Europe/London", "2010-10-31T01:30")).toBe("2010-10-31T00:30:00.000Z");
    expect(instant("America/New_York", "2024-11-03T01:30")).toBe("2024-11-03T05:30:00.000Z");
    expect(instant("Australia/Lord_Howe", "2024-04-07T01:45")).toBe("2024-04-06T14:45:00.000Z");
  });

  it("moves a time that is skipped past the jump", () => {
    expect(instant("Europe/London", "2010-03-28T01:30")).toBe("2010-03-28T01:30:00.000Z");
    expect(instant("America/New_York", "2024-03-10T02:30")).toBe("2024-03-10T07:30:00.000Z");
    expect(instant("Australia/Lord_Howe", "2024-10-06T02:15")).toBe("2024-10-05T15:45:00.000Z");
    // A whole day was skipped when Samoa crossed the date line.
    expect(instant("Pacific/Apia", "2011-12-30T12:00")).toBe("2011-12-30T22:00:00.000Z");
  });

  it("never reads an instant later than the one whose time is shown", () => {
    const zones = ["Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Tehran"];
    const clocks = zones.map((zone) => ({ at: wallClock(zone), offset: offsetsOf(zone) }));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: zones.length - 1 }),
        fc.integer({ min: 0, max: 30_000_000 }),
        (zone, minutes) => {
          const clock = clocks[zone];
          if (clock === undefined) return;
          const shown = minutes * 60_000;
          const local = shown + clock.offset(shown);
          const read = clock.at(local);
          // The same reading of the clock, and the first time it was shown.
          expect(read + clock.offset(read)).toBe(local);
          expect(read).toBeLessThanOrEqual(shown);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
