/** Parameters that are wrong: each is told under its name, and all of them at once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GuideClient, Query } from "./GuideClient.js";
import { type Served, serve } from "./support/Served.js";

const SOME = "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4";

let served: Served;
let client: GuideClient;
beforeAll(async () => {
  // Each is a request of its own.
  served = await serve();
});
afterAll(() => served[Symbol.asyncDispose]());

/** A token for each test: together they ask more often than one may. */
const fresh = async () => {
  client = await served.clientWith({});
  return client;
};

const RANGE_PAGE = "a whole number from 1 to 90071992547409";
const RANGE_SIZE = "a whole number from 1 to 100";
const DAY = "a day such as 2026-03-01, from 1900 to 2999";
const ID = "an ID as this API gives it";

describe("a parameter that is wrong", () => {
  it.each<[path: string, query: Query, message: string]>([
    ...["0", "-1", "1.5", "x", "", "1e1", " 1", "99999999999999999999"].flatMap((text) =>
      ["/items", "/stock/summary", "/stock/detail"].map((path): [string, Query, string] => [
        path,
        { page: text },
        `must be ${RANGE_PAGE}`,
      ]),
    ),
    ...["0", "101", "-5", "ten", ""].flatMap((text) =>
      ["/items", "/stock/summary", "/stock/detail"].map((path): [string, Query, string] => [
        path,
        { per_page: text },
        `must be ${RANGE_SIZE}`,
      ]),
    ),
    ...["yes", "TRUE", "2", "", "null"].map((text): [string, Query, string] => [
      "/items",
      { is_active: text },
      "must be true, false, 1 or 0",
    ]),
    ...["1", "coffee", "", "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d"].flatMap(
      (text): [string, Query, string][] => [
        ["/items", { category_id: text }, `must be ${ID}`],
        ["/stock/summary", { category_id: text }, `must be ${ID}`],
        ["/stock/summary", { item_id: text }, `must be ${ID}`],
        ["/stock/summary", { locator_id: text }, `must be ${ID}`],
        ["/stock/detail", { item_id: text }, `must be ${ID}`],
      ],
    ),
    ...["2026-02-30", "01/02/2026", "today", "", "2026-02-01T00:00:00Z", "1899-12-31"].flatMap(
      (text): [string, Query, string][] => [
        ["/stock/summary", { date_from: text }, `must be ${DAY}`],
        ["/stock/summary", { date_to: text }, `must be ${DAY}`],
        ["/stock/detail", { date_from: text }, `must be ${DAY}`],
        ["/stock/detail", { date_to: text }, `must be ${DAY}`],
      ],
    ),
    ...["count", "Input", "transfer", ""].map((text): [string, Query, string] => [
      "/stock/detail",
      { transaction_type: text },
      "must be one of input, output, transfer_in, transfer_out, adjust",
    ]),
    ["/items", { q: "x".repeat(201) }, "must be"],
    ["/items", { colour: "red" }, "is not known here"],
    ["/health", { page: "1" }, "is not known here"],
    ["/meta/company", { page: "1" }, "is not known here"],
    ["/item-categories", { page: "1" }, "is not known here"],
    ["/locators", { per_page: "5" }, "is not known here"],
  ])("%s %j: %s", async (path, query, message) => {
    const needed = path === "/stock/detail" ? { locator_id: SOME } : {};
    const { status, body } = await (await fresh()).get(path, { ...needed, ...query });
    expect(status).toBe(422);
    expect(body).toEqual({
      status: "error",
      message: "Invalid parameters",
      errors: { [Object.keys(query)[0] as string]: [expect.stringContaining(message)] },
    });
  });

  it("is told together with all others", async () => {
    const { status, body } = await (await fresh()).stockDetail({
      page: 0,
      per_page: 101,
      date_from: "soon",
      date_to: "later",
      item_id: "x",
      transaction_type: "gift",
      colour: "red",
    });
    expect(status).toBe(422);
    expect(Object.keys(body.errors).toSorted()).toEqual([
      "colour",
      "date_from",
      "date_to",
      "item_id",
      "locator_id",
      "page",
      "per_page",
      "transaction_type",
    ]);
    expect(body.errors.locator_id).toEqual(["is missing"]);
  });

  it.each(["/stock/summary", "/stock/detail"])(
    "of %s is a first day after the last one",
    async (path) => {
      const query = { locator_id: SOME, date_from: "2026-03-02", date_to: "2026-03-01" };
      const { status, body } = await (await fresh()).get(path, query);
      expect([status, body.errors]).toEqual([422, { date_from: ["must not be after date_to"] }]);
      const same = { ...query, date_to: "2026-03-02" };
      expect((await client.get(path, same)).status).toBe(200);
    },
  );

  it("is one that is given twice", async () => {
    const { status, body } = await (await fresh()).send("/public/v1/items?page=1&page=2");
    expect([status, Object.keys(body.errors)]).toEqual([422, ["page"]]);
  });

  it("is not one on the edge", async () => {
    const items = await (await fresh()).items({ page: 1, per_page: 100 });
    expect([items.status, items.body.meta.per_page]).toEqual([200, 100]);
    expect((await client.items({ per_page: 1 })).status).toBe(200);
    expect((await client.items({ q: "x".repeat(200) })).status).toBe(200);
  });
});
