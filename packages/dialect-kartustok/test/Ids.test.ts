/** IDs tell nothing, and those of another company are not found. */
import { describe, expect, it } from "vitest";
import type { GuideClient } from "./GuideClient.js";
import { serve } from "./support/Served.js";

const COUNT = 40;
const catalogue = [
  { type: "put-category", id: "c", name: "C" },
  { type: "put-location", id: "l", name: "L" },
  ...Array.from({ length: COUNT }, (_, i) => ({
    type: "put-item" as const,
    sku: `S${i}`,
    category: "c",
  })),
] as const;

const idsOf = async (client: GuideClient): Promise<readonly string[]> => {
  const lists = [
    await client.all("/items"),
    (await client.itemCategories()).body.data,
    (await client.locators()).body.data,
    [(await client.company()).body.data],
  ];
  return lists.flat().map(({ id }: { id: string }) => id);
};

describe("IDs", () => {
  it("are random, in no order, and others for each company and mode", async () => {
    await using served = await serve();
    const ledgers = [
      { organisation: "acme", mode: "live" },
      { organisation: "acme", mode: "test" },
      { organisation: "other", mode: "live" },
    ] as const;
    const all: string[] = [];
    for (const { organisation, mode } of ledgers) {
      await served.did(catalogue, { organisation, mode });
      const token = await served.tokenWith({ organisation, mode });
      const client = served.as({ host: `${organisation}.localhost`, token });
      const ids = await idsOf(client);
      expect(ids).toHaveLength(COUNT + 3);
      // Whatever they were read for, they stay as they are.
      expect(await idsOf(client)).toEqual(ids);
      const items = ids.slice(0, COUNT);
      expect(items.toSorted()).not.toEqual(items);
      expect(items.toSorted().toReversed()).not.toEqual(items);
      all.push(...ids);
    }
    expect(new Set(all).size).toBe(all.length);
    for (const id of all)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // Time-ordered ones would begin alike.
    expect(new Set(all.map((id) => id.slice(0, 4))).size).toBeGreaterThan(all.length / 2);
  });

  it("of another company are not found", async () => {
    await using served = await serve();
    await served.did(catalogue);
    await served.did(catalogue, { organisation: "other", mode: "live" });
    const moved = { type: "receive", location: "l", lines: [{ item: "S0", quantity: 1 }] } as const;
    await served.did([moved]);
    await served.did([moved], { organisation: "other", mode: "live" });
    const token = await served.tokenWith({ organisation: "other" });
    const other = served.as({ host: "other.localhost", token });
    const [item] = (await other.items()).body.data;
    const [category] = (await other.itemCategories()).body.data;
    const [locator] = (await other.locators()).body.data;
    const { client } = served;
    expect((await client.item(item.id)).body.message).toBe("Resource not found");
    const empty = [
      await client.items({ category_id: category.id }),
      await client.stockSummary({ item_id: item.id }),
      await client.stockSummary({ category_id: category.id }),
      await client.stockSummary({ locator_id: locator.id }),
      await client.stockDetail({ locator_id: locator.id }),
    ];
    for (const { status, body } of empty) {
      expect([status, body.data, body.meta.total]).toEqual([200, [], 0]);
    }
    expect((await other.stockDetail({ locator_id: locator.id })).body.data).toHaveLength(1);
  });
});
