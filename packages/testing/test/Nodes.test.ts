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
import { type Engine, type Moment, makeEngine, momentsOf } from "../src/conformance/Harness.js";
import { propertyOptions } from "../src/LawRun.js";
import { type Run, runHistory } from "../src/Runner.js";
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

interface Part extends Moment {
  /** Where the other engine has written, one knows nothing but what it loads for this. */
  readonly turn: 0 | 1;
  /** One command that is refused takes the others along. */
  readonly together: boolean;
}

/** The commands of a history in parts of these sizes. */
function* partsOf(run: Run, sizes: readonly number[]): Iterable<Part> {
  let made = 0;
  for (const { recordedAt, commands } of momentsOf(run.results)) {
    for (let i = 0; i < commands.length; ) {
      const size = sizes[made++ % sizes.length] as number;
      const part = commands.slice(i, i + size);
      i += size;
      yield { recordedAt, turn: made % 3 === 0 ? 0 : 1, together: made % 2 === 0, commands: part };
    }
  }
}

describe("what batches add to nodes", () => {
  let engines: readonly [Engine, Engine];
  let made = 0;
  beforeAll(async () => {
    const make = () => makeEngine(Layer.succeed(LedgerStore, adding), { prefix: "nodes" });
    engines = [await make(), await make()];
  });
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));

  it("comes to what is in every location and below it, after every batch", () =>
    fc.assert(
      fc.asyncProperty(
        historiesArbitrary,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        async (history, sizes) => {
          const run = runHistory(history);
          const [first, second] = engines;
          for (const { clock } of engines) {
            clock.now = run.book.entries[0]?.recordedAt ?? clock.now;
          }
          const ledgers = [
            await first.freshLedger(history.world.settings),
            await second.ledger(`nodes${++made}`),
          ] as const;
          await first.run(ledgers[0].submitEach(foundingCommands(history.world)));
          for (const { recordedAt, turn, together, commands } of partsOf(run, sizes)) {
            for (const { clock } of engines) clock.now = recordedAt;
            const ledger = ledgers[turn];
            const submitted = together ? ledger.submitAll(commands) : ledger.submitEach(commands);
            await engines[turn].exit(submitted as Effect.Effect<unknown, unknown>);
            await checkAdded();
          }
        },
      ),
      propertyOptions(),
    ));
});
