import { InvalidRequest, memory, NotFound, openStockbook, Rejected } from "@stockbook/engine";
import { describe, expect, it } from "vitest";

const TEA = [{ item: "TEA", quantity: 1 }];

async function shop() {
  const stock = await openStockbook({ store: memory() });
  await stock.putLocation({ id: "shop" });
  await stock.putItem({ sku: "TEA" });
  await stock.putItem({ sku: "FLOUR", unit: "kg", precision: 3 });
  await stock.receive({
    location: "shop",
    lines: [
      { item: "TEA", quantity: 5 },
      { item: "FLOUR", quantity: "2.5" },
    ],
  });
  return stock;
}

describe("the Promise face", () => {
  it("rejects with the class itself, so that instanceof and fields work", async () => {
    const stock = await shop();
    const refusal = await stock
      .issue({ location: "shop", lines: [{ item: "TEA", quantity: 6 }] })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Rejected);
    expect(refusal).toMatchObject({
      _tag: "Rejected",
      code: "insufficient-stock",
      rejection: { item: "TEA", location: "shop", wanted: 6, available: 5, line: 0 },
    });
    await stock.close();
  });

  it("gives quantities in the item's unit", async () => {
    const stock = await shop();
    const { rows } = await stock.stock();
    expect(rows.map(({ sku, onHand }) => [sku, onHand])).toEqual([
      ["TEA", 5],
      ["FLOUR", 2.5],
    ]);
    await stock.close();
  });

  it("takes a Date for occurredAt", async () => {
    const stock = await shop();
    const occurredAt = new Date(Date.now() - 1000);
    const receipt = await stock.receive({ location: "shop", occurredAt, lines: TEA });
    expect(receipt.occurredAt).toBe(occurredAt.getTime());
    await stock.close();
  });

  it("pages without leaving out or repeating a row", async () => {
    const stock = await shop();
    const first = await stock.stock({ limit: 1 });
    const second = await stock.stock({ limit: 1, after: first.next ?? "" });
    expect([...first.rows, ...second.rows].map(({ sku }) => sku)).toEqual(["TEA", "FLOUR"]);
    expect(second.next).toBeNull();
    await stock.close();
  });

  it.each([
    ["limit", { limit: 0 }],
    ["limit", { limit: 1001 }],
    ["after", { after: "nonsense" }],
    ["after", { after: '["a",1,2]' }],
  ])("names the field of an impossible page: %s %j", async (field, page) => {
    const stock = await shop();
    const error = await stock.stock(page).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(error).toMatchObject({ field });
    await stock.close();
  });

  it("says what is not found", async () => {
    const stock = await shop();
    await expect(stock.card({ item: "COFFEE", location: "shop" })).rejects.toThrow(NotFound);
    await expect(stock.card({ item: "TEA", location: "@customer" })).rejects.toThrow(
      "there is no location @customer",
    );
    await expect(stock.entry(99)).rejects.toThrow("there is no entry 99");
    await stock.close();
  });

  it("finishes what was submitted before it closes, and refuses what comes after", async () => {
    const stock = await shop();
    const pending = Promise.all(
      Array.from({ length: 5 }, () => stock.issue({ location: "shop", lines: TEA })),
    );
    await pending;
    await stock.close();
    await expect(stock.issue({ location: "shop", lines: TEA })).rejects.toThrow();
  });

  it("refuses settings that the ledger was not opened with", async () => {
    const error = await openStockbook({
      store: memory(),
      settings: { timeZone: "Mars/Olympus" },
    }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Rejected);
    expect(error).toMatchObject({ rejection: { code: "invalid-field", field: "timeZone" } });
  });

  it.each([null, 7, "issue", [], { type: "teleport" }, {}])(
    "refuses %j as a command and goes on",
    async (garbage) => {
      const stock = await shop();
      // A caller without types can hand over anything.
      await expect(stock.submit(garbage as never)).rejects.toThrow(Rejected);
      await stock.issue({ location: "shop", lines: TEA });
      await stock.close();
    },
  );
});
