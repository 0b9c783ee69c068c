import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Csv, readCsv } from "../src/import/Csv.js";
import { readSales, type Sales, type SalesFault } from "../src/import/Documents.js";
import { type Mapping, readMapping } from "../src/import/Mapping.js";

const NOW = Date.UTC(2026, 0, 1);
const HEADER = "document,sku,quantity,time,description";

const mappingOf = (json: unknown): Mapping => {
  const read = readMapping(JSON.stringify(json));
  if (read.type === "fault") throw new Error(read.fault);
  return read.mapping;
};

const csvOf = (rows: readonly string[], header = HEADER): Csv => {
  const csv = readCsv([header, ...rows].join("\n"), ",");
  if ("fault" in csv) throw new Error(csv.fault);
  return csv;
};

const read = (rows: readonly string[], mapping: unknown = {}): Sales | SalesFault =>
  readSales(csvOf(rows), mappingOf(mapping), NOW);

const sales = (rows: readonly string[], mapping: unknown = {}): Sales => {
  const result = read(rows, mapping);
  if ("fault" in result) throw new Error(result.fault);
  return result;
};

describe("documents", () => {
  it("put the lines of a number together, wherever they stand, at their earliest time", () => {
    const { documents } = sales([
      "1,A,2,2025-01-02T10:01,Apple",
      "2,A,1,2025-01-02T09:00,Apple",
      "1,B,3,2025-01-02T10:00,",
      "1,A,4,2025-01-02T10:01,Other name",
    ]);
    expect(documents).toEqual([
      {
        number: "2",
        line: 3,
        occurredAt: Date.UTC(2025, 0, 2, 9),
        kind: "sale",
        lines: [{ line: 3, sku: "A", quantity: 1 }],
      },
      {
        number: "1",
        line: 2,
        occurredAt: Date.UTC(2025, 0, 2, 10),
        kind: "sale",
        lines: [
          { line: 2, sku: "A", quantity: 2 },
          { line: 4, sku: "B", quantity: 3 },
          { line: 5, sku: "A", quantity: 4 },
        ],
      },
    ]);
  });

  it("name an item by the first description it has anywhere", () => {
    const { names } = sales([
      "1,A,2,2025-01-02,  ",
      "2,A,1,2025-01-03, Apple pie ",
      "3,A,1,2025-01-04,Other",
    ]);
    expect([...names]).toEqual([["A", "Apple pie"]]);
  });

  it.each([
    [["C1,A,-2,2025-01-02,", "C1,B,-1,2025-01-02,"], "return", [2, 1]],
    [["C1,A,2,2025-01-02,"], "return", [2]],
    [["1,A,-2,2025-01-02,"], "write-off", [2]],
    [["1,A,2,2025-01-02,"], "sale", [2]],
    [["1,A,5,2025-01-02,", "1,A,-2,2025-01-02,"], "sale", [3]],
    [["1,A,5,2025-01-02,", "1,A,-7,2025-01-02,"], "write-off", [2]],
    [["1,A,5,2025-01-02,", "1,B,1,2025-01-02,", "1,A,-5,2025-01-02,"], "sale", [1]],
  ])("%j are a %s of %j", (rows, kind, quantities) => {
    const { documents } = sales(rows, { returnsPrefix: "C" });
    expect(documents.map((document) => document.kind)).toEqual([kind]);
    expect(documents[0]?.lines.map(({ quantity }) => quantity)).toEqual(quantities);
  });

  it("that sell one item and take back another are left out and named", () => {
    const { documents, exchanges } = sales(["7,A,5,2025-01-02,", "7,B,-1,2025-01-02,"]);
    expect(documents).toEqual([]);
    expect(exchanges).toMatchObject([{ number: "7", line: 2 }]);
  });

  it("without goods are counted, and make nothing", () => {
    const result = sales(
      [
        "1,POST,1,2025-01-02,Postage",
        "2,A,0,2025-01-02,",
        "3,A,5,2025-01-02,",
        "3,A,-5,2025-01-02,",
      ],
      { skip: ["POST"] },
    );
    expect(result).toMatchObject({
      documents: [],
      empty: 3,
      lines: 4,
      skippedLines: 1,
      zeroLines: [3],
    });
    expect(result.names.size).toBe(0);
  });

  it("count decimals exactly", () => {
    const rows = ["1,A,0.1,2025-01-02,", "1,A,0.2,2025-01-02,", "1,A,1.125,2025-01-02,"];
    const { documents } = sales(rows, { precision: 3 });
    expect(documents[0]?.lines.map(({ quantity }) => quantity)).toEqual([100, 200, 1125]);
  });

  it("may have a decimal comma", () => {
    const header = "document;sku;quantity;time";
    const csv = readCsv(`${header}\n1;A;2,5;2025-01-02`, ";");
    if ("fault" in csv) throw new Error(csv.fault);
    const mapping = mappingOf({ decimalSeparator: ",", precision: 1, delimiter: ";" });
    const result = readSales(csv, mapping, NOW);
    expect(result).toMatchObject({ documents: [{ lines: [{ quantity: 25 }] }] });
  });

  it("come out the same however the lines of different documents are mixed", () => {
    const rows = Array.from({ length: 12 }, (_, i) => {
      const document = i % 4;
      return { row: `${document},I${i},${i + 1},2025-01-0${document + 1},Name ${i}`, document };
    });
    const plain = (result: Sales) =>
      result.documents.map(({ number, kind, occurredAt, lines }) => ({
        number,
        kind,
        occurredAt,
        lines: lines.map(({ sku, quantity }) => `${quantity} ${sku}`).sort(),
      }));
    const expected = plain(sales(rows.map(({ row }) => row)));
    const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length });
    fc.assert(
      fc.property(shuffled, (mixed) => {
        expect(plain(sales(mixed.map(({ row }) => row)))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a line", () => {
  it.each([
    ["1,A,two,2025-01-02,", "quantity", /decimal number such as 12 or 2\.5 is needed, not "two"/],
    ["1,A,,2025-01-02,", "quantity", /not ""$/],
    ["1,A,NaN,2025-01-02,", "quantity", /not "NaN"/],
    ["1,A,1e3,2025-01-02,", "quantity", /not "1e3"/],
    ["1,A,1.5,2025-01-02,", "quantity", /no decimal places can be counted; set "precision"/],
    ["1,A,9007199254740992,2025-01-02,", "quantity", /at most 9007199254740991 is possible/],
    ["1,A,1,02/01/2025,", "time", /a date as ISO 8601 such as .* is needed, not "02\/01\/2025"/],
    ["1,A,1,2025-02-30,", "time", /not "2025-02-30"/],
    ["1,A,1,2026-01-02,", "time", /not in the future is needed, not "2026-01-02"/],
    ["1,A,1,1800-01-02,", "time", /a year from 1900 to 2999/],
    [",A,1,2025-01-02,", "document", /document number of 1 to 200/],
    ["@1,A,1,2025-01-02,", "document", /not "@1"/],
    ["1,,1,2025-01-02,", "sku", /item code of 1 to 100/],
    ["1,@A,1,2025-01-02,", "sku", /not "@A"/],
  ])("%s is wrong in its %s", (row, column, fault) => {
    expect(read(["9,A,1,2025-01-01,", row, "8,A,1,2025-01-01,"])).toEqual({
      line: 3,
      column,
      fault: expect.stringMatching(fault),
    });
  });

  it("must have as many columns as the header", () => {
    expect(read(["1,A", "1,A,1,2025-01-02,"])).toEqual({
      line: 2,
      fault: "it has 2 columns where the header has 5",
    });
  });
});

describe("a header", () => {
  it("that lacks a column is told with the columns that are there", () => {
    const csv = csvOf(["1,A,1,2025-01-02"], "No,sku,quantity,time");
    expect(readSales(csv, mappingOf({}), NOW)).toEqual({
      line: 1,
      fault:
        'there is no column "document"; there are "No", "sku", "quantity", "time"; ' +
        "name the columns in a mapping",
    });
  });

  it("must have a description only where the mapping names one", () => {
    const csv = csvOf(["1,A,1,2025-01-02"], "document,sku,quantity,time");
    expect(readSales(csv, mappingOf({}), NOW)).toMatchObject({ empty: 0, names: new Map() });
    expect(readSales(csv, mappingOf({ columns: { description: "Text" } }), NOW)).toMatchObject({
      fault: expect.stringContaining('no column "Text"'),
    });
  });
});
