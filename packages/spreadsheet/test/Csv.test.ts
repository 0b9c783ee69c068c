import { describe, expect, it } from "vitest";
import { defineColumns, detect, readCsv, readRows, readTable } from "../src/index.js";
import { all, sliced, utf8 } from "./support/Run.js";
import { archive, file } from "./support/Workbooks.js";

const cellsOf = async (bytes: Uint8Array, options = {}) => {
  const rows = await all(readCsv(bytes, options));
  return rows.map(({ cells }) => cells);
};

const utf16 = (text: string, order: "le" | "be"): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return new Uint8Array(order === "le" ? bytes : bytes.swap16());
};

describe("CSV", () => {
  it.each([
    ["UTF-8", utf8("a,\u00fc\u{1f600}")],
    ["UTF-8 with a mark", utf8("\ufeffa,\u00fc\u{1f600}")],
    ["UTF-16, little-endian", utf16("a,\u00fc\u{1f600}", "le")],
    ["UTF-16, big-endian", utf16("a,\u00fc\u{1f600}", "be")],
  ])("is read as %s, in pieces of any size", async (_, bytes) => {
    for (const size of [1, 2, 3, 5, 100]) {
      const rows = await all(readRows(sliced(bytes, size)));
      expect(rows).toEqual([{ row: 1, cells: ["a", "\u00fc\u{1f600}"] }]);
    }
  });

  it.each([
    [";", "a;b;c\n1,5;2,5;3\n", ["a", "b", "c"]],
    ["\t", "a\tb\n1,5\t2;5\n", ["a", "b"]],
    ["|", "a|b|c\n1|2|3", ["a", "b", "c"]],
    [",", "a,b\n1,2", ["a", "b"]],
    [",", '"a;b;c;d",e\n"1;2;3;4",5\n', ["a;b;c;d", "e"]],
    [";", '"say ""hi, hi, hi""";b\n1;2', ['say "hi, hi, hi"', "b"]],
    [",", "alone\n1\n2", ["alone"]],
  ])("is found to be parted by %j in %j", async (_, text, first) => {
    expect((await cellsOf(utf8(text)))[0]).toEqual(first);
  });

  it("counts records as rows, with whatever line ends, and passes empty ones over", async () => {
    const rows = await all(readCsv(utf8('a,b\r\n\r\n"1\r\n2",3\r,\n4,5')));
    expect(rows).toEqual([
      { row: 1, cells: ["a", "b"] },
      { row: 3, cells: ["1\r\n2", "3"] },
      { row: 5, cells: ["4", "5"] },
    ]);
  });

  it("keeps an apostrophe unless it is told that it is ours", async () => {
    const text = utf8("x\n'=1\n'tis\n");
    expect(await cellsOf(text)).toEqual([["x"], ["'=1"], ["'tis"]]);
    expect(await cellsOf(text, { guards: "remove" })).toEqual([["x"], ["=1"], ["'tis"]]);
  });

  it.each([
    ['a,b\n1,"2\n3', {}, "broken", "row 2: a quoted text begins here and never ends"],
    ['a,b\n1,"2" x\n', {}, "broken", "row 2, column B: a quote where none may stand"],
    ["a\n1\n2\n3", { rows: 3 }, "too-large", "more than 3 rows"],
    ["a,b\n1,2,3", { columns: 2 }, "too-large", "row 2: more than 2 columns"],
    ["a,b\n1,12345", { cellLength: 4 }, "too-large", "row 2, column B: more than 4 characters"],
    [`a\n"${"x".repeat(99)}`, { columns: 2, cellLength: 9 }, "too-large", "row 2: a row too long"],
    ["a\n123456", { bytes: 7 }, "too-large", "more than 7 bytes"],
  ])("such as %j within %j is refused as %s", async (text, limits, fault, message) => {
    await expect(cellsOf(utf8(text), { limits })).rejects.toMatchObject({
      fault,
      message,
    });
  });

  it("in no known encoding is refused", async () => {
    const latin1 = Uint8Array.from([0x61, 0x0a, 0xfc, 0x0a]);
    await expect(cellsOf(latin1)).rejects.toThrow("the text is not UTF-8");
    await expect(cellsOf(utf8("\u00fc").subarray(0, 1))).rejects.toThrow("the text is not UTF-8");
    await expect(cellsOf(utf16("ab", "le").subarray(0, 5))).rejects.toThrow("not UTF-16LE");
  });
});

describe("a table", () => {
  const columns = defineColumns([
    { name: "sku", type: "text", heading: "SKU" },
    { name: "onHand", type: "number", heading: "On hand" },
  ]);
  const read = (text: string, options = {}) => all(readTable(columns, utf8(text), options));

  it("has its columns in any order and case, beside others", async () => {
    expect(await read("\n ON HAND ,note,sku\n5,x,A\n,,B\n")).toEqual([
      { row: 3, values: { sku: "A", onHand: 5 } },
      { row: 4, values: { sku: "B", onHand: null } },
    ]);
  });

  it("may lack columns, if that is said", async () => {
    const options = { missingColumns: "empty" };
    expect(await read("sku\nA", options)).toEqual([{ row: 2, values: { sku: "A", onHand: null } }]);
    expect(await read("", options)).toEqual([]);
  });

  it.each([
    ["sku\nA", "headings", "row 1: missing: On hand"],
    ["sku,on hand,SKU\nA,1,B", "headings", "row 1, column SKU: also in column C"],
    ["", "headings", "there are none: the file is empty"],
    ["\n\n", "headings", "there are none: the file is empty"],
    ["sku,on hand\nA,1\nB,five", "cell", 'row 3, column On hand: no number: "five"'],
    ['sku,on hand\n"a\nb",1\nB,0x10', "cell", 'row 3, column On hand: no number: "0x10"'],
    ["%PDF-1.7", "unsupported", "neither CSV nor a workbook as .xlsx"],
  ])("of %j is refused as %s", async (text, fault, message) => {
    await expect(read(text)).rejects.toMatchObject({ fault, message });
  });

  it("of an archive that is no workbook is refused", async () => {
    const bytes = archive([file("word/document.xml", "<a/>")]);
    await expect(all(readTable(columns, bytes))).rejects.toMatchObject({ fault: "unsupported" });
  });
});

describe("a file is known by its content", () => {
  it.each([
    ["xlsx", archive([file("a", "")])],
    ["csv", utf8("a,b")],
    ["csv", utf8("PK,name")],
    ["csv", utf8("")],
    ["csv", utf16("a,b", "le")],
    ["csv", utf16("a,b", "be")],
    ["unknown", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1])],
    ["unknown", Uint8Array.from([0x1f, 0x8b, 8])],
    ["unknown", utf8("{\\rtf1")],
    ["unknown", Uint8Array.from([0x61, 0, 0x62])],
  ])("as %s", (format, bytes) => {
    expect(detect(bytes)).toBe(format);
  });
});
