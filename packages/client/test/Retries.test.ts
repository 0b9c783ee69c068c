import { describe, expect, it } from "vitest";
import { furnish, startServer, type TestServer } from "../../http/test/support/TestServer.js";
import {
  type ClientOptions,
  ConnectionFailed,
  RateLimited,
  ServerFault,
  TimedOut,
  Unavailable,
  UnreadableAnswer,
} from "../src/index.js";
import { retryAfterMs, sleep } from "../src/Retries.js";
import { impatient } from "./support/Clients.js";
import { type Deed, misbehave } from "./support/Misbehaving.js";

const pass: Deed = { type: "pass" };
const answer = (status: number, headers?: Readonly<Record<string, string>>): Deed => ({
  type: "answer",
  status,
  ...(headers && { headers }),
});
const problem = (status: number, code: string): Deed => ({
  type: "answer",
  status,
  body: JSON.stringify({ code, detail: "not now", requestId: "r1" }),
});

/** A furnished server, what stands before it, and a client of both. */
async function arrange(deeds: readonly Deed[], options: Partial<ClientOptions> = {}) {
  const server = await startServer();
  await furnish(server);
  const proxy = await misbehave(server.url, deeds);
  const { stockbook, pauses } = impatient({ url: proxy.url, key: server.key, ...options });
  return {
    server,
    stockbook,
    pauses,
    requests: proxy.requests,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

const sale = {
  type: "issue",
  location: "shop",
  lines: [{ item: "TEA", quantity: 5 }],
} as const;

const onHand = async (server: TestServer) =>
  (await server.send("GET", "/v1/stock?item=TEA")).body.rows[0].onHand;

/** What a server answers that never does, until the request is given up. */
const forever = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => {
    const giveUp = () => reject(signal?.reason);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener("abort", giveUp);
  });

describe("a request that gets no answer", () => {
  it("is sent again under the same key, and done once", async () => {
    await using all = await arrange([{ type: "swallow" }]);
    const receipt = await all.stockbook.movements.create(sale);
    expect(receipt.result).toBe("repeated");
    expect(await onHand(all.server)).toBe(7);
    const keys = all.requests.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([expect.stringMatching(/^[\w-]{36}$/), keys[0]]);
    expect(all.pauses).toEqual([500]);
  });

  it("is done once in a batch, too", async () => {
    await using all = await arrange([{ type: "swallow" }]);
    const { results } = await all.stockbook.movements.batch({ mode: "all", commands: [sale] });
    expect(results).toMatchObject([{ result: "repeated" }]);
    expect(await onHand(all.server)).toBe(7);
  });

  it("changes what was read once, though it has been changed by itself", async () => {
    await using all = await arrange([pass, { type: "swallow" }]);
    const { etag } = await all.stockbook.items.get("TEA").withResponse();
    const changed = await all.stockbook.items.put("TEA", { name: "Green" }, { ifMatch: etag });
    expect(changed.name).toBe("Green");
    expect(all.requests).toHaveLength(3);
  });

  it("is given up after two retries", async () => {
    const reset: Deed = { type: "reset" };
    await using all = await arrange([reset, reset, reset]);
    const error = await all.stockbook.items.get("TEA").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionFailed);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^GET \/v1\/items\/TEA got no answer: /),
    });
    expect(all.pauses).toEqual([500, 1_000]);
  });

  it("tells under which key to ask again", async () => {
    const reset: Deed = { type: "reset" };
    await using all = await arrange([{ type: "swallow" }, reset, reset]);
    const error = await all.stockbook.movements.create(sale).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConnectionFailed);
    const { idempotencyKey } = error as ConnectionFailed;
    expect(idempotencyKey).toBe(all.requests[0]?.idempotencyKey);
    const receipt = await all.stockbook.movements.create(sale, { idempotencyKey });
    expect(receipt.result).toBe("repeated");
    expect(await onHand(all.server)).toBe(7);
  });

  it("goes by the key that the command itself names", async () => {
    await using all = await arrange([]);
    await all.stockbook.movements.create({ ...sale, idempotencyKey: "till-7" });
    expect(all.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(["till-7"]);
  });

  it("is not sent again where that would do it twice", async () => {
    await using all = await arrange([{ type: "swallow" }]);
    const made = all.stockbook.organisations.create({ id: "other" });
    await expect(made).rejects.toBeInstanceOf(ConnectionFailed);
    expect(all.requests).toHaveLength(1);
    expect(all.pauses).toEqual([]);
  });

  it("makes one key, whose secret is lost with the answer", async () => {
    await using all = await arrange([{ type: "swallow" }]);
    const made = await all.stockbook.keys.create({ name: "till", scopes: ["stock:read"] });
    expect(made).toMatchObject({ key: { name: "till" }, secret: null });
    const { rows } = await all.stockbook.keys.list();
    expect(rows.filter(({ name }) => name === "till")).toHaveLength(1);
  });

  it("is given up in time", async () => {
    await using all = await arrange([{ type: "hang" }], { maxRetries: 0 });
    const call = all.stockbook.items.get("TEA", { timeoutMs: 20 });
    await expect(call).rejects.toThrow("GET /v1/items/TEA was not answered within 20 ms");
    await expect(call).rejects.toMatchObject({ name: "TimedOut", timeoutMs: 20 });
  });

  it("in time is sent again", async () => {
    let requests = 0;
    const fetch = (_: string, { signal }: RequestInit) => {
      requests++;
      return forever(signal);
    };
    const { stockbook, pauses } = impatient({ url: "http://here", fetch, timeoutMs: 1 });
    await expect(stockbook.items.get("TEA")).rejects.toThrow(TimedOut);
    expect(requests).toBe(3);
    expect(pauses).toEqual([500, 1_000]);
  });

  it("may take as long as it likes, if one says so", async () => {
    const fetch = async () => {
      await sleep(20);
      return Response.json({ status: "ok" });
    };
    const { stockbook } = impatient({ url: "http://here", fetch, timeoutMs: Infinity });
    expect(await stockbook.system.live()).toEqual({ status: "ok" });
  });

  it("is named where nobody listens", async () => {
    const { stockbook } = impatient({ url: "http://127.0.0.1:9", maxRetries: 0 });
    await expect(stockbook.system.live()).rejects.toThrow(ConnectionFailed);
  });
});

