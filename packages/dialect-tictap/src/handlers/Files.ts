/** Files: tables as CSV or as workbooks, in a stream. */
import type { FileAnswer, HandlerFailure } from "@stockbook/http/kit";
import { type Columns, type RowOf, writeCsv, writeXlsx } from "@stockbook/spreadsheet";
import { Stream } from "effect";
import { CSV_MEDIA_TYPE, type FileFormat, XLSX_MEDIA_TYPE } from "../contract/Fields.js";
import type { TictapSettings } from "../mapping/Settings.js";

export interface FileParts<C extends Columns> {
  /** Without a suffix. */
  readonly name: string;
  readonly format: FileFormat;
  readonly settings: TictapSettings;
  readonly columns: C;
  readonly lines: Stream.Stream<RowOf<C>, HandlerFailure>;
}

/** A table as the file that was asked for; as CSV under either name, where that is the setting. */
export function fileOf<const C extends Columns>(parts: FileParts<C>): FileAnswer {
  const { name, format, settings, columns, lines } = parts;
  if (format === "xlsx" && !settings.xlsxAsCsv) {
    const bytes = soundly(writeXlsx(columns, lines, { sheet: name }));
    return { file: { mediaType: XLSX_MEDIA_TYPE, name: `${name}.xlsx`, bytes } };
  }
  const bytes = soundly(writeCsv(columns, lines));
  return { file: { mediaType: CSV_MEDIA_TYPE, name: `${name}.csv`, bytes } };
}

/** A value that its column does not hold is a fault of this code. */
function soundly(
  bytes: ReturnType<typeof writeCsv<Columns, HandlerFailure>>,
): Stream.Stream<Uint8Array, HandlerFailure> {
  return Stream.catchAll(bytes, (error) =>
    error._tag === "TableWriteError" ? Stream.die(error) : Stream.fail(error),
  );
}
