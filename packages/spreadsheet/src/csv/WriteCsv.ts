/** Writing CSV after RFC 4180. */
import { Chunk, Stream } from "effect";
import { attemptWrite } from "../Attempt.js";
import { type TableWriteError, writeError } from "../Errors.js";
import {
  type CellType,
  type Column,
  type Columns,
  headingOf,
  type Row,
  type RowOf,
} from "../Table.js";
import { letOthersRun } from "../Turns.js";
import { misfit } from "../Values.js";
import type { Delimiter } from "./Delimiter.js";
import { guarded } from "./Guard.js";

export interface CsvWriteOptions {
  /** A comma, if left out. */
  readonly delimiter?: Delimiter | undefined;
  /** `utf-8` for Excel, which else takes the file for one of its locale. `none`, if left out. */
  readonly byteOrderMark?: "none" | "utf-8" | undefined;
}

/** So many rows are written at once: enough to be fast, few enough to be small. */
const ROWS_AT_ONCE = 500;

const BYTE_ORDER_MARK = "\ufeff";

/** Every delimiter that is guessed is quoted, so that the guess is right for what we wrote. */
const NEEDS_QUOTES = /[",;\t|\r\n\ufeff]/;

/**
 * A table as CSV in UTF-8, with a line of headings and CRLF. Texts and headings that a
 * spreadsheet would run are guarded by an apostrophe; numbers are left alone. The stream fails
 * at the first row with a value that its column does not hold.
 */
export function writeCsv<const C extends Columns, E = never, R = never>(
  columns: C,
  rows: Stream.Stream<RowOf<C>, E, R>,
  { delimiter = ",", byteOrderMark = "none" }: CsvWriteOptions = {},
): Stream.Stream<Uint8Array, E | TableWriteError, R> {
  const mark = byteOrderMark === "none" ? "" : BYTE_ORDER_MARK;
  const headings = columns.map((column) => quoted(guarded(headingOf(column))));
  return Stream.suspend(() => {
    // The headings are the first row.
    let row = 1;
    const lines = rows.pipe(
      Stream.rechunk(ROWS_AT_ONCE),
      Stream.mapChunksEffect((chunk) =>
        attemptWrite(() => {
          let text = "";
          for (const values of chunk) text += lineOf(columns, values, delimiter, ++row);
          return Chunk.of(text);
        }),
      ),
      Stream.tap(() => letOthersRun),
    );
    return Stream.make(mark + joinedLine(headings, delimiter)).pipe(
      Stream.concat(lines),
      Stream.map((text) => encoder.encode(text)),
    );
  });
}

const encoder = new TextEncoder();

function lineOf(columns: Columns, values: Row, delimiter: Delimiter, row: number): string {
  return joinedLine(
    columns.map((column) => fieldOf(column, values[column.name] ?? null, row)),
    delimiter,
  );
}

/** An empty line would be no row, so a row of one empty field is quoted. */
function joinedLine(fields: readonly string[], delimiter: Delimiter): string {
  const line = fields.join(delimiter);
  return line === "" ? '""\r\n' : `${line}\r\n`;
}

function fieldOf(column: Column, value: Row[string], row: number): string {
  if (value === null) return "";
  const fault = misfit(column.type, value);
  if (fault !== undefined) throw writeError(fault, { row, column: headingOf(column) });
  return printed(column.type, value);
}

function printed(type: CellType, value: NonNullable<Row[string]>): string {
  if (type === "text") return quoted(guarded(String(value)));
  if (type === "instant") return new Date(Number(value)).toISOString();
  return String(value);
}

const quoted = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
