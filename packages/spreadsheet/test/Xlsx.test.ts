import { describe, expect, it } from "vitest";
import { defineColumns, type RawCell, readTable, readXlsx } from "../src/index.js";
import { all } from "./support/Run.js";
import { type WorkbookOptions, workbook } from "./support/Workbooks.js";

const read = async (cells: string, options?: WorkbookOptions): Promise<readonly RawCell[]> => {
  const rows = await all(readXlsx(workbook(`<row r="3">${cells}</row>`, options)));
  return rows.flatMap(({ cells }) => cells);
};

const number = (digits: string) => ({ kind: "number", digits });
const day = (text: string) => ({ kind: "moment", at: Date.parse(text) });

describe("a cell of a workbook", () => {
  it.each([
    ["a shared text", '<c t="s"><v>0</v></c>', "shared"],
    ["a shared text of several runs", '<c t="s"><v>1</v></c>', "rich "],
    [
      "an inline text of several runs",
      '<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
      "ab",
    ],
    ["CDATA", '<c t="inlineStr"><is><t><![CDATA[<&]]></t></is></c>', "<&"],
    [
      "an escaped text",
      '<c t="inlineStr"><is><t>_x000D__x005F_x0041_&#10;</t></is></c>',
      "\r_x0041_\n",
    ],
    ["the text of a formula", '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', "ax"],
    ["the number of a formula", "<c><f>1+1</f><v>2</v></c>", number("2")],
    ["true", '<c t="b"><v>1</v></c>', true],
    ["an error", '<c t="e"><v>#N/A</v></c>', { kind: "error", code: "#N/A" }],
    ["a number as it stands", '<c s="0"><v>1.50</v></c>', number("1.50")],
    ["a number with an exponent", "<c><v>1.5E-7</v></c>", number("1.5E-7")],
    ["a day of a format that all know", '<c s="1"><v>46353</v></c>', day("2026-11-27")],
    ["a day of a format of its own", '<c s="2"><v>46353</v></c>', day("2026-11-27")],
    ["a moment", '<c s="5"><v>46353.395833333336</v></c>', day("2026-11-27T09:30:00Z")],
    ["the day before the day that never was", '<c s="1"><v>59</v></c>', day("1900-02-28")],
    ["the day after it", '<c s="1"><v>61</v></c>', day("1900-03-01")],
    ["elapsed time", '<c s="3"><v>1.5</v></c>', number("1.5")],
    ["a number with letters in its format", '<c s="4"><v>3</v></c>', number("3")],
    ["a day as text", '<c t="d"><v>2026-11-27</v></c>', day("2026-11-27")],
    ["of an unknown style", '<c s="99"><v>3</v></c>', number("3")],
  ])("holds %s", async (_, xml, value) => {
    expect(await read(xml)).toEqual([value]);
  });

  it("is at the place that it says, and else the next one", async () => {
    const cells = '<c r="B3"><v>1</v></c><c><v>2</v></c><c r="E3"><v>3</v></c><c r="F3"/>';
    expect(await read(cells)).toEqual([null, number("1"), number("2"), null, number("3")]);
  });

  it("counts days from 1904 in a workbook of an old Mac", async () => {
    const options = { properties: '<x:workbookPr date1904="1"/>' };
    expect(await read('<c s="1"><v>0</v></c>', options)).toEqual([day("1904-01-01")]);
  });

  it.each([
    ["<c><f>1+1</f></c>", "row 3, column A: a formula without the value that it had"],
    ['<c t="s"><v>9</v></c>', "row 3, column A: a shared text that there is not"],
    ['<c t="s"><v>x</v></c>', "row 3, column A: a shared text that there is not"],
    ["<c><v>abc</v></c>", "row 3, column A: no number: abc"],
    ["<c><v>0x10</v></c>", "row 3, column A: no number: 0x10"],
    ['<c t="z"><v>1</v></c>', "row 3, column A: a cell of the unknown type z"],
    ['<c r="B3"/><c r="A3"/>', "row 3: a cell that stands before its place"],
    ['<c r="B4"/>', "row 3: a cell that says it is B4"],
    ['</row><row r="3">', "a row numbered 3 after row 3"],
    ['</row><row r="1048577">', "a row numbered 1048577 after row 3"],
    ["<c><v>1</v>", "unexpected close tag"],
    ["<c>&nbsp;</c>", "undefined entity"],
  ])("is refused as %j", async (xml, message) => {
    await expect(read(xml)).rejects.toThrow(message);
    await expect(read(xml)).rejects.toThrow('sheet "Stock"');
  });
});

