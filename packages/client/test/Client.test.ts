import { describe, expect, it } from "vitest";
import { furnish, startServer, type TestServer } from "../../http/test/support/TestServer.js";
import {
  BadRequest,
  Conflict,
  Forbidden,
  NotFound,
  PreconditionFailed,
  RateLimited,
  StockbookClient,
  Unauthorized,
  UnprocessableContent,
} from "../src/index.js";

const clientOf = ({ url, key }: TestServer) => new StockbookClient({ url, key });

const rejected = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.unreachable("it must not succeed"),
    (error: unknown) => error,
  );

describe("a client", () => {
  it("makes, moves and reads", async () => {
    await using server = await startServer();
    const stockbook = clientOf(server);
    await stockbook.locations.put("shop", { name: "Shop" });
    const item = await stockbook.items.put("TEA", { name: "Tea", unitCost: 320 });
    expect(item).toMatchObject({ id: "TEA", sku: "TEA", unitCost: 320 });

    const lines = [{ item: "TEA", quantity: "2.0" }];
    const receipt = await stockbook.movements.create({ type: "receive", location: "shop", lines });
    expect(receipt.result).toBe("accepted");
    const threshold = { minimum: 6, maximum: 24 };
    await stockbook.thresholds.put("TEA", "shop", threshold);
    const { rows } = await stockbook.stock.list({ item: "TEA", nonZero: true });
    expect(rows).toMatchObject([{ onHand: 2, value: 640 }]);
    expect((await stockbook.thresholds.low()).rows).toMatchObject([{ replenishment: 22 }]);
    const { sequence } = await stockbook.reservations.create({
      location: "shop",
      lines: [{ item: "TEA", quantity: 1 }],
    });
    expect((await stockbook.reservations.fulfil(sequence, {})).result).toBe("accepted");
    expect((await stockbook.thresholds.remove("TEA", "shop")).result).toBe("accepted");
    expect(await stockbook.system.live()).toEqual({ status: "ok" });
  });

  it("calls things by names of any kind", async () => {
    await using server = await startServer();
    const stockbook = clientOf(server);
    const id = "a/b?c=d&e #ü%2F";
    await stockbook.items.put(id, { name: "odd" });
    expect(await stockbook.items.get(id)).toMatchObject({ id, name: "odd" });
    const { rows } = await stockbook.items.list({ query: "b?c=d&e #ü%" });
    expect(rows).toMatchObject([{ id }]);
  });

  it.each(["", ".", ".."])("does not call a thing %j, which would be another path", async (id) => {
    const stockbook = new StockbookClient({ url: "http://127.0.0.1:9", key: "sb_test_x" });
    const error = await rejected(stockbook.items.get(id));
    expect(error).toEqual(new TypeError(`id must not be "${id}"`));
  });

  it("works under a prefix, with and without a slash at its end", async () => {
    const asked: string[] = [];
    const fetch = async (url: string) => {
      asked.push(url);
      return Response.json({ status: "ok" });
    };
    for (const url of ["http://here/api", "http://here/api/", new URL("http://here/api/")]) {
      await new StockbookClient({ url, fetch }).system.live();
    }
    expect(new Set(asked)).toEqual(new Set(["http://here/api/health/live"]));
  });

  it("shows status, headers, ETag and request id of an answer", async () => {
    await using server = await startServer();
    const stockbook = clientOf(server);
    await stockbook.items.put("TEA", { name: "Tea" });
    const { data, status, etag, requestId } = await stockbook.items.get("TEA").withResponse();
    expect({ data, status }).toMatchObject({ data: { name: "Tea" }, status: 200 });
    expect(etag).toMatch(/^"/);
    expect(requestId).toMatch(/^[\w-]{36}$/);
  });

  it("makes a command of one's own name once", async () => {
    await using server = await startServer();
    await furnish(server);
    const stockbook = clientOf(server);
    const issue = () =>
      stockbook.movements.create(
        { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 1 }] },
        { idempotencyKey: "order-1001" },
      );
    expect([(await issue()).result, (await issue()).result]).toEqual(["accepted", "repeated"]);
    const [tea] = (await stockbook.stock.list()).rows;
    expect(tea?.onHand).toBe(11);
  });
});

describe("the pages of a list", () => {
  const ids = Array.from({ length: 25 }, (_, i) => `I${String(i).padStart(2, "0")}`);
  const filled = async (server: TestServer) => {
    const stockbook = clientOf(server);
    for (const id of ids) await stockbook.items.put(id, { name: id });
    return stockbook;
  };

  it("are one loop over all rows, or over pages, or one page", async () => {
    await using server = await startServer();
    const stockbook = await filled(server);
    const found: string[] = [];
    for await (const { id } of stockbook.items.list({ limit: 10 })) found.push(id);
    expect(found).toEqual(ids);
    const sizes: number[] = [];
    for await (const { rows } of stockbook.items.list({ limit: 10 }).pages()) {
      sizes.push(rows.length);
    }
    expect(sizes).toEqual([10, 10, 5]);
    const { rows, next } = await stockbook.items.list({ limit: 10 });
    expect(rows).toHaveLength(10);
    expect(next).not.toBeNull();
  });

  it("are asked for only when they are wanted", async () => {
    await using server = await startServer();
    await filled(server);
    let requests = 0;
    const counting = new StockbookClient({
      ...server,
      fetch: (url, init) => {
        requests++;
        return fetch(url, init);
      },
    });
    for await (const { id } of counting.items.list({ limit: 10 })) if (id === "I09") break;
    expect(requests).toBe(1);
  });

  it("keep what the list was asked for", async () => {
    await using server = await startServer();
    const stockbook = await filled(server);
    const found: string[] = [];
    for await (const { id } of stockbook.items.list({ query: "I1", limit: 3 })) found.push(id);
    expect(found).toEqual(ids.slice(10, 20));
  });

  it("go on to the newest event", async () => {
    await using server = await startServer();
    const stockbook = await filled(server);
    const sequences: number[] = [];
    const [first] = (await stockbook.events.list({ limit: 1 })).rows;
    const after = first?.sequence ?? 0;
    for await (const event of stockbook.events.list({ after, limit: 4 })) {
      sequences.push(event.sequence);
    }
    expect(sequences.length).toBeGreaterThanOrEqual(ids.length - 1);
    expect(sequences).toEqual(sequences.map((_, i) => after + 1 + i));
  });
});

