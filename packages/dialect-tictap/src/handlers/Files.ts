/** Files: tables as CSV or as workbooks, in a stream. */
import type { FileAnswer, HandlerFailure } from "@stockbook/http/kit";
import { type Columns, type RowOf, writeCsv, writeXlsx } from "@stockbook/spreadsheet";
import { Effect, Option, type Scope, Stream } from "effect";
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

type Bytes = Stream.Stream<Uint8Array, HandlerFailure>;

/** A table as the file that was asked for; as CSV under either name, where that is the setting. */
export function fileOf<const C extends Columns>(parts: FileParts<C>): FileAnswer {
  const { name, format, settings, columns, lines } = parts;
  if (format === "xlsx" && !settings.xlsxAsCsv) {
    const bytes = onceBegun(lines, (all) => soundly(writeXlsx(columns, all, { sheet: name })));
    return { file: { mediaType: XLSX_MEDIA_TYPE, name: `${name}.xlsx`, bytes } };
  }
  const bytes = onceBegun(lines, (all) => soundly(writeCsv(columns, all)));
  return { file: { mediaType: CSV_MEDIA_TYPE, name: `${name}.csv`, bytes } };
}

/** Reads the first lines before the headings are written, so that it can still be refused. */
function onceBegun<A>(
  lines: Stream.Stream<A, HandlerFailure>,
  write: (lines: Stream.Stream<A, HandlerFailure>) => Bytes,
): Bytes {
  return Stream.unwrapScoped(Effect.map(begun(lines), write));
}

function begun<A, E>(
  lines: Stream.Stream<A, E>,
): Effect.Effect<Stream.Stream<A, E>, E, Scope.Scope> {
  return Effect.flatMap(Stream.toPull(lines), (pull) =>
    pull.pipe(
      Effect.map((first) =>
        Stream.concat(Stream.fromChunk(first), Stream.repeatEffectChunkOption(pull)),
      ),
      Effect.catchAll((end) =>
        Option.isNone(end) ? Effect.succeed(Stream.empty) : Effect.fail(end.value),
      ),
    ),
  );
}

/** A value that its column does not hold is a fault of this code. */
function soundly(bytes: ReturnType<typeof writeCsv<Columns, HandlerFailure>>): Bytes {
  return Stream.catchAll(bytes, (error) =>
    error._tag === "TableWriteError" ? Stream.die(error) : Stream.fail(error),
  );
}
