/** Locations as nodes: order, exactness, and what is refused. The rest is the stores' conformance. */
import { memory, type OpenedStockbook, openStockbook } from "@stockbook/engine";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let stock: OpenedStockbook;

beforeEach(async () => {
  stock = await openStockbook({ store: memory() });
  await stock.submitAll([
    { type: "put-location", id: "shop", name: "Shop" },
    { type: "put-location", id: "b", name: "Shelf", parent: "shop" },
    { type: "put-location", id: "a", name: "Shelf", parent: "shop" },
    { type: "put-location", id: "c", name: "Aisle", parent: "shop" },
    { type: "put-location", id: "deep", name: "Box", parent: "a" },
    { type: "put-item", sku: "rope", precision: 1 },
    { type: "put-item", sku: "gold", precision: 6, currency: "USD" },
    { type: "put-item", sku: "tea" },
  ]);
});
afterEach(() => stock.close());

async function childrenOf(request: Parameters<OpenedStockbook["children"]>[0]) {
  const { rows, total } = await stock.children(request);
  return [rows.map(({ id }) => id), total];
}

describe("locations right below another", () => {
  it("come by name, then id, in numbered pages", async () => {
    expect(await childrenOf({ location: "shop" })).toEqual([["c", "a", "b"], 3]);
    expect(await childrenOf({ location: "shop", limit: 2 })).toEqual([["c", "a"], 3]);
    expect(await childrenOf({ location: "shop", offset: 2, limit: 2 })).toEqual([["b"], 3]);
    expect(await childrenOf({ location: "shop", offset: 9 })).toEqual([[], 3]);
    expect(await childrenOf({ location: "deep" })).toEqual([[], 0]);
  });

  it.each([
    [{ location: "shop", offset: -1 }, "offset"],
    [{ location: "shop", offset: 0.5 }, "offset"],
    [{ location: "shop", limit: 0 }, "limit"],
    [{ location: "shop", limit: 1001 }, "limit"],
  ])("are not given for %j", (request, field) =>
    expect(stock.children(request)).rejects.toMatchObject({ _tag: "InvalidRequest", field }),
  );

  it.each(["nowhere", "@supplier"])("are not there of %s", (location) =>
    expect(stock.children({ location })).rejects.toMatchObject({
      _tag: "NotFound",
      what: "location",
      id: location,
    }),
  );
});

describe("summaries", () => {
  it("add up units of different precision exactly", async () => {
    const receive = (item: string, quantity: string, location: string) =>
      stock.receive({ location, lines: [{ item, quantity, cost: 7 }] });
    await receive("rope", "0.1", "deep");
    await receive("gold", "0.200001", "b");
    await receive("tea", "9007199254", "shop");
    const [shop, deep] = await stock.summaries(["shop", "deep"]);
    expect(shop).toMatchObject({
      children: 3,
      items: 3,
      quantity: 9007199254.300001,
      value: [
        { amount: 14, currency: "EUR" },
        { amount: 7, currency: "USD" },
      ],
      sequence: await stock.head(),
    });
    expect(deep).toMatchObject({ children: 0, items: 1, quantity: 0.1 });
  });

  it("show what is below nothing without a zero too many", async () => {
    await stock.putItem({ id: "rope", sku: "rope", negativePolicy: "allow" });
    await stock.issue({ location: "deep", lines: [{ item: "rope", quantity: "0.5" }] });
    expect(await stock.summaries(["shop"])).toMatchObject([{ quantity: -0.5 }]);
  });

  it("name the first location that is not there", () =>
    expect(stock.summaries(["shop", "far", "away"])).rejects.toMatchObject({
      _tag: "NotFound",
      what: "location",
      id: "far",
    }));

  it("are given of a thousand locations and of no more", async () => {
    const thousand = Array.from({ length: 1_000 }, () => "shop");
    expect(await stock.summaries(thousand)).toHaveLength(1_000);
    await expect(stock.summaries([...thousand, "shop"])).rejects.toMatchObject({
      _tag: "InvalidRequest",
      field: "locations",
    });
    expect(await stock.summaries([])).toEqual([]);
  });
});

describe("a stock item", () => {
  it("is there once it has moved or has a rule", async () => {
    await expect(stock.stockItem("tea", "deep")).rejects.toMatchObject({
      _tag: "NotFound",
      what: "stock item",
      id: "tea at deep",
    });
    await stock.setThreshold({ item: "tea", location: "a", minimum: 4, maximum: 9 });
    await stock.receive({ location: "deep", lines: [{ item: "tea", quantity: 3, cost: 30 }] });
    expect(await stock.stockItem("tea", "a")).toMatchObject({
      onHand: 0,
      value: 0,
      minimum: 4,
      maximum: 9,
      counted: 3,
      belowMinimum: true,
      replenishment: 6,
    });
    expect(await stock.stockItem("tea", "deep")).toMatchObject({
      onHand: 3,
      value: 30,
      minimum: 0,
      maximum: 0,
      counted: 3,
      belowMinimum: false,
      replenishment: 0,
    });
  });
});