describe("an error", () => {
  it("of the ledger's rules says what was wanted and what there was", async () => {
    await using server = await startServer();
    await furnish(server);
    const lines = [{ item: "TEA", quantity: 20 }];
    const error = await rejected(
      clientOf(server).movements.create({ type: "issue", location: "shop", lines }),
    );
    expect(error).toBeInstanceOf(Conflict);
    expect(error).toMatchObject({
      name: "Conflict",
      status: 409,
      code: "rejected",
      rejection: { code: "insufficient-stock", wanted: 20, available: 12, item: "TEA" },
    });
    const { message, detail, requestId } = error as Conflict;
    expect(message).toBe(`${detail} (409 rejected, request ${requestId})`);
  });

  it("has a class of its own for each status", async () => {
    await using server = await startServer();
    await furnish(server);
    const stockbook = clientOf(server);
    const { secret } = await server.createKey({ scopes: ["stock:read"] });
    const reader = new StockbookClient({ url: server.url, key: secret ?? "" });
    const stranger = new StockbookClient({ url: server.url });
    const ifMatch = '"0"';
    expect(await rejected(stranger.items.list())).toBeInstanceOf(Unauthorized);
    expect(await rejected(stockbook.items.get("NONE"))).toBeInstanceOf(NotFound);
    expect(await rejected(stockbook.items.list({ limit: 0 }))).toBeInstanceOf(BadRequest);
    const forbidden = await rejected(reader.items.put("TEA", {}));
    expect(forbidden).toBeInstanceOf(Forbidden);
    expect(forbidden).toMatchObject({ requiredScopes: ["catalogue:write"] });
    const late = await rejected(stockbook.items.put("TEA", { name: "Late" }, { ifMatch }));
    expect(late).toBeInstanceOf(PreconditionFailed);
    const invalid = await rejected(stockbook.items.put("TEA", { precision: 9 }));
    expect(invalid).toBeInstanceOf(UnprocessableContent);
  });

  it("is reported once, however the answer is looked at", async () => {
    await using server = await startServer();
    const { items } = clientOf(server);
    // A second promise that nobody looks at would fail the run.
    await expect(items.get("NONE").withResponse()).rejects.toBeInstanceOf(NotFound);
    await expect(items.get("NONE").finally(() => {})).rejects.toBeInstanceOf(NotFound);
    await expect(items.get("NONE").catch(() => "caught")).resolves.toBe("caught");
    const pages = items.list({ cursor: "none" }).pages();
    await expect(pages.next()).rejects.toBeInstanceOf(BadRequest);
  });

  it("names the fields that are wrong", async () => {
    await using server = await startServer();
    // As a program without types could.
    const body = { type: "issue", lines: [] } as never;
    const error = await rejected(clientOf(server).movements.create(body));
    expect(error).toMatchObject({ code: "invalid-body", errors: [{ in: "body" }] });
  });

  it("of the rate says when to come again, and only waits if that is soon", async () => {
    await using server = await startServer({ refusedKeys: { requests: 1, windowMs: 3_600_000 } });
    const { url } = server;
    const stockbook = new StockbookClient({ url, key: "sb_test_unknown" });
    await rejected(stockbook.items.list());
    const error = await rejected(stockbook.items.list());
    expect(error).toBeInstanceOf(RateLimited);
    expect((error as RateLimited).retryAfterMs).toBeGreaterThan(3_000_000);
  });

  it("of arguments that cannot be sent rejects, too", async () => {
    const stockbook = new StockbookClient({ url: "http://127.0.0.1:9" });
    const options = { idempotencyKey: "two\nlines" };
    expect(await rejected(stockbook.items.put("TEA", {}, options))).toBeInstanceOf(TypeError);
  });
});

describe("a key", () => {
  const key = `sb_test_${"k".repeat(32)}abcdef`;

  it("stands in no error, whatever goes wrong", async () => {
    await using server = await startServer();
    const options = { key, maxRetries: 0 };
    const nobody = new StockbookClient({ url: "http://127.0.0.1:9", ...options });
    const errors = [
      await rejected(new StockbookClient({ url: server.url, ...options }).items.list()),
      await rejected(nobody.items.list()),
    ];
    const { inspect } = await import("node:util");
    for (const error of errors) expect(inspect(error, { depth: 9 })).not.toContain(key);
    expect(inspect(nobody, { depth: 9, showHidden: true })).not.toContain(key);
  });

  it("that is none is refused without being told", () => {
    const make = () => new StockbookClient({ url: "http://here", key: `${key}\n` });
    expect(make).toThrow(/^key must be the secret of a key alone/);
  });

  it.each(["ftp://here", "http://user:secret@here", "here"])("cannot be sent to %s", (url) => {
    expect(() => new StockbookClient({ url, key })).toThrow(TypeError);
  });
});
