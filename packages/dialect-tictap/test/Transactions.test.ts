import type { Command } from "@stockbook/core";
import { describe, expect, it } from "vitest";
import { furnish, issue, MUG, receive, TEA } from "./support/Shop.js";
import { startServer, type TestServer } from "./support/TestServer.js";

const at = (text: string) => Date.parse(text);

/** What happened in spring: goods came in, were moved, went out, were counted and set aside. */
const SPRING: readonly Command[] = [
  {
    type: "receive",
    location: "a1",
    occurredAt: at("2026-03-01T10:00:00Z"),
    reference: "PO-1001",
    reason: "Weekly order",
    note: "Two boxes",
    actor: "anna",
    lines: [
      { item: TEA, quantity: 10 },
      { item: MUG, quantity: 3 },
    ],
  },
  {
    type: "transfer",
    from: "a1",
    to: "shop",
    occurredAt: at("2026-03-02T10:00:00Z"),
    reference: "TR_1",
    lines: [{ item: TEA, quantity: 4 }],
  },
  {
    type: "transfer",
    from: "a1",
    to: "a2",
    occurredAt: at("2026-03-03T10:00:00Z"),
    lines: [{ item: TEA, quantity: 1 }],
  },
  {
    type: "issue",
    location: "shop",
    occurredAt: at("2026-03-03T23:30:00Z"),
    actor: "ben",
    lines: [{ item: TEA, quantity: 2 }],
  },
  {
    type: "adjust",
    location: "a1",
    occurredAt: at("2026-03-05T10:00:00Z"),
    reason: "Broken",
    lines: [{ item: MUG, quantity: -1 }],
  },
  { type: "reserve", location: "a1", lines: [{ item: TEA, quantity: 1 }] },
];

async function withSpring(server: TestServer): Promise<void> {
  await furnish(server);
  await server.submit(...SPRING);
}

const berlin = {
  settings: { timeZone: "Europe/Berlin", currency: "EUR", negativePolicy: "deny" },
} as const;

/** The ids of transactions begin after the locations and products. */
const idsOf = (body: { readonly results: readonly { readonly id: string }[] }) =>
  body.results.map(({ id }) => Number(id));

