import { describe, expect, it } from "vitest";
import { furnish, issue, MUG, receive, TEA } from "./support/Shop.js";
import { startServer } from "./support/TestServer.js";

const north = {
  id: "north",
  name: "Warehouse North",
  code: "WN",
  type: "warehouse",
  scope: "team",
  parent_id: null,
};
const shop = {
  id: "shop",
  name: "Shop",
  code: null,
  type: "shop",
  scope: "enterprise",
  parent_id: null,
};
const a1 = {
  id: "a1",
  name: "Shelf A1",
  code: null,
  type: "shelf",
  scope: null,
  parent_id: "north",
};
const a2 = { ...a1, id: "a2", name: "Shelf A2" };

describe("listing stores", () => {
  it("lists those that are set up, not the nodes below them", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    expect(await client.stores()).toMatchObject({ status: 200, body: [shop, north] });
    expect((await client.stores({ scope: "team" })).body).toEqual([north]);
    expect((await client.stores({ scope: "enterprise" })).body).toEqual([shop]);
    const unknown = await client.stores({ scope: "world" });
    expect(unknown).toMatchObject({ status: 400, body: { errors: [{ field: "scope" }] } });
  });
});

describe("a node", () => {
  it("is summed up over its subtree, alone and with others", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 10), receive("a2", TEA, 5), receive("a2", MUG, 2), {
      type: "set-threshold",
      item: MUG,
      location: "north",
      minimum: 3,
    });
    const { client } = server;
    const summary = {
      id: "north",
      name: "Warehouse North",
      parent_id: null,
      type: "warehouse",
      children_count: 2,
      product_count: 2,
      total_quantity: 17,
      below_minimum_count: 1,
      value: [
        { amount: "4800", currency: "EUR" },
        { amount: "1000", currency: "USD" },
      ],
      sequence: await server.run(server.ledger.head),
    };
    const one = await client.node("north");
    expect({ status: one.status, body: one.body }).toEqual({ status: 200, body: summary });
    const several = await client.summaries(["a2", "north"]);
    expect(several.status).toBe(200);
    expect(several.body).toEqual([
      expect.objectContaining({ id: "a2", parent_id: "north", total_quantity: 7 }),
      summary,
    ]);
  });

  it("has children in pages", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const all = await client.children("north");
    const rest = { total: 2, pages: 1, page: 1, limit: 25 };
    expect(all.body).toEqual({ results: [a1, a2], count: 2, ...rest });
    const second = await client.children("north", { page: 2, limit: 1 });
    expect(second.body).toEqual({ results: [a2], total: 2, count: 1, pages: 2, page: 2, limit: 1 });
    const beyond = await client.children("a1", { page: 9 });
    expect(beyond.body).toEqual({ results: [], total: 0, count: 0, pages: 1, page: 9, limit: 25 });
  });

  it.each([
    ["/stores/nowhere", 404],
    ["/stores/nowhere/children", 404],
    ["/stores/summaries?ids[]=north&ids[]=nowhere", 404],
    ["/stores/nowhere/available-products", 404],
    ["/stores/nowhere/products", 404],
    ["/stores/nowhere/replenish.json", 404],
    ["/stores/nowhere/replenish.csv", 404],
    ["/stores/nowhere/report.csv", 404],
    ["/stores/summaries", 400],
    ["/stores/north/children?page=0", 400],
    ["/stores/north/children?limit=101", 400],
    ["/stores/north/children?limit=x", 400],
    ["/stores/north/replenish.pdf", 400],
    ["/stores/north/report.json", 400],
    ["/stores/north/report.csv?currency=EURO", 400],
    ["/team/report.pdf", 400],
  ])("%s answers %i", async (path, status) => {
    await using server = await startServer();
    await furnish(server);
    const answer = await server.client.send("GET", path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ message: expect.any(String) });
  });
});

