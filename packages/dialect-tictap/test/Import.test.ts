import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../src/contract/ProductApi.js";
import { planImport } from "../src/handlers/Import.js";
import { startServer } from "./support/TestServer.js";

const row = (partNumber: string, more: object = {}) => ({
  partNumber,
  name: `Product ${partNumber}`,
  unitCost: "1299",
  ...more,
});

const ULID = "01K7Q2M4T9V6B3XW8ZC5N1RJHD";

describe("importing products", () => {
  it("makes those that are new, changes those that are there, and makes what they name", async () => {
    await using server = await startServer();
    const { client } = server;
    await server.submit(
      { type: "put-category", id: "cables", name: "Cables" },
      {
        type: "put-item",
        id: "OLD",
        sku: "A",
        name: "Old",
        precision: 2,
        unit: "m",
        archived: true,
      },
    );
    const { status, body } = await client.importProducts([
      row("A", { unitCost: 5, categoryName: "Cables", image: "https://shop.example/a.jpg" }),
      row("B", {
        id: ULID,
        manufacturerName: "Brand X",
        categoryName: "cables",
        description: "B!",
      }),
      row("C", { manufacturerName: "Brand X" }),
    ]);
    expect({ status, body }).toEqual({
      status: 200,
      body: { message: "Products imported successfully", created: 2, updated: 1, processed: 3 },
    });
    const [a, b, c] = (await client.products()).body;
    expect(a).toMatchObject({
      id: "OLD",
      name: "Product A",
      part_number: "A",
      unit_cost: { amount: "5", currency: "EUR" },
      category_id: "cables",
      image_url: "https://shop.example/a.jpg",
    });
    expect(b).toMatchObject({ id: ULID, part_number: "B", description: "B!" });
    expect(b.category_id).not.toBe("cables");
    expect(c).toMatchObject({ manufacturer_id: b.manufacturer_id, category_id: null });
    const categories = await server.run(server.ledger.categories);
    expect(categories.map(({ name }) => name).toSorted()).toEqual(["Cables", "cables"]);
    const item = await server.run(server.ledger.item("OLD"));
    expect(item).toMatchObject({ precision: 2, unit: "m", archived: false });

    const again = await client.importProducts([row("B", { name: "Again", unitCost: 1 })]);
    expect(again.body).toMatchObject({ created: 0, updated: 1, processed: 1 });
    expect((await client.product(ULID)).body).toMatchObject({ name: "Again", description: "B!" });
  });

  it("takes a part number twice: the later row changes what the earlier one made", async () => {
    await using server = await startServer();
    const { body } = await server.client.importProducts([row("A"), row("A", { name: "Later" })]);
    expect(body).toMatchObject({ created: 1, updated: 1, processed: 2 });
    expect((await server.client.products()).body).toMatchObject([{ name: "Later" }]);
  });

  it("changes nothing where one row is wrong, and says which rows and fields", async () => {
    await using server = await startServer();
    const { client } = server;
    await client.createProduct({ id: ULID, name: "Tea", unitCostAmount: 1 });
    const before = await server.run(server.ledger.head);
    const wrong = await client.importProducts([
      row("A", { manufacturerName: "Brand X" }),
      { name: "B", unitCost: 1 },
      row("C", { unitCost: "12.99" }),
      row("D", { colour: "red" }),
    ]);
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      "products[1].partNumber",
      "products[2].unitCost",
      "products[3].colour",
    ]);
    expect(wrong.body.message).toContain("products[1].partNumber");
    const taken = await client.importProducts([row("A"), row("B", { id: ULID })]);
    expect(taken).toMatchObject({ status: 400, body: { errors: [{ field: "products[1].id" }] } });
    expect(await server.run(server.ledger.head)).toBe(before);
  });

  it("names every row at fault, up to a thousand", async () => {
    await using server = await startServer();
    const fieldsOf = async (rows: readonly object[]) => {
      const { status, body } = await server.client.importProducts(rows);
      expect(status).toBe(400);
      return body.errors.map(({ field }: { field: string }) => field);
    };
    const wrong = (count: number) =>
      Array.from({ length: count }, (_, i) => row(`P${i}`, { unitCost: "x" }));
    const all = Array.from({ length: 300 }, (_, i) => `products[${i}].unitCost`);
    expect(await fieldsOf(wrong(300))).toEqual(all);
    expect(await fieldsOf(wrong(1_200))).toHaveLength(1_000);
    await server.client.createProduct({ id: ULID, name: "Tea", unitCostAmount: 1 });
    const taken = Array.from({ length: 30 }, (_, i) => row(`P${i}`, { id: ULID }));
    expect(await fieldsOf(taken)).toHaveLength(30);
  });

  it("tells of the row what only the ledger can say of it", async () => {
    await using server = await startServer();
    const names = Array.from({ length: 50 }, (_, i) => [`a${i}`, true]);
    const attributes = Object.fromEntries(names);
    await server.submit({ type: "put-item", id: "FULL", sku: "B", attributes });
    const { status, body } = await server.client.importProducts([
      row("A", { categoryName: "New" }),
      row("B", { description: "One attribute too many" }),
    ]);
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [{ field: "products[1].attributes", message: "must be at most 50 attributes" }],
    });
    expect((await server.client.products()).body).toHaveLength(1);
  });

  it("wants a list", async () => {
    await using server = await startServer();
    const none = await server.client.send("POST", "/products/import", { body: {} });
    expect(none).toMatchObject({ status: 400, body: { errors: [{ field: "products" }] } });
    expect((await server.client.importProducts([])).body).toMatchObject({ processed: 0 });
  });

  it("takes 50,000 products in one request", async () => {
    await using server = await startServer();
    const rows = Array.from({ length: 50_000 }, (_, i) =>
      row(`P${i}`, { categoryName: `C${i % 9}` }),
    );
    const { status, body } = await server.client.importProducts(rows);
    expect({ status, body }).toMatchObject({ status: 200, body: { created: 50_000 } });
    const { rows: found } = await server.run(server.ledger.items({ query: "P49999" }));
    expect(found).toMatchObject([{ sku: "P49999", unitCost: 1299 }]);
  });

  it("of the same part numbers at once makes each product once", async () => {
    await using server = await startServer();
    const rows = Array.from({ length: 20 }, (_, i) => row(`P${i}`));
    const answers = await Promise.all([1, 2, 3].map(() => server.client.importProducts(rows)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const created = answers.reduce((sum, { body }) => sum + body.created, 0);
    expect(created).toBe(20);
    expect((await server.client.products()).body).toHaveLength(20);
  });
});

