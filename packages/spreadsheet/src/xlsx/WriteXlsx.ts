/** Writing a workbook in a stream. */
import { Chunk, Effect, Stream } from "effect";
import { attemptWrite } from "../Attempt.js";
import { type TableWriteError, writeError } from "../Errors.js";
import type { Columns, RowOf } from "../Table.js";
import { firstParts, lastParts, type Part, sheetEnd, sheetPart } from "./Parts.js";
import { makeRowWriter, type RowWriter } from "./RowXml.js";
import { type ZipStep, zipped } from "./Zip.js";

export interface XlsxWriteOptions {
  /** The name of the sheet, 1 to 31 characters without `[ ] : * ? / \`. `Sheet1`, if left out. */
  readonly sheet?: string | undefined;
  /** Rows of a sheet, the headings included. 1,048,576, the most there may be, if left out. */
  readonly rowsPerSheet?: number | undefined;
}

export const MAX_ROWS_PER_SHEET = 1_048_576;
const MAX_COLUMNS = 16_384;
const MAX_NAME_LENGTH = 31;
/** Well below what an archive holds; the text is counted in UTF-16, of which one may be 3 bytes. */
const MAX_SHEET_LENGTH = 1_400_000_000;
const ROWS_AT_ONCE = 500;

/**
 * A table as a workbook. Memory stays flat: texts stand in their cells, not in a table of shared
 * ones. Rows over the limit of a sheet go on in further ones, `Sheet1 (2)` and so on, with the
 * same headings: when the limit shows, a million of them have long been sent to somebody, who
 * would be left with half a file by an error.
 *
 * The stream fails at the first row with a value that its column does not hold, and where a text
 * has more than the 32,767 characters that a cell may have.
 */
export function writeXlsx<const C extends Columns, E = never, R = never>(
  columns: C,
  rows: Stream.Stream<RowOf<C>, E, R>,
  { sheet = "Sheet1", rowsPerSheet = MAX_ROWS_PER_SHEET }: XlsxWriteOptions = {},
): Stream.Stream<Uint8Array, E | TableWriteError, R> {
  const fault = faultOf(columns, sheet, rowsPerSheet);
  if (fault !== undefined) return Stream.fail(writeError(fault));
  return Stream.suspend(() => {
    const sheets = makeSheets(sheet, makeRowWriter(columns), rowsPerSheet);
    const body = rows.pipe(
      Stream.rechunk(ROWS_AT_ONCE),
      Stream.mapChunksEffect((chunk) => attemptWrite(() => Chunk.fromIterable(sheets.add(chunk)))),
    );
    const steps = Stream.fromIterable(firstParts.flatMap(whole)).pipe(
      Stream.concat(Stream.fromIterableEffect(Effect.sync(sheets.begin))),
      Stream.concat(body),
      Stream.concat(Stream.fromIterableEffect(Effect.sync(sheets.end))),
    );
    return zipped(steps);
  });
}

function faultOf(columns: Columns, sheet: string, rowsPerSheet: number): string | undefined {
  if (columns.length > MAX_COLUMNS) return `more than ${MAX_COLUMNS} columns`;
  if (!isSheetName(sheet)) return `no name for a sheet: ${JSON.stringify(sheet)}`;
  const possible = Number.isInteger(rowsPerSheet) && rowsPerSheet >= 2;
  if (!possible || rowsPerSheet > MAX_ROWS_PER_SHEET) {
    return `rowsPerSheet is not between 2 and ${MAX_ROWS_PER_SHEET}`;
  }
  return undefined;
}

function isSheetName(name: string): boolean {
  const fits = name.trim().length > 0 && name.length <= MAX_NAME_LENGTH;
  return fits && !/[[\]:*?/\\]|^'|'$/.test(name);
}

/** The name of a sheet, shortened where the number of a further one needs its place. */
function numbered(name: string, index: number): string {
  if (index === 0) return name;
  const suffix = ` (${index + 1})`;
  return name.slice(0, MAX_NAME_LENGTH - suffix.length) + suffix;
}

/** The sheets of a workbook, of which the last one is open. */
function makeSheets(name: string, writer: RowWriter, rowsPerSheet: number) {
  const names: string[] = [];
  let row = 0;
  let length = 0;

  const begin = (): readonly ZipStep[] => {
    names.push(numbered(name, names.length));
    row = 1;
    length = 0;
    return [
      { step: "open", name: sheetPart(names.length - 1) },
      { step: "write", text: writer.start },
    ];
  };

  const finish = (): readonly ZipStep[] => [{ step: "write", text: sheetEnd }, { step: "close" }];

  const add = (rows: Iterable<Parameters<RowWriter["row"]>[0]>): readonly ZipStep[] => {
    const steps: ZipStep[] = [];
    let text = "";
    for (const values of rows) {
      if (row === rowsPerSheet || length > MAX_SHEET_LENGTH) {
        steps.push({ step: "write", text }, ...finish(), ...begin());
        text = "";
      }
      const xml = writer.row(values, ++row);
      length += xml.length;
      text += xml;
    }
    steps.push({ step: "write", text });
    return steps;
  };

  const end = () => [...finish(), ...lastParts(names).flatMap(whole)];

  return { begin, add, end };
}

const whole = ({ name, xml }: Part): readonly ZipStep[] => [
  { step: "open", name },
  { step: "write", text: xml },
  { step: "close" },
];
