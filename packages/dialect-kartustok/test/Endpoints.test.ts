/** Every endpoint of the guide over a socket, with each of its filters. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../../http/test/support/ManualClock.js";
import type { GuideClient, Query } from "./GuideClient.js";
import { CATALOGUE, MOVEMENTS } from "./support/Kopi.js";
import { type Served, serve } from "./support/Served.js";

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOBODY = "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4";

let served: Served;
let client: GuideClient;
/** IDs by code or name. */
const ids = new Map<string, string>();
const id = (name: string) => ids.get(name) as string;

beforeAll(async () => {
  served = await serve({
    clock: manualClock(Date.parse("2026-02-20T12:00:00Z")),
    settings: { timeZone: "Asia/Jakarta", currency: "IDR" },
  });
  client = served.client;
  await served.did(CATALOGUE);
  await served.did(MOVEMENTS);
  const named = [
    ...(await client.all("/items")),
    ...(await client.itemCategories()).body.data,
    ...(await client.locators()).body.data,
  ];
  for (const { id, code, name } of named) {
    ids.set(name, id);
    if (code) ids.set(code, id);
  }
});
afterAll(() => served[Symbol.asyncDispose]());

describe("GET /health", () => {
  it("says that all is well, and the time in the company's zone", async () => {
    const { status, body } = await client.health();
    expect([status, body]).toEqual([
      200,
      { status: "success", data: { ok: true, time: "2026-02-20T19:00:00.000+07:00" } },
    ]);
  });
});

describe("GET /meta/company", () => {
  it("tells the company of the host", async () => {
    const { status, body } = await client.company();
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "success",
      data: {
        id: expect.stringMatching(UUID_4),
        name: "Acme",
        slug: "acme",
        currency: "IDR",
        timezone: "Asia/Jakarta",
      },
    });
    expect((await client.company()).body).toEqual(body);
  });
});

describe("GET /items", () => {
  it("lists all items in pages of 20, the inactive ones too", async () => {
    const { status, body } = await client.items();
    expect(status).toBe(200);
    expect(body.meta).toEqual({ page: 1, per_page: 20, total: 5, total_pages: 1 });
    expect(body.data[0]).toEqual({
      id: expect.stringMatching(UUID_4),
      code: "BEANS",
      name: "Coffee beans",
      unit: "kg",
      category_id: id("Coffee"),
      is_active: true,
      updated_at: "2026-02-20T19:00:00.000+07:00",
    });
    expect(body.data.map(({ code }: { code: string }) => code)).toEqual([
      "BEANS",
      "TEA",
      "CUP_12",
      "LID-12",
      "GONE",
    ]);
    expect(body.data[3].category_id).toBeNull();
    expect(body.data[4].is_active).toBe(false);
  });

  it.each<[what: string, filters: Query | (() => Query), codes: readonly string[]]>([
    ["part of a name", { q: "coffee" }, ["BEANS", "GONE"]],
    ["part of a code", { q: "id-1" }, ["LID-12"]],
    ["either case", { q: "ÄRGER" }, ["LID-12"]],
    ["a percent sign as it is", { q: "%" }, ["TEA"]],
    ["an underscore as it is", { q: "_" }, ["CUP_12"]],
    ["nothing in particular", { q: "" }, ["BEANS", "TEA", "CUP_12", "LID-12", "GONE"]],
    ["what there is not", { q: "cocoa" }, []],
    ["true", { is_active: true }, ["BEANS", "TEA", "CUP_12", "LID-12"]],
    ["1", { is_active: 1 }, ["BEANS", "TEA", "CUP_12", "LID-12"]],
    ["false", { is_active: false }, ["GONE"]],
    ["0", { is_active: 0 }, ["GONE"]],
    ["a category", () => ({ category_id: id("Coffee") }), ["BEANS", "GONE"]],
    ["a category of others", () => ({ category_id: id("Drinks") }), ["BEANS", "TEA", "GONE"]],
    ["its ID in capitals", () => ({ category_id: id("Paper").toUpperCase() }), ["CUP_12"]],
    ["no category there is", { category_id: NOBODY }, []],
    ["what is no category", () => ({ category_id: id("BEANS") }), []],
    ["all together", () => ({ q: "COFFEE", is_active: "1", category_id: id("Drinks") }), ["BEANS"]],
  ])("filters by %s", async (_what, filters, codes) => {
    const { status, body } = await client.items(
      typeof filters === "function" ? filters() : filters,
    );
    expect(status).toBe(200);
    expect(body.data.map(({ code }: { code: string }) => code)).toEqual(codes);
    expect(body.meta.total).toBe(codes.length);
    expect(body.meta.total_pages).toBe(codes.length === 0 ? 0 : 1);
  });

  it("comes in pages of any size, and is empty past the end", async () => {
    const page = (number: number) => client.items({ page: number, per_page: 2 });
    const pages = [await page(1), await page(2), await page(3), await page(4)];
    expect(pages.map(({ body }) => body.data.length)).toEqual([2, 2, 1, 0]);
    expect(pages.map(({ body }) => body.meta)).toEqual(
      [1, 2, 3, 4].map((number) => ({ page: number, per_page: 2, total: 5, total_pages: 3 })),
    );
    const far = await client.items({ page: 90_071_992_547_409, per_page: 100 });
    expect([far.status, far.body.data]).toEqual([200, []]);
  });

  it("tells when an item was last changed, and by that alone", async () => {
    const clock = manualClock(Date.parse("2026-02-20T00:00:00Z"));
    await using own = await serve({ clock });
    const updated = async () => (await own.client.items()).body.data[0].updated_at;
    await own.did([
      { type: "put-item", sku: "A" },
      { type: "put-location", id: "shop" },
    ]);
    expect(await updated()).toBe("2026-02-20T00:00:00.000+00:00");
    clock.advance(60_000);
    const lines = [{ item: "A", quantity: 1 }];
    await own.did([{ type: "receive", location: "shop", lines }]);
    expect(await updated()).toBe("2026-02-20T00:00:00.000+00:00");
    await own.did([{ type: "put-item", id: "A", name: "Apple" }]);
    expect(await updated()).toBe("2026-02-20T00:01:00.000+00:00");
  });
});

