/** What an import works on: a book, or the rehearsal of one. */
import { existsSync } from "node:fs";
import type { Item, LedgerSettings, Location } from "@stockbook/core";
import { DEFAULT_SETTINGS, type LedgerService } from "@stockbook/engine";
import { Clock, Effect, type Scope, Stream } from "effect";
import { allRows, openBook, openOrMakeBook, told } from "../Book.js";
import { Failure } from "../Failure.js";
import { type Known, NOTHING_KNOWN } from "./Commands.js";
import { anyFigure } from "./Figures.js";
import type { ImportTarget } from "./Importer.js";
import type { Mapping } from "./Mapping.js";
import { Rehearsal } from "./Rehearsal.js";

interface Target extends ImportTarget {
  readonly known: Known;
  readonly head: Effect.Effect<number, Failure>;
}

type OpenTarget = Effect.Effect<Target, Failure, Scope.Scope>;

/** The book in a file, made when it is not there. */
export const bookFor = (db: string, mapping: Mapping): OpenTarget =>
  Effect.gen(function* () {
    const book = yield* openOrMakeBook(db, settingsFor(mapping));
    const known = yield* knownIn(book, db, mapping);
    return { known, head: told(db, book.head), submitEach: book.submitEach };
  });

/** A copy of the book in memory, or of an empty one where there is none. */
export const rehearsalOf = (db: string, mapping: Mapping): OpenTarget =>
  Effect.gen(function* () {
    const rehearsal = new Rehearsal(yield* Clock.currentTimeMillis);
    const head = Effect.sync(() => rehearsal.head);
    const submitEach: ImportTarget["submitEach"] = (commands) =>
      Effect.sync(() => commands.map((command) => rehearsal.submit(command)));
    if (!existsSync(db)) {
      rehearsal.open(settingsFor(mapping));
      return { known: NOTHING_KNOWN, head, submitEach };
    }
    const book = yield* openBook(db);
    const known = yield* knownIn(book, db, mapping);
    const copying = Stream.runForEach(book.entries(), (entry) =>
      Effect.sync(() => rehearsal.take(entry)),
    );
    yield* told(db, copying);
    return { known, head, submitEach };
  });

/** What a new book is opened with. */
function settingsFor(mapping: Mapping): LedgerSettings {
  return {
    timeZone: mapping.timeZone,
    currency: mapping.currency ?? DEFAULT_SETTINGS.currency,
    // Without an opening stock nothing could be sold under `deny`.
    negativePolicy: mapping.negativePolicy ?? (anyFigure(mapping.openingStock) ? "deny" : "allow"),
  };
}

/** What the book has already; fails where the mapping does not go with it. */
const knownIn = (
  book: LedgerService,
  db: string,
  mapping: Mapping,
): Effect.Effect<Known, Failure> =>
  Effect.gen(function* () {
    const locations = yield* told(db, book.locations);
    const misfit = misfitOf(book.settings, locations, mapping);
    if (misfit !== undefined) return yield* new Failure({ message: `${db}: ${misfit}` });
    const items = yield* told(
      db,
      allRows((page) => book.items(page)),
    );
    return {
      items: idsByCode(items, mapping),
      locations: new Set(locations.map(({ id }) => id)),
    };
  });

function misfitOf(
  settings: LedgerSettings,
  locations: readonly Location[],
  { negativePolicy, location }: Mapping,
): string | undefined {
  if (locations.some(({ id, archived }) => archived && id === location.id)) {
    return `location ${location.id} is archived; name another in the mapping`;
  }
  if (negativePolicy === null || negativePolicy === settings.negativePolicy) return undefined;
  return (
    `the book was opened with the negative policy "${settings.negativePolicy}", not ` +
    `"${negativePolicy}"; change the mapping, or name another file with --db`
  );
}

/** Of two items whose codes come to the same the older one counts. */
function idsByCode(items: readonly Item[], { skuOf }: Mapping): ReadonlyMap<string, string> {
  return new Map([...items].reverse().map(({ id, sku }) => [skuOf(sku), id]));
}