describe("a column", () => {
  const columns = defineColumns([
    { name: "text", type: "text" },
    { name: "number", type: "number" },
    { name: "decimal", type: "decimal" },
    { name: "boolean", type: "boolean" },
    { name: "date", type: "date" },
    { name: "instant", type: "instant" },
  ]);
  const LETTERS = "ABCDEF";

  const inColumn = async (name: string, xml: string) => {
    const headings = columns.map(
      ({ name }) => `<c t="inlineStr"><is><t> ${name.toUpperCase()} </t></is></c>`,
    );
    const index = columns.findIndex((column) => column.name === name);
    const placed = xml.replace("<c", `<c r="${LETTERS[index]}2"`);
    const [row] = await all(
      readTable(columns, workbook(`<row>${headings.join("")}</row><row>${placed}</row>`)),
    );
    return row?.values[name as "text"];
  };

  it.each([
    ["text", "<c><v>1.2E3</v></c>", "1200"],
    ["text", '<c t="b"><v>0</v></c>', "FALSE"],
    ["text", '<c s="1"><v>46353</v></c>', "2026-11-27"],
    ["number", '<c t="inlineStr"><is><t> -1.5 </t></is></c>', -1.5],
    ["decimal", "<c><v>0.30000000000000004</v></c>", "0.3"],
    ["decimal", "<c><v>12.300000000000001</v></c>", "12.3"],
    ["decimal", "<c><v>1.5E-7</v></c>", "0.00000015"],
    ["decimal", '<c t="inlineStr"><is><t>007.50</t></is></c>', "7.50"],
    [
      "decimal",
      '<c t="inlineStr"><is><t>12345678901234567.89</t></is></c>',
      "12345678901234567.89",
    ],
    ["boolean", "<c><v>1</v></c>", true],
    ["date", '<c s="5"><v>46353</v></c>', "2026-11-27"],
    [
      "instant",
      '<c t="inlineStr"><is><t>2026-11-27T10:30+01:00</t></is></c>',
      Date.parse("2026-11-27T09:30Z"),
    ],
  ])("of %s takes %s", async (name, xml, value) => {
    expect(await inColumn(name, xml)).toBe(value);
  });

  it.each([
    ["text", '<c t="e"><v>#REF!</v></c>', "the error #REF!"],
    ["number", '<c t="inlineStr"><is><t>1,5</t></is></c>', 'no number: "1,5"'],
    ["number", "<c><v>1E999</v></c>", "a number too large"],
    ["decimal", '<c t="b"><v>1</v></c>', "no decimal number: true"],
    ["boolean", '<c t="inlineStr"><is><t>yes</t></is></c>', 'no true or false: "yes"'],
    ["date", "<c><v>46353</v></c>", "no day: 46353"],
    ["date", '<c s="5"><v>46353.5</v></c>', "a day with a time"],
    [
      "date",
      '<c t="inlineStr"><is><t>27.11.2026</t></is></c>',
      'no day as YYYY-MM-DD: "27.11.2026"',
    ],
    ["instant", '<c t="inlineStr"><is><t>2026-11-27T09:30</t></is></c>', "no moment such as"],
  ])("of %s refuses %s", async (name, xml, message) => {
    await expect(inColumn(name, xml)).rejects.toThrow(
      `sheet "Stock", row 2, column ${name}: ${message}`,
    );
  });
});