describe("GET /items/{id}", () => {
  it("gives the item as it is in the list", async () => {
    const { body: list } = await client.items();
    for (const item of list.data) {
      const { status, body } = await client.item(item.id);
      expect([status, body]).toEqual([200, { status: "success", data: item }]);
    }
    const { body } = await client.item(list.data[0].id.toUpperCase());
    expect(body.data).toEqual(list.data[0]);
  });

  it.each([
    ["an ID of nothing", NOBODY, "Resource not found"],
    ["the engine's own id", "beans", "Invalid public ID"],
    ["a number", "1", "Invalid public ID"],
    ["something else", "%27%20or%201=1", "Invalid public ID"],
  ])("answers 404 to %s", async (_what, path, message) => {
    const { status, body } = await client.item(path);
    expect([status, body]).toEqual([404, { status: "error", message }]);
  });

  it("answers 404 to the ID of another thing, and takes no parameters", async () => {
    expect((await client.item(id("Coffee"))).status).toBe(404);
    const { status, body } = await client.get(`/items/${id("BEANS")}`, { page: 1 });
    expect([status, body.errors]).toEqual([422, { page: ["is not known here"] }]);
  });
});

describe("GET /item-categories", () => {
  it("gives all of them, each with its parent", async () => {
    const { status, body } = await client.itemCategories();
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(["status", "data"]);
    expect(body.data).toHaveLength(3);
    expect(body.data).toEqual(
      expect.arrayContaining([
        { id: id("Drinks"), name: "Drinks", parent_id: null },
        { id: id("Coffee"), name: "Coffee", parent_id: id("Drinks") },
        { id: id("Paper"), name: "Paper", parent_id: null },
      ]),
    );
  });
});

describe("GET /locators", () => {
  it("gives all of them, the inactive ones too, and none of the virtual ones", async () => {
    const { status, body } = await client.locators();
    expect([status, body]).toEqual([
      200,
      {
        status: "success",
        data: [
          { id: id("JKT"), code: "JKT", name: "Jakarta", type: "warehouse", is_active: true },
          { id: id("Store room"), code: null, name: "Store room", type: "shelf", is_active: true },
          {
            id: id("OLD"),
            code: "OLD",
            name: "Old town",
            type: expect.any(String),
            is_active: false,
          },
        ],
      },
    ]);
  });
});

interface SummaryRow {
  readonly item_code: string;
  readonly locator_name: string;
  readonly opening: number;
  readonly in: number;
  readonly out: number;
  readonly closing: number;
}

const figures = (rows: readonly SummaryRow[]) =>
  rows.map((row) => [row.item_code, row.locator_name, row.opening, row.in, row.out, row.closing]);

