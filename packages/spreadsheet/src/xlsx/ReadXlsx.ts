/** Reading a workbook: all of its archive in memory, its rows one after the other. */
import { Effect, Stream } from "effect";
import { readError, type TableReadError } from "../Errors.js";
import { defaultLimits, type Limits } from "../Limits.js";
import type { RawRow } from "../RawRow.js";
import { bytesOf, collect, type Source } from "../Source.js";
import { sheetRows } from "./SheetRows.js";
import { openArchive } from "./Unzip.js";
import { readWorkbook, type Sheet } from "./Workbook.js";

/** Which sheets are read: the first that is not hidden, all of these, or the one of a name. */
export type SheetChoice = "first" | "every" | { readonly name: string };

export interface XlsxReadOptions {
  /** `first`, if left out. */
  readonly sheet?: SheetChoice | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/**
 * The rows of a workbook. Empty rows are passed over. Macros and links to other files are never
 * followed; of a formula the value is taken that was saved with it.
 */
export function readXlsx<E = never, R = never>(
  source: Source<E, R>,
  { sheet = "first", limits: given }: XlsxReadOptions = {},
): Stream.Stream<RawRow, E | TableReadError, R> {
  const limits = { ...defaultLimits, ...given };
  return Stream.unwrap(
    Effect.gen(function* () {
      const bytes = yield* collect(bytesOf(source, limits));
      const archive = yield* openArchive(bytes, limits);
      const workbook = yield* readWorkbook(archive, limits);
      const sheets = yield* chosen(workbook.sheets, sheet);
      return Stream.fromIterable(sheets).pipe(
        Stream.flatMap((each) => sheetRows(archive.part(each.path), each, workbook, limits)),
      );
    }),
  );
}

function chosen(
  sheets: readonly Sheet[],
  choice: SheetChoice,
): Effect.Effect<readonly Sheet[], TableReadError> {
  const found = sheets.filter((sheet) => isChosen(sheet, choice));
  if (found.length === 0) {
    const detail = typeof choice === "string" ? "no sheet to be seen" : `no sheet "${choice.name}"`;
    return readError("headings", detail);
  }
  return Effect.succeed(choice === "first" ? found.slice(0, 1) : found);
}

function isChosen({ name, visibility }: Sheet, choice: SheetChoice): boolean {
  return typeof choice === "string" ? visibility === "visible" : name === choice.name;
}
