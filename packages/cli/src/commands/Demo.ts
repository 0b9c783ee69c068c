/** `stockbook demo`: a sample shop's year through the ledger, and what comes of it. */
import * as Command from "@effect/cli/Command";
import * as Options from "@effect/cli/Options";
import type { LedgerMode, LedgerService } from "@stockbook/engine";
import { Clock, Effect, Option, Stream } from "effect";
import { allRows, openAccess, openOrMakeBook, told } from "../Book.js";
import { Failure } from "../Failure.js";
import { readScopes } from "../keys/Reading.js";
import { progressOf, silent, telling } from "../output/Progress.js";
import type { ServeOptions } from "../serve/Settings.js";
import {
  allowLoopbackOption,
  apiOption,
  hostOption,
  logOption,
  portOption,
  webhookKeysFileOption,
} from "./Serve.js";
import { describe, jsonOption, print, printJson } from "./Shared.js";

const db = Options.text("db").pipe(
  Options.withPseudoName("file"),
  Options.withDescription(
    "The database file to make; demo.db, if left out. An earlier demo is replaced, with its test " +
      "ledger and keys; any other file is left alone.",
  ),
  Options.optional,
);

const seed = Options.integer("seed").pipe(
  Options.withPseudoName("number"),
  Options.withDescription("Another seed gives another year; 2025, if left out."),
  Options.withDefault(2025),
);

const serve = Options.boolean("serve").pipe(
  Options.withDescription(
    "Then serve it over HTTP until Ctrl-C, as stockbook serve does, with the same shop in the " +
      "test ledger and a key to it.",
  ),
);

const options = {
  db,
  seed,
  json: jsonOption,
  serve,
  port: portOption,
  host: hostOption,
  log: logOption,
  api: apiOption,
  webhookKeysFile: webhookKeysFileOption,
  allowLoopbackWebhooks: allowLoopbackOption,
};

export const demoCommand = Command.make("demo", options, (options) =>
  Effect.gen(function* () {
    yield* checkTogether(options);
    const { seed, json, serve } = options;
    const { freshFile } = yield* Effect.promise(() => import("../demo/DemoFile.js"));
    if (serve) yield* checkServing(options);
    const file = yield* freshFile(Option.getOrUndefined(options.db));
    yield* shown(file, seed, json);
    if (serve) yield* served(file, seed, options);
  }).pipe(Effect.scoped),
).pipe(
  Command.withDescription(
    describe(
      "Makes a sample shop and runs a year of its sales through the ledger.",
      [
        "Then shows what there is, what fell below its minimum and when, what to order and why, " +
          "whether every balance is the fold of its postings, and how fast it went.",
      ],
      [
        "stockbook demo",
        "stockbook demo --db shop-demo.db --seed 7",
        "stockbook demo --serve --port 8080",
      ],
    ),
  ),
);

type Told = ServeOptions & { readonly json: boolean; readonly serve: boolean };

function checkTogether({ json, serve, ...options }: Told): Effect.Effect<void, Failure> {
  if (json && serve) return new Failure({ message: "--json and --serve do not go together" });
  const given = {
    "--port": Option.isSome(options.port),
    "--host": Option.isSome(options.host),
    "--log": Option.isSome(options.log),
    "--api": options.api.length > 0,
    "--webhook-keys-file": Option.isSome(options.webhookKeysFile),
    "--allow-loopback-webhooks": options.allowLoopbackWebhooks,
  };
  const [name] = Object.entries(given).find(([, isGiven]) => isGiven) ?? [];
  if (serve || name === undefined) return Effect.void;
  return new Failure({ message: `${name} goes with --serve` });
}

/** Whether it can be served at all, before an earlier demo is replaced. */
const checkServing = (options: ServeOptions) =>
  Effect.gen(function* () {
    const { checkPort, settingsOf } = yield* Effect.promise(() => import("../serve/index.js"));
    const settings = yield* settingsOf(options, process.env);
    yield* checkPort(settings);
  });

/** Plays the year into the live ledger and tells what came of it. */
const shown = (file: string, seed: number, json: boolean) =>
  Effect.gen(function* () {
    const { demoJson, demoText } = yield* Effect.promise(() => import("../demo/Report.js"));
    const { book, run, milliseconds } = yield* played(file, seed, "live", json);
    const report = { db: file, run, milliseconds, ...(yield* cameOf(file, book)) };
    yield* json ? printJson(demoJson(report)) : print(demoText(report));
  }).pipe(Effect.scoped);

/** Plays the year into the test ledger too, makes a key to it, and serves the file. */
const served = (file: string, seed: number, options: ServeOptions) =>
  Effect.gen(function* () {
    yield* Effect.scoped(played(file, seed, "test", false));
    const secret = yield* Effect.scoped(testKey(file));
    const { demoWelcomeText, serveFile, settingsOf, untilStopped } = yield* Effect.promise(
      () => import("../serve/index.js"),
    );
    const settings = yield* settingsOf({ ...options, db: Option.some(file) }, process.env);
    const begun = yield* serveFile(settings);
    yield* print(`\n${demoWelcomeText(file, begun, secret)}`);
    yield* untilStopped;
  });

const testKey = (file: string) =>
  Effect.gen(function* () {
    const access = yield* openAccess(file, "must exist");
    const scopes = yield* readScopes(["all"]);
    const key = { organisation: "default", mode: "test", name: "demo", scopes } as const;
    const { secret } = yield* told(file, access.createKey(key));
    return secret ?? (yield* Effect.dieMessage("a new key has a secret"));
  });

/** Runs the year into a ledger of the file. */
const played = (file: string, seed: number, mode: LedgerMode, quiet: boolean) =>
  Effect.gen(function* () {
    const [{ yearOf }, { runActs }, { CURRENCY, TIME_ZONE }] = yield* Effect.promise(() =>
      Promise.all([
        import("../demo/Year.js"),
        import("../demo/Runner.js"),
        import("../demo/Shop.js"),
      ]),
    );
    const settings = { timeZone: TIME_ZONE, currency: CURRENCY, negativePolicy: "deny" } as const;
    const book = yield* openOrMakeBook(file, settings, mode);
    const acts = yearOf(seed);
    const title = mode === "live" ? "Selling" : "Selling in the test ledger";
    const progress = quiet ? silent : progressOf(title, acts.length, "movements");
    const startedAt = yield* Clock.currentTimeMillis;
    const run = yield* told(file, runActs(acts, book.submitEach, telling(progress))).pipe(
      Effect.ensuring(Effect.sync(progress.end)),
    );
    const milliseconds = (yield* Clock.currentTimeMillis) - startedAt;
    return { book, run, milliseconds };
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
