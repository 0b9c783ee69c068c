import type { Command } from "@stockbook/core";
import {
  Busy,
  type LedgerService,
  LedgerStore,
  type LedgerStoreService,
  makeMemoryStore,
  Stockbook,
} from "@stockbook/engine";
import { Cause, Effect, Exit, Layer, ManagedRuntime } from "effect";
import { describe, expect, it } from "vitest";

const RECEIVE: Command = {
  type: "receive",
  location: "shop",
  lines: [{ item: "bolt", quantity: 1 }],
};

const FURNISH: readonly Command[] = [
  { type: "put-location", id: "shop" },
  { type: "put-item", sku: "bolt" },
];

/** A ledger on a store whose calls can be watched or broken. */
async function ledgerOn(store: LedgerStoreService, options = {}) {
  const layer = Layer.provide(Stockbook.layer(options), Layer.succeed(LedgerStore, store));
  const runtime = ManagedRuntime.make(layer);
  const ledger: LedgerService = await runtime.runPromise(
    Effect.flatMap(Stockbook, (stockbook) => stockbook.ledger()),
  );
  return { ledger, runtime };
}

describe("the writer", () => {
  it("writes commands that come together in one append", async () => {
    const memory = makeMemoryStore();
    let appends = 0;
    const counting: LedgerStoreService = {
      ...memory,
      append: (ledger, batch) => {
        appends++;
        return memory.append(ledger, batch);
      },
    };
    const { ledger, runtime } = await ledgerOn(counting);
    await runtime.runPromise(ledger.submitEach(FURNISH));
    appends = 0;
    await Promise.all(
      Array.from({ length: 200 }, () => runtime.runPromise(ledger.submit(RECEIVE))),
    );
    expect(appends).toBeLessThanOrEqual(2);
    await runtime.dispose();
  });

  it("reads nothing before it writes what it has written before", async () => {
    const memory = makeMemoryStore();
    let loads = 0;
    const counting: LedgerStoreService = {
      ...memory,
      load: (ledger, keys) => {
        loads++;
        return memory.load(ledger, keys);
      },
    };
    const { ledger, runtime } = await ledgerOn(counting);
    await runtime.runPromise(ledger.submitEach([...FURNISH, RECEIVE]));
    loads = 0;
    await runtime.runPromise(ledger.submit(RECEIVE));
    expect(loads).toBe(0);
    await runtime.dispose();
  });

  it("says it is busy when too much is waiting, and does the rest", async () => {
    const memory = makeMemoryStore();
    let letGo: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let closed = false;
    const slow: LedgerStoreService = {
      ...memory,
      append: (ledger, batch) =>
        Effect.andThen(
          Effect.promise(() => (closed ? gate : Promise.resolve())),
          memory.append(ledger, batch),
        ),
    };
    const { ledger, runtime } = await ledgerOn(slow, { maxQueued: 4, maxBatch: 2 });
    await runtime.runPromise(ledger.submitEach(FURNISH));
    closed = true;
    const exits = Array.from({ length: 20 }, () => runtime.runPromiseExit(ledger.submit(RECEIVE)));
    const early = await Promise.race(exits);
    expect(Exit.isFailure(early) && Cause.squash(early.cause)).toBeInstanceOf(Busy);
    letGo();
    const done = (await Promise.all(exits)).filter(Exit.isSuccess).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(20);
    expect((await runtime.runPromise(ledger.stock({ item: "bolt" }))).rows[0]?.onHand).toBe(done);
    await runtime.dispose();
  });

  it("gives up with Busy when other writers are always faster, and nothing happened", async () => {
    const memory = makeMemoryStore();
    const { ledger: other, runtime: rival } = await ledgerOn(memory);
    await rival.runPromise(other.submitEach(FURNISH));
    const overtaken: LedgerStoreService = {
      ...memory,
      append: (ledger, batch) =>
        Effect.andThen(
          Effect.promise(() => rival.runPromise(other.submit(RECEIVE))),
          memory.append(ledger, batch),
        ),
    };
    const { ledger, runtime } = await ledgerOn(overtaken, { maxAttempts: 5 });
    const exit = await runtime.runPromiseExit(ledger.submit(RECEIVE));
    expect(Exit.isFailure(exit) && Cause.squash(exit.cause)).toBeInstanceOf(Busy);
    expect((await runtime.runPromise(ledger.stock({ item: "bolt" }))).rows[0]?.onHand).toBe(5);
    await Promise.all([runtime.dispose(), rival.dispose()]);
  });

  it("answers a refusal only after it has seen what another writer did", async () => {
    const memory = makeMemoryStore();
    const { ledger: one, runtime: first } = await ledgerOn(memory);
    const { ledger: two, runtime: second } = await ledgerOn(memory);
    await first.runPromise(one.submitEach([...FURNISH, RECEIVE]));
    const take: Command = { ...RECEIVE, type: "issue" };
    await second.runPromise(two.submit(take));
    // The first engine still believes that nothing is there after its own sale …
    await first.runPromiseExit(one.submit(take));
    await second.runPromise(two.submit(RECEIVE));
    // … and must find the piece that the second one has received since.
    const exit = await first.runPromiseExit(one.submit(take));
    expect(Exit.isSuccess(exit)).toBe(true);
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it("survives a store that breaks, and goes on from what is stored", async () => {
    const memory = makeMemoryStore();
    let broken = false;
    const breaking: LedgerStoreService = {
      ...memory,
      append: (ledger, batch) =>
        broken ? Effect.die(new Error("cable pulled")) : memory.append(ledger, batch),
    };
    const { ledger, runtime } = await ledgerOn(breaking);
    await runtime.runPromise(ledger.submitEach([...FURNISH, RECEIVE]));
    broken = true;
    const exit = await runtime.runPromiseExit(ledger.submit(RECEIVE));
    expect(Exit.isFailure(exit)).toBe(true);
    broken = false;
    await runtime.runPromise(ledger.submit(RECEIVE));
    expect((await runtime.runPromise(ledger.stock({ item: "bolt" }))).rows[0]?.onHand).toBe(2);
    expect((await runtime.runPromise(ledger.verify())).sound).toBe(true);
    await runtime.dispose();
  });
});
