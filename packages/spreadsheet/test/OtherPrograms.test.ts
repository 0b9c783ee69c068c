import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stream } from "effect";
import fc from "fast-check";
import { readXlsx as hucreRead, writeXlsx as hucreWrite } from "hucre";
import Papa from "papaparse";
import readExcelFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { type Column, defineColumns, type Row, readTable, writeXlsx } from "../src/index.js";
import { all, bytesOf, runs } from "./support/Run.js";
import { NASTY, type Table, table } from "./support/Tables.js";

const FIRST_DAY = Date.parse("1900-03-01");
const LAST_DAY = Date.parse("9999-12-31T23:59:59.999Z");

/** What another program finds in a cell. */
function shown({ type }: Column, value: Row[string]): unknown {
  if (value === null || value === "") return null;
  if (type === "decimal") {
    return String(value).replace(/\D/g, "").length <= 15 ? Number(value) : value;
  }
  if (type !== "date" && type !== "instant") return value;
  const at = new Date(value as string | number);
  if (at.getTime() >= FIRST_DAY && at.getTime() <= LAST_DAY) return at;
  return type === "date" ? value : at.toISOString();
}

const expected = ({ columns, rows }: Table) => [
  columns.map(({ heading }) => heading),
  ...rows.map((row) => columns.map((column) => shown(column, row[column.name] ?? null))),
];

/** Rows of nothing at the end, and cells of nothing at the end of rows, are nobody's concern. */
function trimmed(rows: ReadonlyArray<readonly unknown[]>): ReadonlyArray<readonly unknown[]> {
  const bare = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1));
  return bare.slice(0, bare.findLastIndex((row) => row.length > 0) + 1);
}

const nullish = (rows: ReadonlyArray<readonly unknown[]>) =>
  trimmed(rows.map((row) => row.map((cell) => (cell === "" ? null : (cell ?? null)))));

/** It cuts off what is less than a millisecond where others round, so moments are set right. */
function nearly(
  found: ReadonlyArray<readonly unknown[]>,
  right: ReadonlyArray<readonly unknown[]>,
) {
  return found.map((row, at) =>
    row.map((cell, index) => {
      const other = right[at]?.[index];
      if (!(cell instanceof Date && other instanceof Date)) return cell;
      return Math.abs(cell.getTime() - other.getTime()) <= 1 ? other : cell;
    }),
  );
}

const written = ({ columns, rows }: Table) =>
  bytesOf(writeXlsx(columns, Stream.fromIterable(rows)));

describe("a workbook of ours", () => {
  it("is the same table to hucre", async () => {
    const property = fc.asyncProperty(table, async (given) => {
      const { sheets } = await hucreRead(await written(given));
      expect(nullish(sheets[0]?.rows ?? [])).toEqual(trimmed(expected(given)));
    });
    await fc.assert(property, runs);
  });

  it("is the same table to read-excel-file", async () => {
    const property = fc.asyncProperty(table, async (given) => {
      const [sheet] = await readExcelFile(Buffer.from(await written(given)), { trim: false });
      const right = trimmed(expected(given));
      expect(nearly(nullish(sheet?.data ?? []), right)).toEqual(right);
    });
    await fc.assert(property, runs);
  });

  const sample: Table = {
    columns: [
      { name: "sku", type: "text", heading: "SKU" },
      { name: "price", type: "decimal", heading: "Price" },
      { name: "day", type: "date", heading: "Day" },
    ],
    rows: NASTY.filter((text) => !/_x|\p{Cc}|\ufffe/u.test(text)).map((sku) => ({
      sku,
      price: "-12.50",
      day: "2026-11-27",
    })),
  };

  const inFile = async <A>(use: (path: string, folder: string) => A): Promise<A> => {
    const folder = mkdtempSync(join(tmpdir(), "stockbook-sheet-"));
    try {
      const path = join(folder, "table.xlsx");
      writeFileSync(path, await written(sample));
      return use(path, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  const OPENPYXL = `import json, sys, openpyxl
rows = openpyxl.load_workbook(sys.argv[1], data_only=True).active.iter_rows(values_only=True)
print(json.dumps([[str(c)[:10] if hasattr(c, "year") else c for c in row] for row in rows]))`;
  const openpyxl = spawnSync("python3", ["-c", "import openpyxl"]).status === 0;

  it.skipIf(!openpyxl)(
    "is the same table to openpyxl (skipped where Python has none)",
    async () => {
      const printed = await inFile((path) => execFileSync("python3", ["-c", OPENPYXL, path]));
      expect(JSON.parse(printed.toString())).toEqual([
        ["SKU", "Price", "Day"],
        ...sample.rows.map(({ sku }) => [sku, -12.5, "2026-11-27"]),
      ]);
    },
  );

  const OFFICE = "soffice";
  const office = spawnSync(OFFICE, ["--version"]).status === 0;

  it.skipIf(!office)("is the same table to LibreOffice (skipped where there is none)", async () => {
    const csv = await inFile((path, folder) => {
      const args = ["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76"];
      execFileSync(OFFICE, [...args, "--outdir", folder, path]);
      return readFileSync(join(folder, "table.csv"), "utf8");
    });
    const rows = Papa.parse<string[]>(csv.replace("\ufeff", ""), { skipEmptyLines: true }).data;
    expect(rows.slice(1).map(([sku, , day]) => [sku, day])).toEqual(
      sample.rows.map(({ sku }) => [sku, "2026-11-27"]),
    );
  });
});

describe("a workbook of hucre", () => {
  const columns = defineColumns([
    { name: "text", type: "text" },
    { name: "number", type: "number" },
    { name: "boolean", type: "boolean" },
    { name: "instant", type: "instant" },
  ]);
  const row = fc.record({
    text: fc.option(fc.stringMatching(/^[\x20-\x7e\n\u00e0-\u00ff]{1,20}$/)),
    // hucre writes fifteen digits.
    number: fc.integer({ min: -1e14, max: 1e14 }).map((cents) => cents / 100),
    boolean: fc.boolean(),
    instant: fc.integer({ min: Date.parse("1950-01-01"), max: Date.parse("2100-01-01") }),
  });

  it("with shared texts is read as the table that it is", async () => {
    const property = fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const cells = rows.map(({ text, number, boolean, instant }) => [
        text,
        number,
        boolean,
        new Date(instant),
      ]);
      const bytes = await hucreWrite({
        sheets: [{ name: "A", rows: [columns.map(({ name }) => name), ...cells] }],
      });
      const read = await all(readTable(columns, bytes));
      expect(read.map(({ values }) => values)).toEqual(rows);
    });
    await fc.assert(property, runs);
  });
});