describe("stock items", () => {
  it("are created with a quantity, an adjustment at the product's cost, and told of", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const given = { productId: TEA, quantity: 42, minQuantity: 10, maxQuantity: 100 };
    const made = await client.createItem("a1", given);
    const row = {
      id: expect.any(String),
      name: "Tea",
      description: "Black",
      quantity: 42,
      min_quantity: 10,
      max_quantity: 100,
      qr_codes: ["QR-T"],
      image_url: "https://shop.example/t.jpg",
      image: { id: null, url: "https://shop.example/t.jpg" },
      node_id: "a1",
      unit_cost: { amount: "320", currency: "EUR" },
      part_number: "TEA-1",
    };
    expect({ status: made.status, body: made.body }).toEqual({ status: 201, body: row });
    for (const node of ["a1", "north"]) {
      expect((await client.available(node)).body).toEqual([made.body]);
      expect((await client.send("GET", `/stores/${node}/products`)).body).toEqual([made.body]);
    }
    expect((await client.available("shop")).body).toEqual([]);
    const { rows } = await server.run(server.ledger.transactions());
    expect(rows).toMatchObject([
      {
        actor: server.keyId,
        lines: [{ from: "@adjustment", to: "a1", quantity: 42, value: 13440 }],
      },
    ]);
  });

  it("of nothing are no movement, and start silently", async () => {
    await using server = await startServer();
    await furnish(server);
    const given = { productId: TEA, quantity: 0, minQuantity: 10, maxQuantity: 0 };
    expect((await server.client.createItem("a1", given)).status).toBe(201);
    const low = { productId: MUG, quantity: 3, minQuantity: 10, maxQuantity: 0 };
    expect((await server.client.createItem("a1", low)).status).toBe(201);
    const { rows } = await server.run(server.ledger.events({ limit: 1_000 }));
    const types = rows.map(({ type }) => type).filter((type) => /^(stock|threshold)/.test(type));
    expect(types).toEqual(["threshold.changed", "stock.moved", "threshold.changed"]);
    expect((await server.client.available("a1")).body).toMatchObject([
      { name: "Tea", quantity: 0 },
      { name: "Mug", quantity: 3 },
    ]);
  });

  it.each([
    ["no quantity", { quantity: undefined }, "quantity"],
    ["a quantity below 0", { quantity: -1 }, "quantity"],
    ["a quantity with a point", { quantity: 1.5 }, "quantity"],
    ["a quantity in digits", { quantity: "1" }, "quantity"],
    ["no minimum", { minQuantity: undefined }, "minQuantity"],
    ["a maximum below the minimum", { maxQuantity: 9 }, "maxQuantity"],
    ["a product there is not", { productId: "none" }, "productId"],
    ["no product", { productId: undefined }, "productId"],
  ])("are refused with %s", async (_, changes, field) => {
    await using server = await startServer();
    await furnish(server);
    const given = { productId: TEA, quantity: 1, minQuantity: 10, maxQuantity: 100, ...changes };
    const { status, body } = await server.client.createItem("a1", given);
    expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
      status: 400,
      fields: [field],
    });
    expect((await server.client.available("a1")).body).toEqual([]);
  });

  it("are refused at no node, and a second time", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const given = { productId: TEA, quantity: 1, minQuantity: 0, maxQuantity: 0 };
    expect((await client.createItem("nowhere", given)).status).toBe(404);
    const answers = await Promise.all(
      [1, 2, 3, 4].map((quantity) => client.createItem("a1", { ...given, quantity })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
    await server.submit(receive("a2", TEA, 1));
    expect(await client.createItem("a2", given)).toMatchObject({
      status: 409,
      body: { errors: [{ field: "productId" }] },
    });
  });

  it("are changed by the difference, and only where something differs", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const given = { quantity: 5, minQuantity: 2, maxQuantity: 9 };
    const { id } = (await client.createItem("a1", { productId: TEA, ...given })).body;
    const head = await server.run(server.ledger.head);
    expect((await client.changeItem(id, given)).status).toBe(200);
    expect(await server.run(server.ledger.head)).toBe(head);

    const more = await client.changeItem(id, { ...given, quantity: 12 });
    expect(more).toMatchObject({ status: 200, body: { id, quantity: 12, min_quantity: 2 } });
    const fewer = await client.changeItem(id, { quantity: 1, minQuantity: 0, maxQuantity: 0 });
    expect(fewer.body).toMatchObject({ quantity: 1, min_quantity: 0, max_quantity: 0 });
    const { rows } = await server.run(server.ledger.transactions({ order: "ascending" }));
    expect(rows.map(({ lines }) => lines)).toMatchObject([
      [{ from: "@adjustment", to: "a1", quantity: 5, value: 1600 }],
      [{ from: "@adjustment", to: "a1", quantity: 7, value: 2240 }],
      [{ from: "a1", to: "@adjustment", quantity: 11, value: 3520 }],
    ]);
    const kinds = await server.run(server.ledger.events({ after: head }));
    expect(kinds.rows.map(({ type }) => type)).toEqual([
      "stock.moved",
      "threshold.changed",
      "stock.moved",
    ]);
  });

  it("are set to what is asked for, whoever else writes", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const rule = { minQuantity: 0, maxQuantity: 0 };
    const { id } = (await client.createItem("a1", { productId: TEA, quantity: 1, ...rule })).body;
    const quantities = [7, 3, 9, 4, 12, 5];
    const answers = await Promise.all([
      ...quantities.map((quantity) => client.changeItem(id, { quantity, ...rule })),
      server.submit(receive("a1", TEA, 100)).then(() => ({ status: 200 })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const last = await client.changeItem(id, { quantity: 8, ...rule });
    expect(last.body.quantity).toBe(8);
    expect((await server.run(server.ledger.verify())).sound).toBe(true);
  });

  it("that are kept by lot change by what is kept without", async () => {
    await using server = await startServer();
    await furnish(server);
    const lines = [{ item: TEA, quantity: 4, lot: "L1" }];
    await server.submit({ type: "receive", location: "a1", lines });
    const { client } = server;
    const [{ id }] = (await client.available("a1")).body;
    const rule = { minQuantity: 0, maxQuantity: 0 };
    expect((await client.changeItem(id, { quantity: 10, ...rule })).body.quantity).toBe(10);
    expect((await client.changeItem(id, { quantity: 3, ...rule })).status).toBe(400);
    const stock = await server.run(server.ledger.stock({ item: TEA }));
    expect(stock.rows.map(({ lot, onHand }) => [lot, onHand])).toEqual(
      expect.arrayContaining([
        [null, 6],
        ["L1", 4],
      ]),
    );
  });

  it("of products that others have archived are not there", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    await server.submit(receive("a1", TEA, 1), issue("a1", TEA, 1));
    const [{ id }] = (await client.available("a1")).body;
    await server.submit({ type: "put-item", id: TEA, archived: true });
    expect((await client.available("a1")).body).toEqual([]);
    const given = { quantity: 1, minQuantity: 0, maxQuantity: 0 };
    expect((await client.changeItem(id, given)).status).toBe(404);
    expect((await client.createItem("a2", { productId: TEA, ...given })).status).toBe(400);
  });

  it("are not set below what is reserved of them", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 5), {
      type: "reserve",
      location: "a1",
      lines: [{ item: TEA, quantity: 3 }],
    });
    const { client } = server;
    const [{ id }] = (await client.available("a1")).body;
    const changed = await client.changeItem(id, { quantity: 2, minQuantity: 0, maxQuantity: 0 });
    expect({ status: changed.status, body: changed.body }).toEqual({
      status: 409,
      body: { message: `${TEA} at a1: wanted 3, available 2` },
    });
  });

  it("are shown as they are where others made them fractional", async () => {
    await using server = await startServer();
    await furnish(server);
    const oil = { type: "put-item", id: "OIL", name: "Oil", precision: 2, unit: "l" } as const;
    await server.submit(oil, receive("a1", "OIL", "2.25"));
    const { client } = server;
    const [row] = (await client.available("a1")).body;
    expect(row).toMatchObject({ quantity: 2.25, unit_cost: null, part_number: "OIL" });
    const changed = await client.changeItem(row.id, {
      quantity: 2,
      minQuantity: 0,
      maxQuantity: 0,
    });
    expect(changed.body.quantity).toBe(2);
  });

  it.each([["none"], ["bm9uZQpub3doZXJl"], ["%00"]])("there is none named %s", async (id) => {
    await using server = await startServer();
    const given = { quantity: 1, minQuantity: 0, maxQuantity: 0 };
    expect((await server.client.changeItem(id, given)).status).toBe(404);
  });
});

