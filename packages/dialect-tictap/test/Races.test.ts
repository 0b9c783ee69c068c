/** Requests that have read what has changed before they write. */
import { type LedgerService, NotFound } from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { importProducts } from "../src/handlers/Import.js";
import { changeStockItem, createStockItem } from "../src/handlers/StockItems.js";
import { storeHandlers } from "../src/handlers/StoreHandlers.js";
import { furnish, receive, TEA } from "./support/Shop.js";
import { startServer, type TestServer } from "./support/TestServer.js";

/** Whose request it is. */
async function contextOf({ access, key, run }: TestServer) {
  return { requestId: "1", headers: {}, caller: await run(access.authenticate(key)) };
}

/** A ledger that answers one kind of read as it was before, and then as it is. */
function staleOnce<Name extends "items" | "stock" | "stockItem">(
  ledger: LedgerService,
  name: Name,
  old: ReturnType<LedgerService[Name]>,
): LedgerService {
  let isStale = true;
  const read = (...args: never[]) => {
    if (!isStale) return (ledger[name] as (...args: never[]) => unknown)(...args);
    isStale = false;
    return old;
  };
  return { ...ledger, [name]: read };
}

const given = { quantity: 5, minQuantity: 0, maxQuantity: 0 };

describe("requests at once", () => {
  it("make a stock item of nothing once", async () => {
    await using server = await startServer();
    await furnish(server);
    const { createItem } = storeHandlers(() => Effect.succeed(server.ledger));
    const context = await contextOf(server);
    const creations = [1, 2, 3, 4].map((minQuantity) => {
      const payload = { productId: TEA, quantity: 0, minQuantity, maxQuantity: 0 };
      return Effect.either(createItem({ path: { id: "a1" }, payload }, context));
    });
    const made = await server.run(Effect.all(creations, { concurrency: "unbounded" }));
    expect(made.map(({ _tag }) => _tag)).toEqual(["Right", "Left", "Left", "Left"]);
    expect((await server.client.available("a1")).body).toMatchObject([{ min_quantity: 1 }]);
  });
});

describe("a request that was overtaken", () => {
  it("makes no second stock item", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 3));
    const missing = new NotFound({ what: "stock item", id: TEA });
    const ledger = staleOnce(server.ledger, "stockItem", Effect.fail(missing));
    const context = await contextOf(server);
    const item = { productId: TEA, ...given };
    const made = Effect.flip(createStockItem(ledger, "a1", item, context));
    expect(await server.run(made)).toMatchObject({ _tag: "Conflict", field: "productId" });
    expect((await server.client.available("a1")).body).toMatchObject([{ quantity: 3 }]);
  });

  it("sets the quantity that was asked for, with whatever lots there are by then", async () => {
    await using server = await startServer();
    await furnish(server);
    const lot = (quantity: number) =>
      ({
        type: "receive",
        location: "a1",
        lines: [{ item: TEA, quantity, lot: "L1" }],
      }) as const;
    await server.submit(lot(1), receive("a1", TEA, 1));
    const [{ id }] = (await server.client.available("a1")).body;
    const old = await server.run(server.ledger.stock({ item: TEA }));
    await server.submit(lot(1));
    const ledger = staleOnce(server.ledger, "stock", Effect.succeed(old));
    const changed = changeStockItem(ledger, id, given, await contextOf(server));
    expect(await server.run(changed)).toMatchObject({ body: { quantity: 5 } });
    const { rows } = await server.run(server.ledger.stock({ item: TEA }));
    expect(Object.fromEntries(rows.map(({ lot, onHand }) => [lot, onHand]))).toEqual({
      L1: 2,
      null: 3,
    });
  });

  it("imports over what another import has made meanwhile", async () => {
    await using server = await startServer();
    const rows = ["A", "B"].map((partNumber) => ({ partNumber, name: partNumber, unitCost: 1 }));
    await server.client.importProducts(rows);
    const ledger = staleOnce(server.ledger, "items", Effect.succeed({ rows: [], next: null }));
    const imported = importProducts(ledger, rows, () => crypto.randomUUID());
    expect(await server.run(imported)).toMatchObject({ created: 0, updated: 2 });
    expect((await server.client.products()).body).toHaveLength(2);
  });
});
