/** Reading CSV, one row after the other. */
import { CsvError, parse } from "csv-parse";
import { Effect, Stream } from "effect";
import { asReadError } from "../Attempt.js";
import { readError, type TableReadError } from "../Errors.js";
import { defaultLimits, type Limits } from "../Limits.js";
import { isEmptyRow, type RawRow } from "../RawRow.js";
import { bytesOf, peek, type Source } from "../Source.js";
import { columnLetters } from "../Table.js";
import { type Delimiter, guessDelimiter } from "./Delimiter.js";
import { unguarded } from "./Guard.js";
import { decoded, encodingOf } from "./Text.js";

export interface CsvReadOptions {
  /** Guessed from the first rows, if left out. */
  readonly delimiter?: Delimiter | undefined;
  /**
   * What becomes of an apostrophe before a text that would be run: `remove` it from a file that
   * `writeCsv` has written, and only from such a file. `keep`, if left out.
   */
  readonly guards?: "keep" | "remove" | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Enough to guess a delimiter from. */
const HEAD_BYTES = 65_536;

/** The rows of a CSV file, all cells as texts. Empty rows are counted and passed over. */
export function readCsv<E = never, R = never>(
  source: Source<E, R>,
  options: CsvReadOptions = {},
): Stream.Stream<RawRow, E | TableReadError, R> {
  const limits = { ...defaultLimits, ...options.limits };
  return Stream.unwrapScoped(
    Effect.gen(function* () {
      const { head, all } = yield* peek(bytesOf(source, limits), HEAD_BYTES);
      const encoding = encodingOf(head);
      const delimiter = options.delimiter ?? guessDelimiter(new TextDecoder(encoding).decode(head));
      const keep = options.guards === "remove" ? unguarded : unchanged;
      return rowsOf(decoded(all, encoding), { delimiter, keep, limits });
    }),
  );
}

const unchanged = (text: string): string => text;

interface Reading {
  readonly delimiter: Delimiter;
  readonly keep: (text: string) => string;
  readonly limits: Limits;
}

const rowsOf = <E, R>(
  texts: Stream.Stream<string, E, R>,
  reading: Reading,
): Stream.Stream<RawRow, E | TableReadError, R> =>
  Stream.unwrapScoped(
    Effect.gen(function* () {
      const reader = yield* Effect.acquireRelease(
        Effect.sync(() => makeReader(reading)),
        ({ close }) => Effect.sync(close),
      );
      return texts.pipe(
        Stream.mapEffect(reader.feed),
        Stream.concat(Stream.fromEffect(reader.end)),
        Stream.flattenIterables,
      );
    }),
  );

/** A parser that is fed text and hands out the rows that are complete. */
function makeReader({ delimiter, keep, limits }: Reading) {
  const done: RawRow[] = [];
  let row = 0;
  let filled = 0;
  const parser = parse({
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    max_record_size: Math.min(limits.bytes, limits.columns * limits.cellLength),
    on_record: (fields: readonly string[]) => {
      const read = { row: ++row, cells: fields.map((field) => cellOf(keep(field))) };
      checkSize(fields, row, limits);
      if (isEmptyRow(read)) return null;
      if (++filled > limits.rows) throw readError("too-large", `more than ${limits.rows} rows`);
      done.push(read);
      return null;
    },
  });
  // What goes wrong is told to the callbacks too; without a listener it would end the process.
  parser.on("error", () => {});
  const step = (go: (taken: Taken) => void) => handed(done, go, () => row + 1);
  return {
    feed: (text: string) => step((taken) => parser.write(text, taken)),
    end: step((taken) => {
      // Without a reader a stream does not end.
      parser.resume();
      parser.end(taken);
    }),
    close: () => parser.destroy(),
  };
}

type Taken = (error?: Error | null) => void;

/** Lets the parser work, and takes what it has done. */
function handed(
  done: RawRow[],
  go: (taken: Taken) => void,
  nextRow: () => number,
): Effect.Effect<readonly RawRow[], TableReadError> {
  return Effect.async((resume) => {
    go((error) => {
      const rows = done.splice(0);
      resume(error ? Effect.fail(csvError(error, nextRow())) : Effect.succeed(rows));
    });
  });
}

const cellOf = (text: string): string | null => (text === "" ? null : text);

function checkSize(fields: readonly string[], row: number, limits: Limits): void {
  if (fields.length > limits.columns) {
    throw readError("too-large", `more than ${limits.columns} columns`, { row });
  }
  const long = fields.findIndex(({ length }) => length > limits.cellLength);
  if (long === -1) return;
  const place = { row, column: columnLetters(long) };
  throw readError("too-large", `more than ${limits.cellLength} characters`, place);
}

function csvError(error: unknown, row: number): TableReadError {
  if (!(error instanceof CsvError)) return asReadError(error);
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return readError("too-large", "a row too long", { row });
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return readError("broken", "a quoted text begins here and never ends", { row });
  }
  const column = Number.isInteger(error.column) ? columnLetters(Number(error.column)) : undefined;
  return readError("broken", "a quote where none may stand", { row, column });
}
