/** Stockbook as Effect services and Layers. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stockbook } from "@stockbook/engine";
import { sqlite } from "@stockbook/store-sqlite";
import { Console, Effect, Layer, Stream } from "effect";

const program = Effect.gen(function* () {
  const stockbook = yield* Stockbook;
  const ledger = yield* stockbook.ledger({
    organisation: "acme",
    settings: { timeZone: "America/New_York", currency: "USD" },
  });

  yield* ledger.submitEach([
    { type: "put-location", id: "depot" },
    { type: "put-item", sku: "BOLT-M8", name: "Bolt M8", unitCost: 12 },
    { type: "set-threshold", item: "BOLT-M8", location: "depot", minimum: 100, maximum: 500 },
    { type: "receive", location: "depot", lines: [{ item: "BOLT-M8", quantity: 300 }] },
  ]);

  const issue = (quantity: number) =>
    ledger.submit({
      type: "issue",
      location: "depot",
      lines: [{ item: "BOLT-M8", quantity }],
    });

  // Thirty callers at once want ten each of three hundred; the thirty-first gets a clear no.
  yield* Effect.all(
    Array.from({ length: 30 }, () => issue(10)),
    { concurrency: "unbounded" },
  );
  yield* issue(1).pipe(
    Effect.catchTag("Rejected", ({ rejection }) =>
      Console.log(`refused: ${rejection.code}, available ${rejection.available}`),
    ),
  );

  yield* ledger.entries().pipe(
    Stream.filter(({ body }) => body.type === "depleted"),
    Stream.runForEach(({ sequence }) => Console.log(`depleted at entry ${sequence}`)),
  );
  for (const { sku, quantity } of yield* ledger.plan)
    yield* Console.log(`order ${quantity} ${sku}`);

  // The test ledger of the same organisation is a book of its own.
  const test = yield* stockbook.ledger({ organisation: "acme", mode: "test" });
  yield* Console.log(`items in the test ledger: ${(yield* test.items()).rows.length}`);

  const { sound } = yield* ledger.verify();
  if (!sound) yield* Effect.dieMessage("the book is not sound");
});

const folder = await mkdtemp(join(tmpdir(), "stockbook-example-"));
const store = sqlite(join(folder, "stock.db"));
await Effect.runPromise(
  program.pipe(Effect.provide(Stockbook.layer().pipe(Layer.provide(store)))),
).finally(() => rm(folder, { recursive: true }));
