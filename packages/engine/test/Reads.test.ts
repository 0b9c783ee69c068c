import { InvalidRequest, memory, NotFound, openStockbook } from "@stockbook/engine";
import { describe, expect, it } from "vitest";

const NOON = Date.UTC(2026, 0, 2, 12);
const DAY = 86_400_000;

/** A warehouse with a shelf, and a shop that gets two of five teas from the shelf a day later. */
async function twoPlaces() {
  const stock = await openStockbook({ store: memory() });
  await stock.putLocation({ id: "warehouse" });
  await stock.putLocation({ id: "shelf", parent: "warehouse" });
  await stock.putLocation({ id: "shop" });
  await stock.putItem({ sku: "TEA", unitCost: 320, category: null });
  await stock.putItem({ sku: "FLOUR", unit: "kg", precision: 3, currency: "GBP", unitCost: 100 });
  await stock.receive({
    location: "shelf",
    occurredAt: NOON,
    reference: "delivery 7",
    lines: [
      { item: "TEA", quantity: 5 },
      { item: "FLOUR", quantity: "2.5" },
    ],
  });
  await stock.transfer({
    from: "shelf",
    to: "shop",
    occurredAt: NOON + DAY,
    lines: [{ item: "TEA", quantity: 2 }],
  });
  return stock;
}

describe("reads", () => {
  it("give movements with their lines in the items' units", async () => {
    await using stock = await twoPlaces();
    const { rows } = await stock.transactions({ item: "FLOUR" });
    expect(rows).toMatchObject([
      {
        kind: "receive",
        reference: "delivery 7",
        lines: [{ item: "TEA" }, { item: "FLOUR", quantity: 2.5, value: 250, currency: "GBP" }],
      },
    ]);
    const sequence = rows[0]?.sequence ?? 0;
    expect(await stock.transaction(sequence)).toEqual(rows[0]);
  });

  it("find what touched a location or anything below it, the latest first", async () => {
    await using stock = await twoPlaces();
    const kinds = async (location: string) =>
      (await stock.transactions({ location })).rows.map(({ kind }) => kind);
    expect(await kinds("warehouse")).toEqual(["transfer", "receive"]);
    expect(await kinds("shop")).toEqual(["transfer"]);
  });

  it("count only the lines that match", async () => {
    await using stock = await twoPlaces();
    expect(await stock.statistics({ item: "TEA", from: NOON, to: NOON + 1 })).toEqual({
      transactions: 1,
      lines: 1,
      kinds: [
        {
          kind: "receive",
          transactions: 1,
          lines: 1,
          value: [{ amount: 1600, currency: "EUR" }],
        },
      ],
    });
  });

  it("add up what everything is worth, by currency, whatever the page", async () => {
    await using stock = await twoPlaces();
    const { rows, totals, next } = await stock.valuation({ limit: 1 });
    expect(rows).toMatchObject([{ item: "TEA", location: "shelf", onHand: 3, value: 960 }]);
    expect(next).not.toBeNull();
    expect(totals).toEqual([
      { amount: 1600, currency: "EUR" },
      { amount: 250, currency: "GBP" },
    ]);
  });

  it("tell what there was everywhere at a moment", async () => {
    await using stock = await twoPlaces();
    const at = async (instant: number, nonZero: boolean) =>
      (await stock.stockAt({ at: instant, item: "TEA", nonZero })).rows.map(
        ({ location, onHand }) => [location, onHand],
      );
    expect(await at(NOON, true)).toEqual([["shelf", 5]]);
    expect(await at(NOON, false)).toEqual([
      ["shelf", 5],
      ["shop", 0],
    ]);
    expect(await at(NOON + DAY, true)).toEqual([
      ["shelf", 3],
      ["shop", 2],
    ]);
  });

  it("go on with events where the last page ended, also when it was empty", async () => {
    await using stock = await twoPlaces();
    const types = ["stock.depleted"] as const;
    const first = await stock.events({ types });
    expect(first).toEqual({ rows: [], after: await stock.head(), more: false });
    await stock.setThreshold({ item: "TEA", location: "shop", minimum: 2 });
    await stock.issue({ location: "shop", lines: [{ item: "TEA", quantity: 1 }] });
    const second = await stock.events({ types, after: first.after });
    expect(second.rows).toMatchObject([
      { type: "stock.depleted", data: { item: "TEA", previous: 2, quantity: 1, minimum: 2 } },
    ]);
  });

  it("give a reservation for as long as it is open", async () => {
    await using stock = await twoPlaces();
    const lines = [{ item: "TEA", quantity: 1 }];
    const { sequence } = await stock.reserve({ location: "shop", lines });
    expect(await stock.reservation(sequence)).toMatchObject({ sequence, lines: [{ item: "TEA" }] });
    await stock.fulfil({ reservation: sequence });
    await expect(stock.reservation(sequence)).rejects.toThrow(
      `there is no reservation ${sequence}`,
    );
    await expect(stock.shipment(sequence)).rejects.toThrow(NotFound);
  });

  it("find items by category, manufacturer and whether they are archived", async () => {
    await using stock = await twoPlaces();
    await stock.putCategory({ id: "drinks" });
    await stock.putItem({ sku: "COFFEE", category: "drinks", archived: true });
    const skus = async (filter: Parameters<typeof stock.items>[0]) =>
      (await stock.items(filter)).rows.map(({ sku }) => sku);
    expect(await skus({ category: "drinks" })).toEqual(["COFFEE"]);
    expect(await skus({ archived: false })).toEqual(["TEA", "FLOUR"]);
    expect(await skus({ archived: true, category: "food" })).toEqual([]);
    expect(await skus({ manufacturer: "acme" })).toEqual([]);
  });

  it.each([
    ["kinds", { kinds: ["teleport"] }],
    ["order", { order: "sideways" }],
    ["from", { from: 0.5 }],
    ["limit", { limit: 0 }],
    ["after", { after: "[1]" }],
  ])("name the field of an impossible request for movements: %s", async (field, request) => {
    await using stock = await twoPlaces();
    // A caller without types can hand over anything.
    const error = await stock.transactions(request as never).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InvalidRequest);
    expect(error).toMatchObject({ field });
  });

  it.each([
    ["types", { types: ["stock.vanished"] }],
    ["after", { after: -1 }],
    ["limit", { limit: 1001 }],
  ])("name the field of an impossible request for events: %s", async (field, request) => {
    await using stock = await twoPlaces();
    const error = await stock.events(request as never).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ _tag: "InvalidRequest", field });
  });
});