describe("transactions", () => {
  it("tell what was moved, from where to where, why, by whom and at what cost", async () => {
    await using server = await startServer({ organisation: berlin });
    await withSpring(server);
    const { body, status } = await server.client.transactions({ destination_store: "north" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 2, count: 2, pages: 1, page: 1, limit: 25 });
    const [moved, received] = body.results;
    expect(received).toEqual({
      id: expect.stringMatching(/^\d+$/),
      date_time: "2026-03-01T11:00:00+01:00",
      applied: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
      comments: "Two boxes",
      reason: "Weekly order",
      order_number: "PO-1001",
      user_id: "anna",
      movement: {
        type: "input",
        origin: null,
        destination: "Shelf A1",
        origin_id: null,
        destination_id: "a1",
      },
      lines: [
        {
          product_id: TEA,
          product_name: "Tea",
          quantity: 10,
          product_unit_cost: { amount: "320", currency: "EUR" },
          line_cost: { amount: "3200", currency: "EUR" },
        },
        {
          product_id: MUG,
          product_name: "Mug",
          quantity: 3,
          product_unit_cost: { amount: "500", currency: "USD" },
          line_cost: { amount: "1500", currency: "USD" },
        },
      ],
    });
    expect(moved).toMatchObject({
      comments: null,
      reason: null,
      order_number: null,
      user_id: null,
      movement: { type: "transfer", origin: "Shelf A1", destination: "Shelf A2" },
    });
  });

  it("have the store as origin where an adjustment takes away, and never fall below 0", async () => {
    await using server = await startServer();
    await withSpring(server);
    const query = { origin_store: "north", movement_type: "adjust" };
    const { body } = await server.client.transactions(query);
    expect(body.results).toMatchObject([
      {
        movement: { type: "adjust", origin_id: "a1", destination_id: null },
        lines: [{ quantity: 1, line_cost: { amount: "500", currency: "USD" } }],
      },
    ]);
    const added = await server.client.transactions({
      destination_store: "north",
      movement_type: "adjust",
    });
    expect(added.body.total).toBe(0);
  });

  it("name no place where their lines have different ones", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(receive("a1", TEA, 2), {
      type: "adjust",
      location: "a1",
      lines: [
        { item: TEA, quantity: -1 },
        { item: MUG, quantity: 1 },
      ],
    });
    const { body } = await server.client.transactions({ origin_store: "north" });
    expect(body.results).toMatchObject([
      {
        movement: {
          type: "adjust",
          origin: null,
          destination: null,
          origin_id: null,
          destination_id: null,
        },
        lines: [{ product_id: TEA }, { product_id: MUG }],
      },
    ]);
  });

  it.each([
    [{ origin_store: "north" }, [4, 2, 1]],
    [{ destination_store: "north" }, [2, 0]],
    [{ origin_store: "north", destination_store: "shop" }, [1]],
    [{ origin_store: "north", destination_store: "north" }, [2]],
    [{ origin_store: "north", origin_node: "a2" }, []],
    [{ origin_store: "north", destination_node: "a2" }, [2]],
    [{ destination_store: "north", destination_node: "a1" }, [0]],
    [{ origin_store: "north", product_id: MUG }, [4]],
    [{ origin_store: "north", quantity: 4 }, [1]],
    [{ origin_store: "north", quantity: "4.00" }, [1]],
    [{ destination_store: "north", order_number: "o-10" }, [0]],
    [{ origin_store: "north", order_number: "_" }, [1]],
    [{ origin_store: "north", order_number: "%" }, []],
    [{ origin_store: "north", reason: "BROK" }, [4]],
    [{ destination_store: "north", user_id: "anna" }, [0]],
    [{ destination_store: "north", user_id: "ann" }, []],
    [{ origin_store: "north", movement_type: "transfer" }, [2, 1]],
    [{ origin_store: "north", movement_type: "input" }, []],
    [{ origin_store: "north", from_date: "2026-03-02 10:00:00" }, [4, 2, 1]],
    [{ origin_store: "north", from_date: "2026-03-02 10:00:01" }, [4, 2]],
    [{ origin_store: "north", to_date: "2026-03-02 10:00:00" }, [1]],
    [{ origin_store: "north", to_date: "2026-03-02 09:59:59" }, []],
    [{ origin_store: "north", page: 2, limit: 2 }, [1]],
  ])("are filtered by %j", async (query, expected) => {
    await using server = await startServer();
    await furnish(server);
    const made = await server.submit(...SPRING);
    const first = made[0]?.sequence ?? 0;
    const { status, body } = await server.client.transactions(query);
    expect(status).toBe(200);
    expect(idsOf(body).map((id) => id - first)).toEqual(expected);
  });

  it.each([
    [{}, "origin_store"],
    [{ origin_node: "a1" }, "origin_store"],
    [{ origin_store: "north", from_date: "2026-02-30 00:00:00" }, "from_date"],
    [{ origin_store: "north", to_date: "yesterday" }, "to_date"],
    [
      { origin_store: "north", from_date: "2026-03-02 00:00:00", to_date: "2026-03-01 00:00:00" },
      "from_date",
    ],
    [{ origin_store: "north", movement_type: "count" }, "movement_type"],
    [{ origin_store: "north", quantity: "many" }, "quantity"],
    [{ origin_store: "north", page: 0 }, "page"],
    [{ origin_store: "north", limit: 101 }, "limit"],
    [{ origin_store: "north", colour: "red" }, "colour"],
  ])("are refused with %j", async (query, field) => {
    await using server = await startServer();
    await furnish(server);
    const { status, body } = await server.client.transactions(query);
    expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({
      status: 400,
      fields: [field],
    });
  });

  it("are not found where a store, a node or a product is not", async () => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    const queries = [
      { origin_store: "nowhere" },
      { destination_store: "nowhere" },
      { origin_store: "north", origin_node: "nowhere" },
      { origin_store: "north", product_id: "none" },
    ];
    for (const query of queries) {
      for (const format of ["json", "csv", "xlsx"]) {
        const { status } = await client.transactions(query, format);
        expect(status, `${format} ${JSON.stringify(query)}`).toBe(404);
      }
    }
    const refused = await client.transactions({ origin_store: "north" }, "pdf");
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual([
      { field: "format", message: 'must be one of "json", "csv", "xlsx", not "pdf"' },
    ]);
  });
});

