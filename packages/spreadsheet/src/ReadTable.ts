/** Reading a file as a table of given columns. */
import { Chunk, Effect, Stream } from "effect";
import { attemptRead } from "./Attempt.js";
import { readCell } from "./CellReading.js";
import { type CsvReadOptions, readCsv } from "./csv/ReadCsv.js";
import { DETECT_BYTES, detect, type TableFormat } from "./Detect.js";
import { readError, type TableReadError } from "./Errors.js";
import { defaultLimits } from "./Limits.js";
import type { RawRow } from "./RawRow.js";
import { bytesOf, peek, type Source } from "./Source.js";
import {
  type Column,
  type Columns,
  columnLetters,
  headingOf,
  type Row,
  type RowOf,
} from "./Table.js";
import { readXlsx, type XlsxReadOptions } from "./xlsx/ReadXlsx.js";

export interface ReadOptions extends CsvReadOptions, XlsxReadOptions {
  /** By the content, if left out. */
  readonly format?: TableFormat | undefined;
}

export interface ReadTableOptions extends ReadOptions {
  /** What becomes of columns that a file does not have: `refuse` it, if left out. */
  readonly missingColumns?: "refuse" | "empty" | undefined;
}

/** A row and where it stands, so that whoever refuses it can say so. */
export interface TableRow<C extends Columns> {
  readonly sheet?: string | undefined;
  readonly row: number;
  readonly values: RowOf<C>;
}

/** The rows of a file, CSV or a workbook, as they stand in it. */
export function readRows<E = never, R = never>(
  source: Source<E, R>,
  options: ReadOptions = {},
): Stream.Stream<RawRow, E | TableReadError, R> {
  const bytes = bytesOf(source, { ...defaultLimits, ...options.limits });
  return Stream.unwrapScoped(
    Effect.gen(function* () {
      const { head, all } = yield* peek(bytes, DETECT_BYTES);
      const format = options.format ?? detect(head);
      if (format === "unknown") {
        return yield* readError("unsupported", "neither CSV nor a workbook as .xlsx");
      }
      return format === "csv" ? readCsv(all, options) : readXlsx(all, options);
    }),
  );
}

/**
 * The rows of a file as those of a table. The first row that is not empty has the headings, in
 * any order; case and spaces around them do not count, and other columns are passed over.
 * The stream fails at the first cell that its column does not hold.
 */
export function readTable<const C extends Columns, E = never, R = never>(
  columns: C,
  source: Source<E, R>,
  options: ReadTableOptions = {},
): Stream.Stream<TableRow<C>, E | TableReadError, R> {
  const { missingColumns = "refuse" } = options;
  return Stream.suspend(() => {
    let layout: Layout | undefined;
    const take = (raw: RawRow): readonly TableRow<C>[] => {
      if (layout !== undefined && layout.sheet === raw.sheet) return [rowOf<C>(layout, raw)];
      layout = layoutOf(columns, raw, missingColumns);
      return [];
    };
    const found = readRows(source, options).pipe(
      Stream.mapChunksEffect((rows) =>
        attemptRead(() => Chunk.fromIterable(Chunk.toReadonlyArray(rows).flatMap(take))),
      ),
    );
    const headed = Effect.suspend(() =>
      layout === undefined && missingColumns === "refuse"
        ? readError("headings", "there are none: the file is empty")
        : Effect.void,
    );
    return found.pipe(Stream.concat(Stream.execute(headed)));
  });
}

const placeOf = ({ sheet, row }: RawRow) => (sheet === undefined ? { row } : { sheet, row });

/** Where the columns of a table stand in a sheet. */
interface Layout {
  readonly sheet: string | undefined;
  readonly places: ReadonlyArray<{ readonly column: Column; readonly index: number }>;
}

/** Finds the columns in a row of headings; throws a `TableReadError`. */
function layoutOf(columns: Columns, raw: RawRow, missing: "refuse" | "empty"): Layout {
  const headings = raw.cells.map((cell) => (typeof cell === "string" ? normal(cell) : undefined));
  const places = columns.map((column) => ({
    column,
    index: headings.indexOf(normal(headingOf(column))),
    last: headings.lastIndexOf(normal(headingOf(column))),
  }));
  const twice = places.find(({ index, last }) => index !== last);
  if (twice !== undefined) {
    const place = { ...placeOf(raw), column: headingOf(twice.column) };
    throw readError("headings", `also in column ${columnLetters(twice.last)}`, place);
  }
  const absent = places.filter(({ index }) => index === -1).map(({ column }) => headingOf(column));
  if (absent.length > 0 && missing === "refuse") {
    throw readError("headings", `missing: ${absent.join(", ")}`, placeOf(raw));
  }
  return { sheet: raw.sheet, places };
}

const normal = (heading: string): string => heading.trim().toLowerCase();

/** Takes the cells for values of their columns; throws a `TableReadError`. */
function rowOf<C extends Columns>({ places }: Layout, raw: RawRow): TableRow<C> {
  const values: Record<string, Row[string]> = {};
  for (const { column, index } of places) {
    const read = readCell(column.type, raw.cells[index] ?? null);
    if (!read.ok) {
      throw readError("cell", read.detail, { ...placeOf(raw), column: headingOf(column) });
    }
    values[column.name] = read.value;
  }
  // Each column has put a value of its type under its name.
  return { ...placeOf(raw), values: values as RowOf<C> };
}
