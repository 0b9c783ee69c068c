/** CSV: from text to records that know the physical lines they stand on. */
import { CsvError, parse } from "csv-parse/sync";

export interface CsvRecord {
  /** The physical line it begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export interface Csv {
  readonly header: CsvRecord;
  readonly records: readonly CsvRecord[];
  /** The line a file breaks off on, with fewer columns than the header or an open quote. */
  readonly cutOff: number | null;
}

export interface CsvFault {
  readonly line: number | null;
  readonly fault: string;
}

/**
 * Reads a whole file. Empty lines are passed over. A last line with too few columns or an
 * open quote is taken for cut off; whether the others fit the header is not judged here.
 */
export function readCsv(text: string, delimiter: string): Csv | CsvFault {
  // One kind of newline, so that each counts as one line, inside quotes too.
  const unified = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const records: CsvRecord[] = [];
  let lastLine = 0;
  let emptyLines = 0;
  let openQuote: CsvRecord | undefined;
  try {
    parse(unified, {
      delimiter,
      record_delimiter: "\n",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (fields: string[], info) => {
        records.push({ line: lastLine + info.empty_lines - emptyLines + 1, fields });
        lastLine = info.lines;
        emptyLines = info.empty_lines;
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== "CSV_QUOTE_NOT_CLOSED") throw error;
    openQuote = { line: lastLine + Number(error.empty_lines) - emptyLines + 1, fields: [] };
  }
  return assembled(records, openQuote, countLines(unified));
}

function assembled(
  records: CsvRecord[],
  openQuote: CsvRecord | undefined,
  lines: number,
): Csv | CsvFault {
  if (openQuote !== undefined && (openQuote.line < lines || records.length === 0)) {
    return { line: openQuote.line, fault: "a quoted text begins here and never ends" };
  }
  const header = records.shift();
  if (header === undefined) return { line: null, fault: "the file is empty" };
  const width = header.fields.length;
  const last = records.at(-1);
  const short = openQuote === undefined && last !== undefined && last.fields.length < width;
  if (short) records.pop();
  const cutOff = openQuote ?? (short ? last : undefined);
  return { header, records, cutOff: cutOff?.line ?? null };
}

function countLines(text: string): number {
  let lines = text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
