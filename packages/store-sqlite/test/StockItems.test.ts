/** Stock items of any part of a ledger, whichever way they are found, are those of the memory store. */
import type { Command } from "@stockbook/core";
import {
  LedgerStore,
  type LedgerStoreService,
  makeMemoryStore,
  Stockbook,
  type StockItemQuery,
  type StockItemRow,
} from "@stockbook/engine";
import { makeSqliteStore } from "@stockbook/store-sqlite";
import { propertyOptions } from "@stockbook/testing";
import { Effect, Layer } from "effect";
import fc from "fast-check";
import { expect, it } from "vitest";
import { withFile } from "./support/Files.js";

const LEDGER = 1;
const FIRST_LOCATION = 7;
const LOCATIONS = 30;
const ITEMS = 12;

/** Something at a place: stock of a lot or none, or a rule that is kept or not. */
const placedArbitrary = fc.record({
  item: fc.nat(ITEMS - 1),
  location: fc.nat(LOCATIONS - 1),
  what: fc.constantFrom("stock", "lot a", "lot b", "low", "enough"),
});
type Placed = typeof placedArbitrary extends fc.Arbitrary<infer A> ? A : never;

const locationNosArbitrary = fc.oneof(
  fc.constant("real" as const),
  // Few of them are asked one by one, many are looked for among all.
  fc.uniqueArray(
    fc.nat(LOCATIONS - 1).map((i) => FIRST_LOCATION + i),
    { minLength: 1, maxLength: LOCATIONS, size: "max" },
  ),
);

const queryArbitrary = fc.record({
  itemNo: fc.option(fc.integer({ min: 1, max: ITEMS }), { freq: 3 }),
  locationNos: locationNosArbitrary,
  depleted: fc.boolean(),
  limit: fc.integer({ min: 1, max: 4 }),
});

function commandOf({ item, location, what }: Placed): Command {
  const place = { item: `item-${item}`, location: `location-${location}` };
  if (what === "low" || what === "enough") {
    return { type: "set-threshold", ...place, minimum: what === "low" ? 9_999 : 0, maximum: 7 };
  }
  const lot = what === "stock" ? {} : { lot: what };
  const lines = [{ item: place.item, quantity: 2, cost: 20, ...lot }];
  return { type: "receive", location: place.location, lines };
}

const FOUNDING: readonly Command[] = [
  ...Array.from({ length: LOCATIONS }, (_, i): Command => {
    return { type: "put-location", id: `location-${i}` };
  }),
  ...Array.from({ length: ITEMS }, (_, i): Command => ({ type: "put-item", sku: `item-${i}` })),
];

function fill(store: LedgerStoreService, placed: readonly Placed[]) {
  return Effect.gen(function* () {
    const ledger = yield* Effect.flatMap(Stockbook, (book) => book.ledger());
    yield* ledger.submitEach([...FOUNDING, ...placed.map(commandOf)]);
  }).pipe(Effect.provide(Layer.provide(Stockbook.layer(), Layer.succeed(LedgerStore, store))));
}

/** The pages of a query, one after another. */
function pagesOf(store: LedgerStoreService, query: Omit<StockItemQuery, "after">) {
  return Effect.gen(function* () {
    const pages: (readonly StockItemRow[])[] = [];
    let after: StockItemQuery["after"] = null;
    for (;;) {
      const page: readonly StockItemRow[] = yield* store.stockItems(LEDGER, { ...query, after });
      pages.push(page);
      const last = page.at(-1);
      if (last === undefined) return pages;
      after = [last.itemNo, last.locationNo];
    }
  });
}

it("finds the stock items of any locations, page by page", { timeout: 300_000 }, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(placedArbitrary, { maxLength: 200, size: "max" }),
      fc.array(queryArbitrary, { minLength: 1, maxLength: 10, size: "max" }),
      (placed, queries) =>
        withFile((file) =>
          Effect.runPromise(
            Effect.scoped(
              Effect.gen(function* () {
                const memory = makeMemoryStore();
                const store = yield* makeSqliteStore(file);
                yield* fill(memory, placed);
                yield* fill(store, placed);
                for (const query of queries) {
                  expect(yield* pagesOf(store, query)).toEqual(yield* pagesOf(memory, query));
                }
              }),
            ),
          ),
        ),
    ),
    propertyOptions(0.1),
  ),
);
