import {
  LedgerStore,
  type LedgerStoreService,
  makeMemoryStore,
  Stockbook,
} from "@stockbook/engine";
import { Effect, Layer, ManagedRuntime } from "effect";
import { describe, expect, it } from "vitest";

/** What verification says of a ledger whose store is falsified after it was written. */
async function verifyFalsified(falsify: (store: LedgerStoreService) => LedgerStoreService) {
  const store = makeMemoryStore();
  const ledgerOn = (service: LedgerStoreService) => {
    const layer = Layer.provide(Stockbook.layer(), Layer.succeed(LedgerStore, service));
    return ManagedRuntime.make(layer);
  };
  const ledger = Effect.flatMap(Stockbook, (stockbook) => stockbook.ledger());
  const runtime = ledgerOn(store);
  await runtime.runPromise(
    Effect.flatMap(ledger, (book) =>
      book.submitEach([
        { type: "put-location", id: "shop" },
        { type: "put-item", sku: "bolt" },
        { type: "set-threshold", item: "bolt", location: "shop", minimum: 3 },
        { type: "receive", location: "shop", lines: [{ item: "bolt", quantity: 9, cost: 90 }] },
        { type: "reserve", location: "shop", lines: [{ item: "bolt", quantity: 2 }] },
      ]),
    ),
  );
  await runtime.dispose();
  const falsified = ledgerOn(falsify(store));
  const verification = await falsified.runPromise(Effect.flatMap(ledger, (book) => book.verify()));
  await falsified.dispose();
  return verification;
}

/** The reads of a store, with one of them changed. */
function changing<
  Read extends
    | "balances"
    | "items"
    | "thresholds"
    | "reservations"
    | "rollups"
    | "kindRollups"
    | "placeRollups"
    | "entries",
>(read: Read, change: (row: never) => unknown) {
  return (store: LedgerStoreService): LedgerStoreService => ({
    ...store,
    // Every read gives a list of rows; which one is up to the test.
    [read]: (...args: never[]) =>
      Effect.map(
        (store[read] as unknown as (...args: never[]) => Effect.Effect<readonly never[]>)(...args),
        (rows) => rows.map(change),
      ),
  });
}

/** The reads of a store, with one of them finding nothing. */
function dropping(read: "kindRollups" | "placeRollups") {
  return (store: LedgerStoreService): LedgerStoreService => ({
    ...store,
    [read]: () => Effect.succeed([]),
  });
}

describe("verification", () => {
  it("finds nothing in a sound ledger", async () => {
    expect(await verifyFalsified((store) => store)).toMatchObject({ sound: true, differences: [] });
  });

  it.each([
    [
      "a balance",
      changing("balances", (row: { available: number }) => ({
        ...row,
        available: row.available + 1,
      })),
    ],
    [
      "a value",
      changing("balances", (row: { value: number }) => ({ ...row, value: row.value - 1 })),
    ],
    [
      "when an item last changed",
      changing("items", (row: { updatedAt: number }) => ({ ...row, updatedAt: row.updatedAt - 1 })),
    ],
    [
      "what a threshold counts",
      changing("thresholds", (row: { quantity: number }) => ({ ...row, quantity: 0 })),
    ],
    ["a reservation", changing("reservations", (row: object) => ({ ...row, lines: [] }))],
    ["a roll-up", changing("rollups", (row: object) => ({ ...row, lastSequence: 1 }))],
    [
      "a roll-up of a kind",
      changing("kindRollups", (row: { sums: object }) => ({
        ...row,
        sums: { ...row.sums, value: 1 },
      })),
    ],
    ["that a kind moved", dropping("kindRollups")],
    [
      "a roll-up of a location",
      changing("placeRollups", (row: { counts: object }) => ({
        ...row,
        counts: { ...row.counts, adjust: 1 },
      })),
    ],
    ["that a location had lines", dropping("placeRollups")],
    [
      "when a balance first moved",
      changing("balances", (row: object) => ({ ...row, firstOccurredAt: 1 })),
    ],
    [
      "when the locations last changed",
      (store: LedgerStoreService): LedgerStoreService => ({
        ...store,
        head: (ledger) =>
          Effect.map(store.head(ledger), (head) => ({ ...head, locationsSequence: 1 })),
      }),
    ],
    [
      "what is in a location and below",
      (store: LedgerStoreService): LedgerStoreService => ({
        ...store,
        nodes: (ledger, nos) =>
          Effect.map(store.nodes(ledger, nos), ({ sequence, nodes }) => ({
            sequence,
            nodes: nodes.map((node) => ({ ...node, items: node.items + 1 })),
          })),
      }),
    ],
    [
      "that there is anything in a location",
      (store: LedgerStoreService): LedgerStoreService => ({
        ...store,
        nodes: () => Effect.succeed({ sequence: 0, nodes: [] }),
      }),
    ],
    [
      "a sequence",
      changing("entries", (row: { sequence: number }) => ({
        ...row,
        sequence: row.sequence + (row.sequence > 3 ? 1 : 0),
      })),
    ],
  ])("says where %s is not what the entries say", async (_what, falsify) => {
    const { sound, differences } = await verifyFalsified(falsify);
    expect(sound).toBe(false);
    expect(differences[0]?.stored).not.toBe(differences[0]?.expected);
  });
});