const code = fc.constantFrom("A", "B", "C", "D", "E");
const rowArbitrary: fc.Arbitrary<ImportRow> = fc.record({
  partNumber: code,
  name: fc.string({ minLength: 1 }),
  unitCost: fc.nat(),
  categoryName: fc.constantFrom("x", "y", null),
});

describe("a plan of an import", () => {
  it("makes each new part number once, and counts every row", () => {
    fc.assert(
      fc.property(fc.array(rowArbitrary), fc.subarray(["A", "B", "C"]), (rows, known) => {
        const items = known.map((sku) => ({ id: `id-${sku}`, sku }));
        const catalogue = { items, categories: [{ id: "x", name: "x" }], manufacturers: [] };
        const plan = planImport(rows, catalogue, randomUUID);
        if (!("commands" in plan)) throw new Error("no plan");
        const puts = plan.commands.flatMap((command) =>
          command.type === "put-item" ? [command] : [],
        );
        expect(puts.map(({ sku, name }) => [sku, name])).toEqual(
          rows.map(({ partNumber, name }) => [partNumber, name]),
        );
        const asked = new Set(rows.map(({ partNumber }) => partNumber));
        const fresh = [...asked].filter((sku) => !known.includes(sku));
        expect(plan.created).toBe(fresh.length);
        expect(plan.created + plan.updated).toBe(rows.length);
        expect(new Set(puts.map(({ id }) => id)).size).toBe(asked.size);
        const made = plan.commands.filter(({ type }) => type === "put-category");
        expect(made).toHaveLength(rows.some(({ categoryName }) => categoryName === "y") ? 1 : 0);
      }),
    );
  });
});