const nothing = { transactions: 0, lines: 0, quantity: 0, cost: [] };

describe("what transactions came to", () => {
  it("is told by type; a transfer inside a store counts once", async () => {
    await using server = await startServer({ organisation: berlin });
    await withSpring(server);
    const query = { store: "north", from: "2026-03-01 00:00:00", to: "2026-03-31 23:59:59" };
    const { status, body } = await server.client.transactionSummary(query);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        store: "north",
        from: "2026-03-01T00:00:00+01:00",
        to: "2026-03-31T23:59:59+02:00",
        types: {
          input: {
            transactions: 1,
            lines: 2,
            quantity: 13,
            cost: [
              { amount: "3200", currency: "EUR" },
              { amount: "1500", currency: "USD" },
            ],
          },
          output: nothing,
          transfer: {
            transactions: 2,
            lines: 2,
            quantity: 5,
            cost: [{ amount: "1600", currency: "EUR" }],
          },
          adjust: {
            transactions: 1,
            lines: 1,
            quantity: 1,
            cost: [{ amount: "500", currency: "USD" }],
          },
        },
      },
    });
  });

  it("is told day by day, by the organisation's days, empty ones included", async () => {
    await using server = await startServer({ organisation: berlin });
    await withSpring(server);
    const { status, body } = await server.client.dailyStats({
      "stores[]": ["shop", "north"],
      from: "2026-03-02 00:00:00",
      to: "2026-03-04 23:59:59",
    });
    expect(status).toBe(200);
    const rows = body.results as readonly {
      readonly store: string;
      readonly date: string;
      readonly types: Readonly<Record<string, typeof nothing>>;
    }[];
    expect(
      rows.map(({ store, date, types }) => [
        store,
        date,
        types.transfer?.lines,
        types.output?.lines,
      ]),
    ).toEqual([
      ["shop", "2026-03-02", 1, 0],
      ["shop", "2026-03-03", 0, 0],
      // Half past eleven at night in UTC is the next day in Berlin.
      ["shop", "2026-03-04", 0, 1],
      ["north", "2026-03-02", 1, 0],
      ["north", "2026-03-03", 1, 0],
      ["north", "2026-03-04", 0, 0],
    ]);
    expect(rows[1]?.types).toEqual({
      input: nothing,
      output: nothing,
      transfer: nothing,
      adjust: nothing,
    });
  });

  it("agrees with the transactions, with the days and with the stock", async () => {
    await using server = await startServer();
    await withSpring(server);
    const { client } = server;
    const range = { from: "2026-03-01 00:00:00", to: "2026-03-31 23:59:59" };
    for (const store of ["north", "shop", "a1", "a2"]) {
      const { types } = (await client.transactionSummary({ store, ...range })).body;
      const days = (await client.dailyStats({ "stores[]": [store], ...range })).body.results;
      expect(days).toHaveLength(31);
      const out = (await client.transactions({ origin_store: store, limit: 100 })).body.results;
      const into = (await client.transactions({ destination_store: store, limit: 100 })).body
        .results;
      const all = new Map([...out, ...into].map((row) => [row.id, row]));
      for (const type of ["input", "output", "transfer", "adjust"]) {
        const listed = [...all.values()].filter(({ movement }) => movement.type === type);
        expect(types[type].transactions, `${store} ${type}`).toBe(listed.length);
        for (const figure of ["transactions", "lines", "quantity"]) {
          const sum = days.reduce(
            (total: number, day: { types: Record<string, Record<string, number>> }) =>
              total + (day.types[type]?.[figure] ?? 0),
            0,
          );
          expect(sum, `${store} ${type} ${figure}`).toBe(types[type][figure]);
        }
      }
      const quantityOf = (rows: readonly { lines: readonly { quantity: number }[] }[]) =>
        rows.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
      const { total_quantity } = (await client.node(store)).body;
      expect(total_quantity, store).toBe(quantityOf(into) - quantityOf(out));
    }
  });

  it.each([
    [{ from: "2026-03-01 00:00:00", to: "2026-03-02 00:00:00" }, 400],
    [{ store: "north", from: "2026-03-01 00:00:00" }, 400],
    [{ store: "north", from: "2026-03-01", to: "2026-03-02 00:00:00" }, 400],
    [{ store: "north", from: "2026-03-02 00:00:00", to: "2026-03-01 00:00:00" }, 400],
    [{ store: "nowhere", from: "2026-03-01 00:00:00", to: "2026-03-01 00:00:00" }, 404],
  ])("is refused with %j as %i", async (query, status) => {
    await using server = await startServer();
    await furnish(server);
    const { client } = server;
    expect((await client.transactionSummary(query)).status).toBe(status);
    const { store, ...range } = { store: undefined, ...query };
    const daily = store === undefined ? range : { "stores[]": [store], ...range };
    expect((await client.dailyStats(daily)).status).toBe(status);
  });
});

