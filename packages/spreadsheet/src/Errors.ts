/** What goes wrong with tables, and where. */
import { Data } from "effect";

/** Where in a file something is wrong, as far as that is known. */
export interface Place {
  /** The name of the sheet; CSV has none. */
  readonly sheet?: string | undefined;
  /** Counted from 1 as spreadsheets do, the headings included; in CSV records are counted. */
  readonly row?: number | undefined;
  /** The heading of the column, or its letters where it has none. */
  readonly column?: string | undefined;
}

/**
 * - `unsupported`: of a kind that is not read, such as an old or encrypted workbook
 * - `broken`: not what it says it is: cut off, damaged, or wrongly quoted
 * - `unsafe`: with something in it that no honest file has
 * - `too-large`: over one of the limits
 * - `headings`: a column is missing or stands there twice
 * - `cell`: a cell that does not fit the type of its column
 */
export type ReadFault = "unsupported" | "broken" | "unsafe" | "too-large" | "headings" | "cell";

/** A file that cannot be read, or not all of it. */
export class TableReadError extends Data.TaggedError("TableReadError")<{
  readonly fault: ReadFault;
  /** What is wrong, without the place. */
  readonly detail: string;
  readonly place: Place;
}> {
  override get message(): string {
    return described(this.detail, this.place);
  }
}

/** A row that cannot be written: a value that its column or the format does not hold. */
export class TableWriteError extends Data.TaggedError("TableWriteError")<{
  readonly detail: string;
  readonly place: Place;
}> {
  override get message(): string {
    return described(this.detail, this.place);
  }
}

export const readError = (fault: ReadFault, detail: string, place: Place = {}): TableReadError =>
  new TableReadError({ fault, detail, place });

export const writeError = (detail: string, place: Place = {}): TableWriteError =>
  new TableWriteError({ detail, place });

/** The same error, with the parts of the place that it did not know. */
export const placedIn = (error: TableReadError, place: Place): TableReadError =>
  readError(error.fault, error.detail, { ...place, ...error.place });

function described(detail: string, { sheet, row, column }: Place): string {
  const parts = [
    sheet === undefined ? [] : [`sheet "${sheet}"`],
    row === undefined ? [] : [`row ${row}`],
    column === undefined ? [] : [`column ${column}`],
  ].flat();
  return parts.length === 0 ? detail : `${parts.join(", ")}: ${detail}`;
}
