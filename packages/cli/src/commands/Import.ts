/** `stockbook import`: a sales file into the book. */
import { readFile } from "node:fs/promises";
import * as Args from "@effect/cli/Args";
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import { Clock, Effect, Option } from "effect";
import { told } from "../Book.js";
import { Failure } from "../Failure.js";
import { stepsOf } from "../import/Commands.js";
import { readSales, type Sales, type SalesFault } from "../import/Documents.js";
import { runSteps } from "../import/Importer.js";
import type { Mapping } from "../import/Mapping.js";
import { type ImportReport, reportJson, reportText } from "../import/Report.js";
import { bookFor, rehearsalOf } from "../import/Target.js";
import { progressOf, silent, telling } from "../output/Progress.js";
import { dbOption, describe, jsonOption, print, printJson } from "./Shared.js";

const file = Args.text({ name: "file" }).pipe(
  Args.withDescription("The sales file: CSV, or CSV packed with gzip."),
);

const mapping = Options.text("mapping").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(
    "JSON that says what the columns mean; docs/import.md explains it. Without one the columns " +
      "are document, sku, quantity and time, and times are ISO 8601.",
  ),
  Options.optional,
);

const strict = Options.boolean("strict").pipe(
  Options.withDescription("Refuse a file whose last line is cut off."),
);

const retryRefused = Options.boolean("retry-refused").pipe(
  Options.withDescription("Try documents again that an earlier import was refused."),
);

const dryRun = Options.boolean("dry-run").pipe(
  Options.withDescription("Tell what would become of the file; write nothing."),
);

export const importCommand = Command.make(
  "import",
  { file, db: dbOption, mapping, strict, retryRefused, dryRun, json: jsonOption },
  (options) =>
    Effect.gen(function* () {
      const startedAt = yield* Clock.currentTimeMillis;
      const mapping = yield* loadMapping(Option.getOrUndefined(options.mapping));
      const sales = yield* loadSales(options.file, mapping, startedAt);
      if (options.strict && sales.cutOff !== null) return yield* cutOffFailure(options.file, sales);
      const made = yield* importSales(sales, mapping, options);
      const milliseconds = (yield* Clock.currentTimeMillis) - startedAt;
      const { file, db, dryRun } = options;
      const report: ImportReport = { file, db, dryRun, sales, ...made, milliseconds };
      yield* options.json ? printJson(reportJson(report)) : print(reportText(report));
    }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Imports a file of sales; each document becomes one movement.",
      [
        "The whole file is read and checked before anything is written. Each document keeps its " +
          "number as its idempotency key: importing again changes nothing, and an import that " +
          "was broken off goes on where it stopped.",
        "A document that would take more than there is, is refused whole and reported; the " +
          "others go in.",
      ],
      [
        "stockbook import sales.csv",
        "stockbook import sales.csv.gz --mapping shop.json --db shop.db",
        "stockbook import sales.csv --dry-run",
      ],
    ),
  ),
);

const loadMapping = (path: string | undefined): Effect.Effect<Mapping, Failure> =>
  Effect.gen(function* () {
    const { defaultMapping, readMapping } = yield* Effect.promise(
      () => import("../import/Mapping.js"),
    );
    if (path === undefined) return defaultMapping();
    const bytes = yield* readBytes(path);
    const read = readMapping(bytes.toString("utf8"));
    if (read.type === "mapping") return read.mapping;
    return yield* new Failure({ message: `${path}: ${read.fault}` });
  });

const loadSales = (path: string, mapping: Mapping, now: number): Effect.Effect<Sales, Failure> =>
  Effect.gen(function* () {
    const bytes = yield* readBytes(path);
    const [{ textOf }, { readCsv }] = yield* Effect.promise(() =>
      Promise.all([import("../import/Source.js"), import("../import/Csv.js")]),
    );
    const source = textOf(path, bytes, mapping.encoding);
    if (source.type === "fault") return yield* fileFailure(path, { line: null, ...source });
    const csv = readCsv(source.text, mapping.delimiter);
    if ("fault" in csv) return yield* fileFailure(path, csv);
    const sales = readSales(csv, mapping, now);
    if ("fault" in sales) return yield* fileFailure(path, sales);
    return sales;
  });

function readBytes(path: string): Effect.Effect<Buffer, Failure> {
  return Effect.tryPromise({
    try: () => readFile(path),
    catch: (error) => new Failure({ message: `${path}: ${reasonOf(error)}` }),
  });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory; name a file",
  EACCES: "it may not be read; check its permissions",
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

function fileFailure(path: string, { line, column, fault }: SalesFault): Failure {
  const at = [path];
  if (line !== null) at.push(`line ${line}`);
  if (column !== undefined) at.push(`column ${column}`);
  return new Failure({ message: `${at.join(", ")}: ${fault}` });
}

function cutOffFailure(path: string, { cutOff }: Sales): Failure {
  const fault = "it is cut off; fetch the file again, or leave out --strict to import the rest";
  return fileFailure(path, { line: cutOff, fault });
}

interface RunOptions {
  readonly db: string;
  readonly dryRun: boolean;
  readonly retryRefused: boolean;
  readonly json: boolean;
}

function sayBrokenOff(): Effect.Effect<void> {
  return Effect.sync(() => {
    const line = "Broken off. What went in stays; the same command goes on from there.";
    process.stderr.write(`${line}\n`);
  });
}

/** Submits everything, and tells whether that made a difference. */
const importSales = (sales: Sales, mapping: Mapping, options: RunOptions) =>
  Effect.gen(function* () {
    const { db, json, retryRefused } = options;
    const target = yield* options.dryRun ? rehearsalOf(db, mapping) : bookFor(db, mapping);
    const before = yield* target.head;
    const steps = stepsOf(sales, mapping, target.known);
    const total = sales.documents.length;
    const progress = json ? silent : progressOf("Importing", total, "documents");
    const outcome = yield* told(
      db,
      runSteps(steps, target, { retryRefused, onProgress: telling(progress) }),
    ).pipe(Effect.ensuring(Effect.sync(progress.end)), Effect.onInterrupt(sayBrokenOff));
    return { outcome, changed: (yield* target.head) !== before };
  });
