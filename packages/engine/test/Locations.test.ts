/** Readers keep the locations of a ledger, and see at once what has become of them. */
import {
  type LedgerService,
  LedgerStore,
  type LedgerStoreService,
  makeMemoryStore,
  Stockbook,
} from "@stockbook/engine";
import { Effect, Layer, ManagedRuntime } from "effect";
import { describe, expect, it } from "vitest";

type Use = <A, E>(use: (ledger: LedgerService) => Effect.Effect<A, E>) => Promise<A>;

/** An engine of its own on a store, as another process would have it. */
async function withEngine<A>(
  store: LedgerStoreService,
  body: (use: Use) => Promise<A>,
): Promise<A> {
  const layer = Layer.provide(Stockbook.layer(), Layer.succeed(LedgerStore, store));
  const runtime = ManagedRuntime.make(layer);
  const ledger = await runtime.runPromise(Effect.flatMap(Stockbook, (book) => book.ledger()));
  try {
    return await body((use) => runtime.runPromise(use(ledger)));
  } finally {
    await runtime.dispose();
  }
}

/** A shop with a shelf, and five teas on it. */
function opening(ledger: LedgerService) {
  return ledger.submitAll([
    { type: "put-location", id: "shop" },
    { type: "put-location", id: "shelf", parent: "shop" },
    { type: "put-location", id: "yard" },
    { type: "put-item", sku: "tea" },
    { type: "receive", location: "shelf", lines: [{ item: "tea", quantity: 5, cost: 50 }] },
  ]);
}

/** Counts what is loaded of the catalogue. */
function counting(store: LedgerStoreService) {
  const loads = { locations: 0, catalogue: 0 };
  const counted: LedgerStoreService = {
    ...store,
    locations: (ledger) =>
      Effect.suspend(() => {
        loads.locations++;
        return store.locations(ledger);
      }),
    load: (ledger, keys) =>
      Effect.suspend(() => {
        if (keys.catalogue) loads.catalogue++;
        return store.load(ledger, keys);
      }),
  };
  return { counted, loads };
}

const EVERY_READ: readonly ((ledger: LedgerService) => Effect.Effect<unknown, unknown>)[] = [
  (ledger) => ledger.stock(),
  (ledger) => ledger.stock({ item: "tea", location: "shop" }),
  (ledger) => ledger.stockAsOf("tea", "shelf", { at: Date.now() }),
  (ledger) => ledger.stockAt({ at: Date.now(), location: "shop" }),
  (ledger) => ledger.card({ item: "tea", location: "shelf" }),
  (ledger) => ledger.valuation({ location: "shop" }),
  (ledger) => ledger.transactions({ location: "shop" }),
  (ledger) => ledger.statistics({ location: "shop" }),
  (ledger) => ledger.plan,
  (ledger) => ledger.locations,
  (ledger) => ledger.summaries(["shop", "shelf"]),
  (ledger) => ledger.children({ location: "shop" }),
  (ledger) => ledger.stockItems({ location: "shop", belowMinimum: true }),
  (ledger) => ledger.stockItem("tea", "shelf"),
];

function onHand(use: Use, location?: string): Promise<Readonly<Record<string, number>>> {
  return use((ledger) =>
    Effect.map(ledger.stock({ location, nonZero: true }), ({ rows }) =>
      Object.fromEntries(rows.map((row) => [row.location, row.onHand])),
    ),
  );
}

describe("readers", () => {
  it("load the locations once, and again when one has changed", async () => {
    const store = makeMemoryStore();
    await withEngine(store, (use) => use(opening));
    const { counted, loads } = counting(store);
    await withEngine(counted, async (use) => {
      loads.catalogue = 0;
      for (const read of EVERY_READ) await use(read);
      expect(loads).toEqual({ locations: 1, catalogue: 0 });
      await use((ledger) =>
        ledger.submitAll([
          { type: "put-category", id: "drinks" },
          { type: "issue", location: "shelf", lines: [{ item: "tea", quantity: 1 }] },
        ]),
      );
      loads.catalogue = 0;
      for (const read of EVERY_READ) await use(read);
      expect(loads).toEqual({ locations: 1, catalogue: 0 });
      await use((ledger) => ledger.submit({ type: "put-location", id: "shelf", name: "Shelf" }));
      for (const read of EVERY_READ) await use(read);
      expect(loads).toEqual({ locations: 2, catalogue: 0 });
    });
  });

  it("see locations that another engine has made, moved or renamed, at once", async () => {
    const store = makeMemoryStore();
    await withEngine(store, (writer) =>
      withEngine(store, async (reader) => {
        await writer(opening);
        expect(await onHand(reader, "shop")).toEqual({ shelf: 5 });
        await writer((ledger) =>
          ledger.submit({ type: "put-location", id: "bin", parent: "yard" }),
        );
        expect(await onHand(reader, "bin")).toEqual({});
        const shelfToBin = { from: "shelf", to: "bin", lines: [{ item: "tea", quantity: 2 }] };
        await writer((ledger) => ledger.submit({ type: "transfer", ...shelfToBin }));
        expect(await onHand(reader)).toEqual({ shelf: 3, bin: 2 });
        expect(await onHand(reader, "yard")).toEqual({ bin: 2 });
        await writer((ledger) =>
          ledger.submit({ type: "put-location", id: "bin", parent: "shop" }),
        );
        expect(await onHand(reader, "shop")).toEqual({ shelf: 3, bin: 2 });
        expect(await onHand(reader, "yard")).toEqual({});
        await writer((ledger) =>
          ledger.submit({ type: "put-location", id: "shelf", name: "Top shelf" }),
        );
        const card = await reader((ledger) => ledger.card({ item: "tea", location: "shelf" }));
        expect(card.location.name).toBe("Top shelf");
      }),
    );
  });

  it("leave out nothing that moves to a new place while they read", async () => {
    const store = makeMemoryStore();
    await withEngine(store, async (writer) => {
      await writer(opening);
      let made = 0;
      /** Before every other time that rows are read, a new bin takes a tea from the shelf. */
      const interrupted: LedgerStoreService = {
        ...store,
        balances: (ledger, query) =>
          Effect.zipRight(
            Effect.promise(async () => {
              if (made++ % 2 === 0) await makeBin(`bin-${made}`);
            }),
            store.balances(ledger, query),
          ),
      };
      const makeBin = (id: string) =>
        writer((ledger) =>
          ledger.submitAll([
            { type: "put-location", id, parent: "shop" },
            { type: "transfer", from: "shelf", to: id, lines: [{ item: "tea", quantity: 1 }] },
          ]),
        );
      await withEngine(interrupted, async (reader) => {
        expect(await onHand(reader)).toEqual({ shelf: 4, "bin-1": 1 });
        expect(await onHand(reader, "shop")).toEqual({ shelf: 3, "bin-1": 1, "bin-3": 1 });
      });
    });
  });

  it("come to an answer where locations never stop changing", async () => {
    const store = makeMemoryStore();
    await withEngine(store, async (writer) => {
      await writer(opening);
      let reads = 0;
      const restless: LedgerStoreService = {
        ...store,
        balances: (ledger, query) =>
          Effect.zipRight(
            Effect.promise(() =>
              writer((book) => book.submit({ type: "put-location", id: `place-${reads++}` })),
            ),
            store.balances(ledger, query),
          ),
      };
      await withEngine(restless, async (reader) => {
        expect(await onHand(reader, "shop")).toEqual({ shelf: 5 });
        expect(reads).toBe(6);
      });
    });
  });
});
