import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DateFormat, dateFormatOf, isoFormat } from "../src/import/DateFormat.js";

const formatOf = (pattern: string): DateFormat => {
  const format = dateFormatOf(pattern);
  if ("fault" in format) throw new Error(format.fault);
  return format;
};

const readLocal = (pattern: string, text: string) => {
  const written = formatOf(pattern).read(text);
  return written === undefined ? undefined : new Date(written.local).toISOString();
};

describe("a date format", () => {
  it.each([
    ["dd/MM/yyyy HH:mm", "01/12/2010 08:26", "2010-12-01T08:26:00.000Z"],
    ["d.M.yyyy H:mm", "1.2.2010 8:26", "2010-02-01T08:26:00.000Z"],
    ["MM-dd-yyyy hh:mm a", "12-01-2010 12:05 AM", "2010-12-01T00:05:00.000Z"],
    ["MM-dd-yyyy h:mma", "12-01-2010 1:05pm", "2010-12-01T13:05:00.000Z"],
    ["yyyyMMdd", "20121231", "2012-12-31T00:00:00.000Z"],
    ["yyyy-MM-dd'T'HH:mm:ss.SSS", "2012-02-29T23:59:59.987", "2012-02-29T23:59:59.987Z"],
    ["'on' dd|MM|yyyy", "on 05|06|2010", "2010-06-05T00:00:00.000Z"],
    ["dd/MM/yyyy", "01/01/0099", "0099-01-01T00:00:00.000Z"],
  ])("%s reads %s", (pattern, text, expected) => {
    expect(readLocal(pattern, text)).toBe(expected);
  });

  it.each([
    ["dd/MM/yyyy HH:mm", "1/12/2010 08:26"],
    ["dd/MM/yyyy HH:mm", "01/12/2010"],
    ["dd/MM/yyyy HH:mm", "01/12/2010 08:26 "],
    ["dd/MM/yyyy HH:mm", "31/02/2010 08:26"],
    ["dd/MM/yyyy HH:mm", "12/31/2010 08:26"],
    ["dd/MM/yyyy HH:mm", "01/12/2010 24:00"],
    ["dd/MM/yyyy HH:mm", "01/12/2010 08:60"],
    ["dd/MM/yyyy hh:mm a", "01/12/2010 13:00 PM"],
    ["dd/MM/yyyy", "29/02/2011"],
    ["dd/MM/yyyy", "00/01/2011"],
    ["yyyy.MM.dd", "2010x12x01"],
    ["dd/MM/yyyy", ""],
  ])("%s does not read %j", (pattern, text) => {
    expect(readLocal(pattern, text)).toBeUndefined();
  });

  it.each([
    ["dd/MM/yy", /yy is no part of a date; there are yyyy, MM/],
    ["DD/MM/yyyy", /DD is no part of a date/],
    ["dd/MM", /the year, yyyy/],
    ["dd/yyyy", /the month/],
    ["MM/yyyy", /the day/],
    ["dd/MM/yyyy hh:mm", /h and a go together/],
    ["dd/MM/yyyy HH:mm a", /h and a go together/],
    ["dd/MM/yyyy HH hh a", /hour twice/],
    ["dd/MM/yyyy d", /the day stands in it twice/],
    ["dd/MM/yyyy 'at HH", /quote in it is not closed/],
  ])("%s is no format", (pattern, fault) => {
    expect(dateFormatOf(pattern)).toEqual({ fault: expect.stringMatching(fault) });
  });

  it("reads back every minute it writes", () => {
    const two = (value: number) => String(value).padStart(2, "0");
    fc.assert(
      fc.property(fc.integer({ min: -36_816_480, max: 541_728_000 }), (minutes) => {
        const date = new Date(minutes * 60_000);
        const day = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}`;
        const year = String(date.getUTCFullYear()).padStart(4, "0");
        const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
        expect(readLocal("dd/MM/yyyy HH:mm", `${day}/${year} ${time}`)).toBe(date.toISOString());
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("ISO 8601", () => {
  it.each([
    ["2010-12-01T08:26:00Z", "2010-12-01T08:26:00.000Z", 0],
    ["2010-12-01 08:26", "2010-12-01T08:26:00.000Z", null],
    ["2010-12-01", "2010-12-01T00:00:00.000Z", null],
    ["2010-12-01T08:26:01.5+05:30", "2010-12-01T08:26:01.500Z", 330],
    ["2010-12-01T08:26-0330", "2010-12-01T08:26:00.000Z", -210],
  ])("reads %s", (text, local, offset) => {
    expect(isoFormat.read(text)).toEqual({ local: Date.parse(local), offset });
  });

  it.each(["2010-12-1", "2010-13-01", "2010-12-01T25:00", "2010-12-01T08:26+99:00", "yesterday"])(
    "does not read %s",
    (text) => {
      expect(isoFormat.read(text)).toBeUndefined();
    },
  );
});
