/** The rows of a sheet. */
import { Stream } from "effect";
import { placedIn, readError, TableReadError } from "../Errors.js";
import type { Limits } from "../Limits.js";
import type { RawCell, RawRow } from "../RawRow.js";
import { columnLetters } from "../Table.js";
import { type Attributes, type Listener, parsed } from "./Sax.js";
import { momentOf } from "./Serial.js";
import { ESCAPE_LENGTH, makeTextReader, type Sheet, type Workbook } from "./Workbook.js";
import { unescaped } from "./Xml.js";

/** The rows with something in them, in the order of the file. */
export const sheetRows = (
  bytes: Stream.Stream<Uint8Array, TableReadError>,
  sheet: Sheet,
  workbook: Workbook,
  limits: Limits,
): Stream.Stream<RawRow, TableReadError> =>
  Stream.suspend(() => {
    const done: RawRow[] = [];
    const listener = makeRowListener(sheet.name, workbook, limits, (row) => done.push(row));
    return parsed(bytes, listener, () => done.splice(0)).pipe(
      Stream.mapError((error) => placedIn(error, { sheet: sheet.name })),
      Stream.flattenIterables,
    );
  });

/** A cell that is being read. */
interface OpenCell {
  readonly index: number;
  readonly style: number;
  readonly type: string;
  /** What stands in `v`; nothing, if there is none. */
  value: string | undefined;
  /** What stands in `is`. */
  inline: string | undefined;
  formula: "formula" | "plain";
}

function makeRowListener(
  sheet: string,
  workbook: Workbook,
  limits: Limits,
  done: (row: RawRow) => void,
): Listener {
  let row = 0;
  let filled = 0;
  let cells: RawCell[] = [];
  let last = -1;
  let cell: OpenCell | undefined;
  let inValue = false;
  const inline = makeTextReader("is", limits, (text) => {
    if (cell !== undefined) cell.inline = text;
  });

  const placed = <A>(read: () => A): A => {
    try {
      return read();
    } catch (error) {
      throw cell === undefined ? error : at(error, { row, column: columnLetters(cell.index) });
    }
  };

  const openCell = (attributes: Attributes): OpenCell => {
    const index = attributes.r === undefined ? last + 1 : columnIndex(attributes.r, row);
    if (index >= limits.columns) {
      throw readError("too-large", `more than ${limits.columns} columns`, { row });
    }
    if (index <= last) throw readError("broken", "a cell that stands before its place", { row });
    last = index;
    const { s = "0", t = "n" } = attributes;
    return {
      index,
      style: Number(s),
      type: t,
      value: undefined,
      inline: undefined,
      formula: "plain",
    };
  };

  const closeCell = (open: OpenCell) => {
    const value = contentOf(open, workbook, limits);
    if (value === null) return;
    while (cells.length < open.index) cells.push(null);
    cells.push(value);
  };

  const closeRow = () => {
    if (cells.length === 0) return;
    if (++filled > limits.rows) throw readError("too-large", `more than ${limits.rows} rows`);
    done({ sheet, row, cells });
  };

  return {
    open: (name, attributes) => {
      if (name === "row") {
        row = rowNumber(attributes.r, row);
        cells = [];
        last = -1;
      } else if (name === "c") {
        cell = openCell(attributes);
      } else if (cell !== undefined) {
        if (name === "f") cell.formula = "formula";
        if (name === "v") {
          cell.value = "";
          inValue = true;
        }
        inline.open(name, attributes);
      }
    },
    text: (text) => {
      if (cell === undefined) return;
      const { value } = cell;
      if (inValue) cell.value = placed(() => shortEnough((value ?? "") + text, limits));
      placed(() => inline.text(text));
    },
    close: (name) => {
      if (name === "row") closeRow();
      if (name === "v") inValue = false;
      if (cell === undefined) return;
      const open = cell;
      placed(() => {
        inline.close(name);
        if (name === "c") closeCell(open);
      });
      if (name === "c") cell = undefined;
    },
  };
}

function at(error: unknown, place: { readonly row: number; readonly column: string }): unknown {
  return error instanceof TableReadError ? placedIn(error, place) : error;
}

const MAX_ROW = 1_048_576;

function rowNumber(reference: string | undefined, before: number): number {
  const row = reference === undefined ? before + 1 : Number(reference);
  if (Number.isInteger(row) && row > before && row <= MAX_ROW) return row;
  throw readError("broken", `a row numbered ${reference ?? row} after row ${before}`);
}

/** The column of `AB12`, counted from 0. */
function columnIndex(reference: string, row: number): number {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
  if (letters === undefined || Number(digits) !== row) {
    throw readError("broken", `a cell that says it is ${reference}`, { row });
  }
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/**
 * What a cell holds. Of a formula it is what the program that saved it had computed; nothing is
 * computed here, and a formula without that is refused.
 */
function contentOf(cell: OpenCell, workbook: Workbook, limits: Limits): RawCell {
  if (cell.type === "inlineStr") return cell.inline === "" ? null : (cell.inline ?? null);
  const { value } = cell;
  if (value === undefined || (value === "" && cell.type !== "str")) {
    if (cell.formula === "plain") return null;
    throw readError("cell", "a formula without the value that it had when it was saved");
  }
  switch (cell.type) {
    case "s":
      return sharedText(value, workbook);
    case "str":
      return checkedText(unescaped(value), limits);
    case "b":
      return value === "1" || value === "true";
    case "e":
      return { kind: "error", code: value };
    case "d":
      return isoMoment(value);
    case "n":
      return numberOf(value, cell.style, workbook);
    default:
      throw readError("broken", `a cell of the unknown type ${cell.type}`);
  }
}

function sharedText(index: string, { sharedTexts }: Workbook): string | null {
  const text = /^\d+$/.test(index) ? sharedTexts[Number(index)] : undefined;
  if (text === undefined) throw readError("broken", "a shared text that there is not");
  return text === "" ? null : text;
}

function shortEnough(text: string, { cellLength }: Limits): string {
  if (text.length <= cellLength * ESCAPE_LENGTH) return text;
  throw readError("too-large", `a text of more than ${cellLength} characters`);
}

function checkedText(text: string, { cellLength }: Limits): string | null {
  if (text.length > cellLength) {
    throw readError("too-large", `a text of more than ${cellLength} characters`);
  }
  return text === "" ? null : text;
}

function isoMoment(text: string): RawCell {
  const at = Date.parse(/[zZ]$|[+-]\d\d:\d\d$|^[\d-]*$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at)) throw readError("broken", `no day or time: ${text}`);
  return { kind: "moment", at };
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function numberOf(text: string, style: number, { datedStyles, epoch }: Workbook): RawCell {
  const digits = text.trim();
  if (!NUMBER.test(digits)) throw readError("broken", `no number: ${digits.slice(0, 40)}`);
  const moment = datedStyles[style] === true ? momentOf(Number(digits), epoch) : undefined;
  return moment === undefined ? { kind: "number", digits } : { kind: "moment", at: moment };
}
