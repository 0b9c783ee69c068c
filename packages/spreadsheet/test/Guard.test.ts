import { Stream } from "effect";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { type CellType, guarded, unguarded, writeCsv } from "../src/index.js";
import { bytesOf, runs } from "./support/Run.js";
import { table } from "./support/Tables.js";

/** A second reader: what another program takes the file for. */
function papa(bytes: Uint8Array, delimiter: string): readonly string[][] {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: "\r\n" });
  expect(errors).toEqual([]);
  return data.slice(0, -1);
}

const DANGEROUS = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

const written = async (type: CellType, value: unknown) => {
  const columns = [{ name: "x", heading: "X", type }];
  const bytes = await bytesOf(writeCsv(columns, Stream.make({ x: value } as never)));
  return papa(bytes, ",")[1]?.[0];
};

describe("a cell of CSV", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", "'\r=1"],
    ["\n=1", "'\n=1"],
    ["\uff1d1", "'\uff1d1"],
    ["\uff0b1", "'\uff0b1"],
    ["\uff0d1", "'\uff0d1"],
    ["\uff201", "'\uff201"],
    ["'=1", "''=1"],
    ["'", "'"],
    ["'tis", "'tis"],
    ["a=1", "a=1"],
    ["1-2", "1-2"],
    ["007", "007"],
    [" =1", " =1"],
  ])("with the text %j is %j", async (text, cell) => {
    expect(await written("text", text)).toBe(cell);
    expect(unguarded(cell)).toBe(text);
  });

  it.each([
    ["number", -1.5, "-1.5"],
    ["number", 1e21, "1e+21"],
    ["decimal", "-12.50", "-12.50"],
    ["boolean", false, "false"],
    ["date", "2026-11-27", "2026-11-27"],
    ["instant", 0, "1970-01-01T00:00:00.000Z"],
  ] as const)("of type %s with %j is left alone", async (type, value, cell) => {
    expect(await written(type, value)).toBe(cell);
  });

  it("whatever its text, is not run, and gives the text back", () => {
    const start = fc.constantFrom(..."'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20ax ");
    const text = fc
      .tuple(start, start, fc.string({ unit: "binary" }))
      .map((parts) => parts.join(""));
    const property = fc.property(text, (text) => {
      expect(guarded(text)).not.toMatch(DANGEROUS);
      expect(unguarded(guarded(text))).toBe(text);
    });
    fc.assert(property, runs);
  });
});

it("another reader finds the same cells in what is written, and none that is run", async () => {
  const delimiters = fc.constantFrom(",", ";", "\t", "|");
  const property = fc.asyncProperty(table, delimiters, async ({ columns, rows }, delimiter) => {
    const bytes = await bytesOf(writeCsv(columns, Stream.fromIterable(rows), { delimiter }));
    const cells = papa(bytes, delimiter);
    expect(cells[0]).toEqual(columns.map(({ heading = "" }) => guarded(heading)));
    expect(cells.length).toBe(rows.length + 1);
    for (const [at, row] of rows.entries()) {
      expect(cells[at + 1]).toEqual(
        columns.map(({ name, type }) => {
          const value = row[name] ?? null;
          if (value === null) return "";
          if (type === "text") return guarded(String(value));
          return type === "instant" ? new Date(Number(value)).toISOString() : String(value);
        }),
      );
    }
    const texts = columns.flatMap(({ type }, at) => (type === "text" ? [at] : []));
    expect(
      cells
        .flatMap((row) => texts.map((at) => row[at]))
        .filter((cell) => DANGEROUS.test(cell ?? "")),
    ).toEqual([]);
  });
  await fc.assert(property, runs);
});