describe("GET /stock/summary", () => {
  it("tells everything from the beginning until now, in pages of 50", async () => {
    const { status, body } = await client.stockSummary();
    expect(status).toBe(200);
    expect(body.meta).toEqual({ page: 1, per_page: 50, total: 3, total_pages: 1 });
    expect(body.data[0]).toEqual({
      item_id: id("BEANS"),
      item_code: "BEANS",
      item_name: "Coffee beans",
      locator_id: id("JKT"),
      locator_name: "Jakarta",
      unit: "kg",
      opening: 0,
      in: 21.5,
      out: 9.25,
      closing: 12.25,
    });
    expect(figures(body.data)).toEqual([
      ["BEANS", "Jakarta", 0, 21.5, 9.25, 12.25],
      ["BEANS", "Store room", 0, 5, 0, 5],
      ["CUP_12", "Jakarta", 0, 100, 3, 97],
    ]);
  });

  // 15:00 and 09:00 by UTC are of the same days in Jakarta.
  it.each<[what: string, filters: Query | (() => Query), rows: readonly unknown[]]>([
    [
      "the first day",
      { date_from: "2026-02-10", date_to: "2026-02-10" },
      [
        ["BEANS", "Jakarta", 0, 20.5, 5, 15.5],
        ["BEANS", "Store room", 0, 5, 0, 5],
        ["CUP_12", "Jakarta", 0, 100, 0, 100],
      ],
    ],
    [
      "the second day on",
      { date_from: "2026-02-11" },
      [
        ["BEANS", "Jakarta", 15.5, 1, 4.25, 12.25],
        ["BEANS", "Store room", 5, 0, 0, 5],
        ["CUP_12", "Jakarta", 100, 0, 3, 97],
      ],
    ],
    ["the time before", { date_to: "2026-02-09" }, []],
    [
      "a day to come",
      { date_from: "2027-01-01" },
      [
        ["BEANS", "Jakarta", 12.25, 0, 0, 12.25],
        ["BEANS", "Store room", 5, 0, 0, 5],
        ["CUP_12", "Jakarta", 97, 0, 0, 97],
      ],
    ],
    ["the last day there is", { date_from: "2999-12-31", date_to: "2999-12-31", page: 2 }, []],
    [
      "a warehouse alone, without what is below it",
      () => ({ locator_id: id("JKT") }),
      [
        ["BEANS", "Jakarta", 0, 21.5, 9.25, 12.25],
        ["CUP_12", "Jakarta", 0, 100, 3, 97],
      ],
    ],
    ["an item", () => ({ item_id: id("CUP_12") }), [["CUP_12", "Jakarta", 0, 100, 3, 97]]],
    ["an item that has not moved", () => ({ item_id: id("TEA") }), []],
    [
      "a category with those below it",
      () => ({ category_id: id("Drinks") }),
      [
        ["BEANS", "Jakarta", 0, 21.5, 9.25, 12.25],
        ["BEANS", "Store room", 0, 5, 0, 5],
      ],
    ],
    [
      "all of these",
      () => ({
        category_id: id("Drinks"),
        item_id: id("BEANS"),
        locator_id: id("Store room"),
        date_to: "2026-02-10",
      }),
      [["BEANS", "Store room", 0, 5, 0, 5]],
    ],
    ["no warehouse there is", { locator_id: NOBODY }, []],
    ["no item there is", { item_id: NOBODY }, []],
    ["no category there is", { category_id: NOBODY }, []],
  ])("tells of %s", async (_what, filters, rows) => {
    const asked = typeof filters === "function" ? filters() : filters;
    const { status, body } = await client.stockSummary(asked);
    expect(status).toBe(200);
    expect(figures(body.data)).toEqual(rows);
  });

  it("comes in pages", async () => {
    const rows = await client.all("/stock/summary", { per_page: 1 });
    expect(rows).toEqual((await client.stockSummary()).body.data);
  });
});

interface DetailRow {
  readonly item_code: string;
  readonly transaction_type: string;
  readonly in: number;
  readonly out: number;
  readonly balance: number;
}

const card = (rows: readonly DetailRow[]) =>
  rows.map((row) => [row.item_code, row.transaction_type, row.in, row.out, row.balance]);