describe("a server that cannot at the moment", () => {
  it("is asked again when it says", async () => {
    await using all = await arrange([answer(429, { "retry-after": "7" })]);
    await all.stockbook.movements.create(sale);
    expect(all.pauses).toEqual([7_000]);
    expect(await onHand(all.server)).toBe(7);
  });

  it("may say it with a date", async () => {
    const now = () => Date.parse("2026-03-01T12:00:00Z");
    const date = "Sun, 01 Mar 2026 12:00:30 GMT";
    await using all = await arrange([answer(503, { "retry-after": date })], { now });
    await all.stockbook.items.get("TEA");
    expect(all.pauses).toEqual([30_000]);
  });

  it("is not waited for longer than is allowed", async () => {
    await using all = await arrange([answer(429, { "retry-after": "61" })]);
    const error = await all.stockbook.items.get("TEA").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ retryAfterMs: 61_000, code: undefined });
    expect(all.pauses).toEqual([]);
  });

  it.each([408, 429, 502, 503, 504])("is asked again after %i", async (status) => {
    await using all = await arrange([answer(status), answer(status)], { random: () => 0.5 });
    expect(await all.stockbook.items.get("TEA")).toMatchObject({ id: "TEA" });
    expect(all.pauses).toEqual([375, 750]);
  });

  it.each([400, 404, 409, 500, 501])("is not asked again after %i", async (status) => {
    await using all = await arrange([answer(status)]);
    await expect(all.stockbook.items.get("TEA")).rejects.toMatchObject({ status });
    expect(all.requests).toHaveLength(1);
  });

  it.each([
    [429, "rate-limited"],
    [503, "busy"],
    [503, "unavailable"],
  ])("is asked again for anything, if it says with %i %s that nothing happened", async (...of) => {
    await using all = await arrange([problem(...of)]);
    const organisation = await all.stockbook.organisations.create({ id: "other" });
    expect(organisation.id).toBe("other");
  });

  it("is not asked again for what may have happened and is not repeatable", async () => {
    await using all = await arrange([problem(503, "outcome-unknown")]);
    const error = all.stockbook.organisations.create({ id: "other" });
    await expect(error).rejects.toBeInstanceOf(Unavailable);
    expect(all.requests).toHaveLength(1);
  });

  it("is asked as often as the call allows", async () => {
    await using all = await arrange([answer(503)]);
    const call = all.stockbook.items.get("TEA", { maxRetries: 0 });
    await expect(call).rejects.toBeInstanceOf(Unavailable);
  });
});

describe("an answer of something else", () => {
  it("is told as such", async () => {
    const page = { type: "answer", status: 200, body: "<html>" } as const;
    await using all = await arrange([page, answer(500)]);
    await expect(all.stockbook.items.get("TEA")).rejects.toThrow(UnreadableAnswer);
    await expect(all.stockbook.items.get("TEA")).rejects.toThrow(ServerFault);
  });

  it("does not lead the key elsewhere", async () => {
    await using other = await misbehave("http://127.0.0.1:9", []);
    await using all = await arrange([answer(307, { location: other.url })], { maxRetries: 0 });
    await expect(all.stockbook.items.get("TEA")).rejects.toThrow(ConnectionFailed);
    expect(other.requests).toEqual([]);
  });
});

describe("a signal", () => {
  it("gives a call up, with its own reason", async () => {
    const controller = new AbortController();
    const fetch = (_: string, { signal }: RequestInit) => {
      controller.abort(new Error("not wanted any more"));
      return forever(signal);
    };
    const { stockbook, pauses } = impatient({ url: "http://here", fetch });
    const call = stockbook.items.get("TEA", { signal: controller.signal });
    await expect(call).rejects.toThrow("not wanted any more");
    expect(pauses).toEqual([]);
  });

  it("that has given up already sends nothing", async () => {
    await using all = await arrange([]);
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(all.stockbook.items.get("TEA", { signal })).rejects.toThrow("too late");
    expect(all.requests).toEqual([]);
  });

  it("ends a pause", async () => {
    const controller = new AbortController();
    const pause = sleep(3_600_000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(pause).rejects.toThrow("enough");
    await expect(sleep(3_600_000, controller.signal)).rejects.toThrow("enough");
    await expect(sleep(1)).resolves.toBeUndefined();
  });
});

describe("Retry-After", () => {
  it.each([
    [null, undefined],
    ["0", 0],
    ["1.5", 1_500],
    ["Thu, 01 Jan 1970 00:00:10 GMT", 9_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", undefined],
  ])("%j is %j ms", (header, ms) => {
    expect(retryAfterMs(header, 1_000)).toBe(ms);
  });
});
