/** What batches add to locations as nodes comes to the fold over everything that is there. */
import type { Command } from "@stockbook/core";
import {
  LedgerStore,
  type LedgerStoreService,
  makeMemoryStore,
  type NodeRow,
} from "@stockbook/engine";
import { Effect, Layer } from "effect";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { historyArbitrary } from "../src/Arbitraries.js";
import { type Engine, makeEngine, momentsOf } from "../src/conformance/Harness.js";
import { propertyOptions } from "../src/LawRun.js";
import { runHistory } from "../src/Runner.js";
import { foundingCommands } from "../src/World.js";

/** The sums of all that batches said they add, by ledger. */
class Added {
  private readonly totals = new Map<string, number>();

  add(key: readonly unknown[], amount: number): void {
    const text = JSON.stringify(key);
    const total = (this.totals.get(text) ?? 0) + amount;
    if (total === 0) this.totals.delete(text);
    else this.totals.set(text, total);
  }

  addNodes(nodes: readonly NodeRow[]): this {
    for (const { locationNo, items, depleted, sums } of nodes) {
      this.add([locationNo, "items"], items);
      this.add([locationNo, "depleted"], depleted);
      for (const { currency, precision, quantity, value } of sums) {
        this.add([locationNo, currency, precision, "quantity"], quantity);
        this.add([locationNo, currency, precision, "value"], value);
      }
    }
    return this;
  }

  get sorted() {
    return [...this.totals].sort();
  }
}

const store = makeMemoryStore();
const added = new Map<number, Added>();

const adding: LedgerStoreService = {
  ...store,
  append: (ledger, batch) =>
    Effect.tap(store.append(ledger, batch), () => {
      const sums = added.get(ledger) ?? new Added();
      added.set(ledger, sums);
      sums.addNodes(batch.nodeCounts.map((row) => ({ ...row, sums: [] })));
      for (const { locationNo, ...sum } of batch.nodeSums) {
        sums.addNodes([{ locationNo, items: 0, depleted: 0, sums: [sum] }]);
      }
    }),
};

async function checkAdded(): Promise<void> {
  const ledger = Math.max(...added.keys());
  const { nodes } = await Effect.runPromise(store.nodes(ledger, null));
  const folded = new Added().addNodes(nodes);
  expect(added.get(ledger)?.sorted ?? []).toEqual(folded.sorted);
}

/** Where places come, go and move more often than in other histories. */
const restless: readonly Command["type"][] = [
  "receive",
  "issue",
  "transfer",
  "count",
  "reverse",
  "reserve",
  "set-threshold",
  "remove-threshold",
  "put-item",
  "put-location",
];

const historiesArbitrary = fc.oneof(
  historyArbitrary(),
  historyArbitrary({ commands: restless, faults: false }),
  historyArbitrary({
    commands: ["receive", "transfer", "set-threshold", "remove-threshold", "put-location"],
    faults: false,
  }),
);

describe("what batches add to nodes", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await makeEngine(Layer.succeed(LedgerStore, adding), { prefix: "nodes" });
  });
  afterAll(() => engine.close());

  it("comes to what is in every location and below it, after every batch", () =>
    fc.assert(
      fc.asyncProperty(
        historiesArbitrary,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        async (history, sizes) => {
          const run = runHistory(history);
          engine.clock.now = run.book.entries[0]?.recordedAt ?? engine.clock.now;
          const ledger = await engine.freshLedger(history.world.settings);
          await engine.run(ledger.submitEach(foundingCommands(history.world)));
          let parts = 0;
          for (const { recordedAt, commands } of momentsOf(run.results)) {
            engine.clock.now = recordedAt;
            for (let i = 0; i < commands.length; ) {
              const size = sizes[parts++ % sizes.length] as number;
              const part = commands.slice(i, i + size);
              // Together or each for itself; together, one that is refused takes the others along.
              const submitted = parts % 2 === 0 ? ledger.submitAll(part) : ledger.submitEach(part);
              await engine.exit(submitted as Effect.Effect<unknown, unknown>);
              await checkAdded();
              i += size;
            }
          }
        },
      ),
      propertyOptions(),
    ));
});
