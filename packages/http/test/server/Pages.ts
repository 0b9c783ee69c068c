import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { alteredStore } from "../support/Stores.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const COUNT = 7;

/** A shop with so many of everything. */
async function stocked(): Promise<TestServer> {
  const server = await startServer();
  const commands = [
    { type: "put-location", id: "shop", name: "Shop" },
    { type: "put-location", id: "back", name: "Back" },
    ...Array.from({ length: COUNT }, (_, i) => i).flatMap((i) => [
      { type: "put-item", id: `item-${i}`, name: `Item ${i}`, unitCost: 100 },
      { type: "set-threshold", item: `item-${i}`, location: "shop", minimum: 500 },
      movement("receive", i, { location: "shop" }, 100),
      movement("reserve", i, { location: "shop" }, 2),
      movement("dispatch", i, { from: "shop", to: "back" }, 3),
      movement("issue", 0, { location: "shop" }, 1),
    ]),
  ];
  const { status, text } = await server.send("POST", "/v1/batches", {
    body: { mode: "all", commands },
  });
  if (status !== 200) throw new Error(text);
  return server;
}

function movement(type: string, item: number, place: object, quantity: number) {
  return { type, ...place, lines: [{ item: `item-${item}`, quantity }] };
}

const LISTS = [
  "/v1/items",
  "/v1/stock",
  "/v1/stock?at=2100-01-01T00:00:00Z",
  "/v1/stock?location=shop&nonZero=true",
  "/v1/stock/card?item=item-0&location=shop",
  "/v1/valuation",
  "/v1/reservations",
  "/v1/shipments",
  "/v1/thresholds",
  "/v1/low-stock",
  "/v1/transactions",
  "/v1/transactions?order=ascending&kinds=issue,receive",
] as const;

describe("walking a list", () => {
  it("gives everything once, whatever the limit", async () => {
    await using server = await stocked();
    for (const path of LISTS) {
      const link = path.includes("?") ? "&" : "?";
      const all = (await server.send("GET", `${path}${link}limit=1000`)).body;
      expect(all.next, path).toBeNull();
      expect(all.rows.length, path).toBeGreaterThanOrEqual(COUNT);
      for (const limit of [1, 3, COUNT, COUNT + 1]) {
        const walked = await walk(server, `${path}${link}limit=${limit}`);
        expect(walked, `${path} by ${limit}`).toEqual(all.rows);
      }
    }
  });

  it("may follow the links from page to page", async () => {
    await using server = await stocked();
    for (const path of [...LISTS, "/v1/events"]) {
      const link = path.includes("?") ? "&" : "?";
      const all = (await server.send("GET", `${path}${link}limit=1000`)).body;
      expect(await followLinks(server, `${path}${link}limit=3`), path).toEqual(all.rows);
    }
  });

  it("of events gives everything once, and later what has happened since", async () => {
    await using server = await stocked();
    const all = (await server.send("GET", "/v1/events?limit=1000")).body;
    expect(all.rows.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      all.rows.map((_: unknown, i: number) => i + 1),
    );
    for (const limit of [1, 5, all.rows.length]) {
      expect(await follow(server, limit)).toEqual(all.rows);
    }
    await server.send("PUT", "/v1/locations/new", { body: { name: "New" } });
    const later = await server.send("GET", `/v1/events?after=${all.after}`);
    expect(later.body).toMatchObject({ rows: [{ type: "location.changed" }], more: false });
  });

  it("goes on with no cursor but one it was given, and calls it by its name", async () => {
    await using server = await stocked();
    for (const path of LISTS) {
      const link = path.includes("?") ? "&" : "?";
      for (const cursor of ["x", "[]", "[1,2,3,4,5,6]", "null", '["a"]', "[1e400]", "{}"]) {
        const answer = await server.send(
          "GET",
          `${path}${link}cursor=${encodeURIComponent(cursor)}`,
        );
        if (answer.status === 200) continue;
        const { errors } = expectProblem(answer, "invalid-parameter");
        expect(errors, path).toMatchObject([{ in: "query", pointer: "cursor" }]);
      }
    }
  });

  it.each(["0", "-1", "1001", "1.5", "ten", "9007199254740993", "%00"])(
    "takes no limit of %s",
    async (limit) => {
      await using server = await startServer();
      const answer = await server.send("GET", `/v1/items?limit=${limit}`);
      expect(expectProblem(answer, "invalid-parameter").errors).toMatchObject([
        { in: "query", pointer: "limit" },
      ]);
    },
  );
});

describe("a list in a stream", () => {
  it("gives every row once, one a line, whatever the limit", async () => {
    await using server = await stocked();
    for (const path of STREAMED) {
      const link = path.includes("?") ? "&" : "?";
      const { rows } = (await server.send("GET", `${path}${link}limit=1000`)).body;
      for (const limit of [2, 1_000]) {
        const answer = await server.send("GET", `${path}${link}limit=${limit}`, ROWS);
        expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
        expect(linesOf(answer.text), `${path} by ${limit}`).toEqual(rows);
      }
    }
  });

  it("begins after the cursor it is given", async () => {
    await using server = await stocked();
    const { rows, next } = (await server.send("GET", "/v1/items?limit=2")).body;
    const rest = await server.send("GET", `/v1/items?cursor=${next}`, ROWS);
    const all = (await server.send("GET", "/v1/items")).body;
    expect([...rows, ...linesOf(rest.text)]).toEqual(all.rows);
  });

  it("is told as a problem when it cannot begin, and given by nothing but lists", async () => {
    await using server = await stocked();
    expectProblem(await server.send("GET", "/v1/items?cursor=x", ROWS), "invalid-parameter");
    expectProblem(await server.send("GET", "/v1/items/item-0", ROWS), "not-acceptable");
    const both = { headers: { accept: "text/html, */*" } };
    expect((await server.send("GET", "/v1/items", both)).body.rows).toHaveLength(COUNT);
  });
});

describe("a stream whose later pages cannot be read", () => {
  it("breaks off, and so nobody takes it for the whole", async () => {
    let reads = 0;
    const store = alteredStore(({ items }) => ({
      items: (...args) => (++reads > 1 ? Effect.die("gone") : items(...args)),
    }));
    await using server = await startServer({ store });
    for (const id of ["A", "B"])
      await server.send("PUT", `/v1/items/${id}`, { body: { name: id } });
    reads = 0;
    const whole = server.send("GET", "/v1/items?limit=1", { ...ROWS, isDirect: true });
    await expect(whole).rejects.toThrow();
    expect(reads).toBe(2);
  });
});

const ROWS = { headers: { accept: "application/x-ndjson" } };

const STREAMED = [
  ...LISTS.filter((path) => !/card|valuation/.test(path)),
  "/v1/events",
  "/v1/events?types=stock.moved&after=3",
];

function linesOf(text: string): readonly unknown[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

async function followLinks(server: TestServer, path: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let at: string | undefined = path;
  while (at !== undefined) {
    const { headers, body } = await server.send("GET", at);
    rows.push(...body.rows);
    const next = /^<([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
    at = next && path.replace(/\?.*$/, next);
  }
  return rows;
}

async function walk({ send }: TestServer, path: string): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const more: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await send("GET", path + more);
    rows.push(...body.rows);
    cursor = body.next;
  }
  return rows;
}

async function follow({ send }: TestServer, limit: number): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let after = 0;
  let more = true;
  while (more) {
    const { body } = await send("GET", `/v1/events?after=${after}&limit=${limit}`);
    rows.push(...body.rows);
    ({ after, more } = body);
  }
  return rows;
}