describe("replenishing", () => {
  it("tells what is below its minimum over the subtree, and how much is missing", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(
      receive("a1", TEA, 3),
      receive("a2", TEA, 2),
      receive("a2", MUG, 2),
      { type: "set-threshold", item: TEA, location: "north", minimum: 8, maximum: 20 },
      { type: "set-threshold", item: MUG, location: "a2", minimum: 6 },
      { type: "set-threshold", item: TEA, location: "a1", minimum: 3 },
      issue("a2", MUG, 1),
    );
    const { client } = server;
    const { body } = await client.replenish("north");
    expect(body).toMatchObject([
      {
        name: "Tea",
        node_id: "north",
        quantity: 5,
        max_quantity: 20,
        replenishment_quantity: 15,
        part_number: "TEA-1",
      },
      { name: "Mug", node_id: "a2", quantity: 1, min_quantity: 6, replenishment_quantity: 5 },
    ]);
    expect((await client.replenish("shop")).body).toEqual([]);
  });
});

describe("recalculating summaries", () => {
  it("finds nothing that differs in a sound store", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 3));
    const { client } = server;
    const whole = await client.recalculate("north");
    expect({ status: whole.status, body: whole.body }).toEqual({
      status: 200,
      body: { recalculated: 3, differences: [] },
    });
    expect((await client.recalculate("a1")).body.recalculated).toBe(1);
    expect((await client.recalculate("nowhere")).status).toBe(404);
  });
});
