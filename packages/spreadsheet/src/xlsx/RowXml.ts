/** Rows as the XML of a sheet. */
import { writeError } from "../Errors.js";
import { type Column, type Columns, columnLetters, headingOf, type Row } from "../Table.js";
import { misfit } from "../Values.js";
import { STYLE_OF, sheetStart } from "./Parts.js";
import { serialOf } from "./Serial.js";
import { escaped } from "./Xml.js";

const MAX_TEXT_LENGTH = 32_767;
/** So many digits a double keeps; a decimal of more stands as text. */
const EXACT_DIGITS = 15;

export interface RowWriter {
  /** A sheet up to and with its row of headings. */
  readonly start: string;
  /** A row with its number in the sheet; throws a `TableWriteError`. */
  readonly row: (values: Row, row: number) => string;
}

export function makeRowWriter(columns: Columns): RowWriter {
  const placed = columns.map((column, index) => ({ column, letters: columnLetters(index) }));
  const headings = placed.map(({ column, letters }) =>
    textCell(`${letters}1`, STYLE_OF.heading, headingOf(column)),
  );
  return {
    start: sheetStart(columns) + rowXml(1, headings.join("")),
    row: (values, row) => {
      let cells = "";
      for (const { column, letters } of placed) {
        cells += cellXml(column, values[column.name] ?? null, letters, row);
      }
      return rowXml(row, cells);
    },
  };
}

const rowXml = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`;

function cellXml(column: Column, value: Row[string], letters: string, row: number): string {
  if (value === null) return "";
  const fault = misfit(column.type, value) ?? lengthFault(value);
  if (fault !== undefined) throw writeError(fault, { row, column: headingOf(column) });
  const at = letters + row;
  const style = STYLE_OF[column.type];
  switch (column.type) {
    case "number":
      return numberCell(at, style, String(value));
    case "boolean":
      return `<c r="${at}" t="b"><v>${value === true ? 1 : 0}</v></c>`;
    case "decimal":
      return decimalCell(at, style, String(value));
    case "date":
      return momentCell(at, style, Date.parse(`${value}T00:00:00Z`), String(value));
    case "instant":
      return momentCell(at, style, Number(value), new Date(Number(value)).toISOString());
    case "text":
      return textCell(at, style, String(value));
  }
}

function lengthFault(value: Row[string]): string | undefined {
  if (typeof value !== "string" || value.length <= MAX_TEXT_LENGTH) return undefined;
  return `more than ${MAX_TEXT_LENGTH} characters, which no cell of a workbook holds`;
}

const numberCell = (at: string, style: number, digits: string): string =>
  `<c r="${at}" s="${style}"><v>${digits}</v></c>`;

/** Text in the cell itself is never run, whatever it begins with. */
const textCell = (at: string, style: number, text: string): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

function decimalCell(at: string, style: number, decimal: string): string {
  const digits = decimal.replace(/[-.]/g, "").length;
  return digits <= EXACT_DIGITS
    ? numberCell(at, style, decimal)
    : textCell(at, STYLE_OF.text, decimal);
}

function momentCell(at: string, style: number, moment: number, text: string): string {
  const serial = serialOf(moment);
  return serial === undefined
    ? textCell(at, STYLE_OF.text, text)
    : numberCell(at, style, String(serial));
}