describe("files", () => {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).split("\r\n").slice(0, -1);

  it("hold all transactions that match, one line of each a row", async () => {
    await using server = await startServer();
    await withSpring(server);
    const { client } = server;
    const csv = await client.transactions({ destination_store: "north", limit: 1 }, "csv");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="transactions.csv"');
    const [headings, ...rows] = text(csv.bytes);
    expect(headings).toBe(
      "id,date_time,applied,type,origin_id,origin,destination_id,destination,order_number,reason,comments,user_id,product_id,product_name,quantity,product_unit_cost,line_cost,currency",
    );
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain(
      `a1,Shelf A1,PO-1001,Weekly order,Two boxes,anna,${TEA},Tea,10,320,3200,EUR`,
    );
  });

  it("are workbooks with their own type, or CSV where that is the setting", async () => {
    await using server = await startServer();
    await withSpring(server);
    const xlsx = await server.client.transactions({ origin_store: "north" }, "xlsx");
    expect(xlsx.headers.get("content-type")).toBe(
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    expect([...xlsx.bytes.subarray(0, 2)]).toEqual([0x50, 0x4b]);
    const options = { "tictap.xlsxAsCsv": "true" };
    await using old = await startServer({ organisation: { options } });
    await withSpring(old);
    const csv = await old.client.transactions({ origin_store: "north" }, "xlsx");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(text(csv.bytes)).toHaveLength(4);
  });

  it("run no formula", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit({ ...receive("a1", TEA, 1), reason: "=1+1", note: "@x" } as Command);
    const csv = await server.client.transactions({ destination_store: "north" }, "csv");
    expect(text(csv.bytes)[1]).toContain(",'=1+1,'@x,");
  });

  it("tell what is to be replenished", async () => {
    await using server = await startServer();
    await furnish(server);
    await server.submit(
      receive("a1", TEA, 2),
      { type: "set-threshold", item: TEA, location: "north", minimum: 8, maximum: 20 },
      issue("a1", TEA, 1),
    );
    const csv = await server.client.replenish("north", "csv");
    expect(text(csv.bytes).slice(1)).toEqual([
      expect.stringMatching(/,Tea,TEA-1,north,Warehouse North,1,8,20,19,320,EUR$/),
    ]);
  });

  it("report a store, a row for each product over its subtree", async () => {
    await using server = await startServer();
    await withSpring(server);
    const { client } = server;
    const report = await client.storeReport("north", "csv");
    expect(text(report.bytes)).toEqual([
      "product_id,part_number,name,unit,quantity,unit_cost,value,currency",
      `${TEA},TEA-1,Tea,piece,6,320,1920,EUR`,
      `${MUG},,Mug,piece,2,,,`,
    ]);
    const dollars = await client.storeReport("north", "csv", { currency: "USD" });
    expect(text(dollars.bytes).slice(1)).toEqual([
      `${TEA},TEA-1,Tea,piece,6,,,`,
      `${MUG},,Mug,piece,2,500,1000,USD`,
    ]);
    expect((await client.storeReport("north", "csv", { currency: "euro" })).status).toBe(400);
    const team = await client.teamReport("csv");
    expect(text(team.bytes)).toEqual([
      "store_id,store,product_id,part_number,name,unit,quantity,unit_cost,value,currency",
      `shop,Shop,${TEA},TEA-1,Tea,piece,2,320,640,EUR`,
      `north,Warehouse North,${TEA},TEA-1,Tea,piece,6,320,1920,EUR`,
      `north,Warehouse North,${MUG},,Mug,piece,2,,,`,
    ]);
  });
});