describe("GET /stock/detail", () => {
  it("is the card of a warehouse, in pages of 50", async () => {
    const { status, body } = await client.stockDetail({ locator_id: id("JKT") });
    expect(status).toBe(200);
    expect(body.meta).toEqual({ page: 1, per_page: 50, total: 6, total_pages: 1 });
    expect(body.data[0]).toEqual({
      time: "2026-02-10T19:00:00.000+07:00",
      item_id: id("BEANS"),
      item_code: "BEANS",
      transaction_type: "input",
      reference: "PO-1",
      note: "First delivery",
      in: 20.5,
      out: 0,
      balance: 20.5,
    });
    expect(card(body.data)).toEqual([
      ["BEANS", "input", 20.5, 0, 20.5],
      ["CUP_12", "input", 100, 0, 100],
      ["BEANS", "transfer_out", 0, 5, 15.5],
      ["BEANS", "output", 0, 4.25, 11.25],
      ["CUP_12", "adjust", 0, 3, 97],
      ["BEANS", "adjust", 1, 0, 12.25],
    ]);
    expect(body.data[3]).toMatchObject({ reference: null, note: null });
  });

  it.each<[what: string, filters: () => Query, rows: readonly unknown[]]>([
    [
      "where goods were moved to",
      () => ({ locator_id: id("Store room") }),
      [["BEANS", "transfer_in", 5, 0, 5]],
    ],
    ["where nothing has been", () => ({ locator_id: id("OLD") }), []],
    ["no warehouse there is", () => ({ locator_id: NOBODY }), []],
    [
      "an item",
      () => ({ locator_id: id("JKT"), item_id: id("CUP_12") }),
      [
        ["CUP_12", "input", 100, 0, 100],
        ["CUP_12", "adjust", 0, 3, 97],
      ],
    ],
    ["no item there is", () => ({ locator_id: id("JKT"), item_id: NOBODY }), []],
    [
      "input",
      () => ({ locator_id: id("JKT"), transaction_type: "input" }),
      [
        ["BEANS", "input", 20.5, 0, 20.5],
        ["CUP_12", "input", 100, 0, 100],
      ],
    ],
    [
      "output",
      () => ({ locator_id: id("JKT"), transaction_type: "output" }),
      [["BEANS", "output", 0, 4.25, 11.25]],
    ],
    [
      "transfer_out",
      () => ({ locator_id: id("JKT"), transaction_type: "transfer_out" }),
      [["BEANS", "transfer_out", 0, 5, 15.5]],
    ],
    ["transfer_in", () => ({ locator_id: id("JKT"), transaction_type: "transfer_in" }), []],
    [
      "adjust",
      () => ({ locator_id: id("JKT"), transaction_type: "adjust" }),
      [
        ["CUP_12", "adjust", 0, 3, 97],
        ["BEANS", "adjust", 1, 0, 12.25],
      ],
    ],
    [
      "a day",
      () => ({ locator_id: id("JKT"), date_from: "2026-02-11", date_to: "2026-02-11" }),
      [
        ["BEANS", "output", 0, 4.25, 11.25],
        ["CUP_12", "adjust", 0, 3, 97],
        ["BEANS", "adjust", 1, 0, 12.25],
      ],
    ],
    [
      "all of these, on the second page",
      () => ({
        locator_id: id("JKT"),
        item_id: id("BEANS"),
        date_from: "2026-02-10",
        date_to: "2026-02-11",
        per_page: 3,
        page: 2,
      }),
      [["BEANS", "adjust", 1, 0, 12.25]],
    ],
  ])("tells of %s", async (_what, filters, rows) => {
    const { status, body } = await client.stockDetail(filters());
    expect(status).toBe(200);
    expect(card(body.data)).toEqual(rows);
  });
});

describe("lists", () => {
  it.each(["/items", "/item-categories", "/locators", "/stock/summary", "/stock/detail"])(
    "%s carry an ETag by what is in them, and 304 answers to who has it",
    async (path) => {
      const query: Query = path === "/stock/detail" ? { locator_id: id("JKT") } : {};
      const first = await client.get(path, query);
      const etag = first.headers.get("etag") as string;
      expect(etag).toMatch(/^(W\/)?"[^"]+"$/);
      const headers = { "if-none-match": etag };
      const again = await client.get(path, query, { headers });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
      const weak = { "if-none-match": `"other", W/${etag}` };
      expect((await client.get(path, query, { headers: weak })).status).toBe(304);
      const other = { "if-none-match": '"other"' };
      expect((await client.get(path, query, { headers: other })).status).toBe(200);
    },
  );

  it("have another ETag once they have changed, and on another page", async () => {
    await using own = await serve();
    await own.did([{ type: "put-item", sku: "A" }]);
    const etagOf = async (query: Query) => (await own.client.items(query)).headers.get("etag");
    const before = await etagOf({});
    expect(await etagOf({ page: 2 })).not.toBe(before);
    await own.did([{ type: "put-item", id: "A", name: "Apple" }]);
    expect(await etagOf({})).not.toBe(before);
  });
});
