/** `stockbook demo`: a sample shop's year through the ledger, and what comes of it. */
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import type { LedgerService } from "@stockbook/engine";
import { Clock, Effect, Option, Stream } from "effect";
import { allRows, openOrMakeBook, told } from "../Book.js";
import { progressOf, silent, telling } from "../output/Progress.js";
import { describe, jsonOption, print, printJson } from "./Shared.js";

const db = Options.text("db").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(
    "The database file to make; demo.db, if left out. An earlier demo is replaced, any other " +
      "file is left alone.",
  ),
  Options.optional,
);

const seed = Options.integer("seed").pipe(
  Options.withPseudoName("number"),
  Options.withDescription("Another seed gives another year; 2025, if left out."),
  Options.withDefault(2025),
);

export const demoCommand = Command.make("demo", { db, seed, json: jsonOption }, (options) =>
  Effect.gen(function* () {
    const [{ freshFile }, { demoJson, demoText }] = yield* Effect.promise(() =>
      Promise.all([import("../demo/DemoFile.js"), import("../demo/Report.js")]),
    );
    const file = yield* freshFile(Option.getOrUndefined(options.db));
    const report = yield* played(file, options.seed, options.json);
    yield* options.json ? printJson(demoJson(report)) : print(demoText(report));
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes a sample shop and runs a year of its sales through the ledger.",
      [
        "Then shows what there is, what fell below its minimum and when, what to order and why, " +
          "whether every balance is the fold of its postings, and how fast it went.",
      ],
      ["stockbook demo", "stockbook demo --db shop-demo.db --seed 7"],
    ),
  ),
);

/** Runs the year into a new file and gathers what came of it. */
const played = (file: string, seed: number, quiet: boolean) =>
  Effect.gen(function* () {
    const [{ yearOf }, { runActs }, { CURRENCY, TIME_ZONE }] = yield* Effect.promise(() =>
      Promise.all([
        import("../demo/Year.js"),
        import("../demo/Runner.js"),
        import("../demo/Shop.js"),
      ]),
    );
    const book = yield* openOrMakeBook(file, {
      timeZone: TIME_ZONE,
      currency: CURRENCY,
      negativePolicy: "deny",
    });
    const acts = yearOf(seed);
    const progress = quiet ? silent : progressOf("Selling", acts.length, "movements");
    const startedAt = yield* Clock.currentTimeMillis;
    const run = yield* told(file, runActs(acts, book.submitEach, telling(progress))).pipe(
      Effect.ensuring(Effect.sync(progress.end)),
    );
    const milliseconds = (yield* Clock.currentTimeMillis) - startedAt;
    return { db: file, run, milliseconds, ...(yield* cameOf(file, book)) };
  });

const cameOf = (file: string, book: LedgerService) =>
  Effect.gen(function* () {
    const { Depletions } = yield* Effect.promise(() => import("../demo/Report.js"));
    const depletions = new Depletions();
    yield* told(
      file,
      Stream.runForEach(book.entries(), (entry) => Effect.sync(() => depletions.take(entry))),
    );
    const low = yield* told(
      file,
      allRows((page) => book.thresholds({ depleted: true, ...page })),
    );
    return {
      stock: yield* told(
        file,
        allRows((page) => book.stock(page)),
      ),
      low: depletions.of(low),
      depletions: depletions.count,
      plan: yield* told(file, book.plan),
      verification: yield* told(file, book.verify()),
    };
  });
