import { Stream } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  defineColumns,
  detect,
  type ReadTableOptions,
  readTable,
  writeCsv,
  writeXlsx,
} from "../src/index.js";
import { all, bytesOf, runs, sliced } from "./support/Run.js";
import { readAgain, type Table, table } from "./support/Tables.js";

const valuesOf = async (
  columns: Table["columns"],
  source: Stream.Stream<Uint8Array>,
  options: ReadTableOptions,
) => {
  const rows = await all(readTable(columns, source, options));
  return rows.map(({ values }) => values);
};

describe("a table that is written and read again is the same", () => {
  it("as CSV, whatever the delimiter and the mark, in pieces of any size", async () => {
    const delimiter = fc.constantFrom(",", ";", "\t", "|");
    const byteOrderMark = fc.constantFrom("none", "utf-8");
    const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(100_000));
    const property = fc.asyncProperty(table, delimiter, byteOrderMark, size, async (...given) => {
      const [written, delimiter, byteOrderMark, size] = given;
      const rows = Stream.fromIterable(written.rows);
      const bytes = await bytesOf(writeCsv(written.columns, rows, { delimiter, byteOrderMark }));
      const source = sliced(bytes, bytes.length > 10_000 ? 1_000 : size);
      // Nothing says what the delimiter is: it is found again. NUL is in no real CSV.
      const options = { guards: "remove", format: "csv" } as const;
      expect(await valuesOf(written.columns, source, options)).toEqual(readAgain(written));
    });
    await fc.assert(property, runs);
  });

  it("as a workbook, over any number of sheets", async () => {
    const property = fc.asyncProperty(
      table,
      fc.integer({ min: 2, max: 6 }),
      async (written, max) => {
        const rows = Stream.fromIterable(written.rows);
        const bytes = await bytesOf(writeXlsx(written.columns, rows, { rowsPerSheet: max }));
        expect(detect(bytes)).toBe("xlsx");
        const source = sliced(bytes, 1_000);
        expect(await valuesOf(written.columns, source, { sheet: "every" })).toEqual(
          readAgain(written),
        );
      },
    );
    await fc.assert(property, runs);
  });
});

const columns = defineColumns([
  { name: "sku", type: "text", heading: "SKU" },
  { name: "onHand", type: "number", heading: "On hand" },
]);

const lines = (count: number) =>
  Stream.range(1, count).pipe(Stream.map((onHand) => ({ sku: `S${onHand}`, onHand })));

describe("CSV", () => {
  it.each([
    ["a plain table", "none", "x", "a", "x\r\na\r\n"],
    ["a mark", "utf-8", "x", "a", "\ufeffx\r\na\r\n"],
    ["a row that is not an empty line", "none", "x", null, 'x\r\n""\r\n'],
    ["a heading that is not taken for a mark", "none", "\ufeffx", "a", '"\ufeffx"\r\na\r\n'],
    ["a quote", "none", "x", 'a"b', 'x\r\n"a""b"\r\n'],
  ] as const)("has %s", async (_, byteOrderMark, heading, x, text) => {
    const columns = defineColumns([{ name: "x", type: "text", heading }]);
    const bytes = await bytesOf(writeCsv(columns, Stream.make({ x }), { byteOrderMark }));
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe(text);
  });
});

describe("a workbook", () => {
  it("goes on in further sheets with the same headings, and numbers their rows from 1", async () => {
    const bytes = await bytesOf(writeXlsx(columns, lines(5), { sheet: "Stock", rowsPerSheet: 3 }));
    const read = await all(readTable(columns, bytes, { sheet: "every" }));
    expect(read.map(({ sheet, row, values }) => [sheet, row, values.onHand])).toEqual([
      ["Stock", 2, 1],
      ["Stock", 3, 2],
      ["Stock (2)", 2, 3],
      ["Stock (2)", 3, 4],
      ["Stock (3)", 2, 5],
    ]);
  });

  it("has no further sheet where the rows just fit", async () => {
    const bytes = await bytesOf(writeXlsx(columns, lines(2), { rowsPerSheet: 3 }));
    const read = all(readTable(columns, bytes, { sheet: { name: "Sheet1 (2)" } }));
    await expect(read).rejects.toThrow('no sheet "Sheet1 (2)"');
  });

  it("is the same, byte for byte, for the same table", async () => {
    expect(await bytesOf(writeXlsx(columns, lines(9)))).toEqual(
      await bytesOf(writeXlsx(columns, lines(9).pipe(Stream.rechunk(1)))),
    );
  });

  it("comes in pieces, long before the last row is asked for", async () => {
    let asked = 0;
    const counted = lines(200_000).pipe(
      Stream.map((line) => {
        asked++;
        return line;
      }),
    );
    await all(writeXlsx(columns, counted).pipe(Stream.drop(20), Stream.take(1)));
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(50_000);
  });

  it.each([
    ["", 'no name for a sheet: ""'],
    ["a/b", 'no name for a sheet: "a/b"'],
    ["x".repeat(32), "no name for a sheet"],
  ])("is not written with a sheet named %j", async (sheet, message) => {
    await expect(bytesOf(writeXlsx(columns, lines(1), { sheet }))).rejects.toThrow(message);
  });
});

describe.each([
  ["CSV", writeCsv],
  ["a workbook", writeXlsx],
])("%s is not written with", (_, write) => {
  it.each([
    ["number", Number.NaN, "row 2, column X: not a finite number"],
    ["number", Number.POSITIVE_INFINITY, "row 2, column X: not a finite number"],
    ["decimal", "=1", 'row 2, column X: not a decimal such as "-12.50"'],
    ["decimal", "1\n", "not a decimal"],
    ["date", "2026-02-29", "row 2, column X: not a day as YYYY-MM-DD"],
    ["instant", 0.5, "row 2, column X: not whole milliseconds since 1970"],
    ["boolean", "=TRUE", "row 2, column X: neither true nor false"],
    ["text", 1, "row 2, column X: not a text"],
  ] as const)("a %s that is %j", async (type, value, message) => {
    const columns = [{ name: "x", heading: "X", type }];
    const rows = Stream.make({ x: value } as never);
    await expect(bytesOf(write(columns, rows))).rejects.toThrow(message);
  });
});

it.each([
  ["CSV", writeCsv],
  ["a workbook", writeXlsx],
])("%s that is written fails as its rows do, after what was there before", async (_, write) => {
  const rows = Stream.concat(lines(2_000), Stream.fail("the database is gone"));
  const got: number[] = [];
  const watched = write(columns, rows).pipe(
    Stream.map((bytes) => {
      got.push(bytes.length);
      return bytes;
    }),
  );
  await expect(all(watched)).rejects.toBe("the database is gone");
  expect(got.length).toBeGreaterThan(1);
});

it("a text longer than a cell of a workbook is not written", async () => {
  const rows = Stream.make({ sku: "x".repeat(32_768), onHand: 1 });
  await expect(bytesOf(writeXlsx(columns, rows))).rejects.toThrow(
    "row 2, column SKU: more than 32767 characters",
  );
});
