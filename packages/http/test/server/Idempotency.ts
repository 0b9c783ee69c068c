import { makeMemoryStore } from "@stockbook/engine";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { furnish, receive, startServer, type TestServer } from "../support/TestServer.js";

const onHand = async ({ send }: TestServer) =>
  (await send("GET", "/v1/stock")).body.rows[0].onHand as number;

const move = ({ send }: TestServer, key: string, quantity = 1) =>
  send("POST", "/v1/movements", {
    body: receive(quantity),
    headers: { "idempotency-key": key },
  });

describe("an idempotency key", () => {
  it("makes a request happen once, and says when it had", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    const first = await move(server, "a");
    const again = await move(server, "a");
    expect(first).toMatchObject({ status: 201, body: { result: "accepted" } });
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(first.headers.get("location")).toBe(`/v1/transactions/${first.body.sequence}`);
    expect(again).toMatchObject({ status: 200, body: { ...first.body, result: "repeated" } });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await onHand(server)).toBe(11);
  });

  it("is the same quoted and bare, in the header and in the body", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    await move(server, "a");
    expect((await move(server, '"a"')).status).toBe(200);
    expect((await move(server, " a ")).status).toBe(200);
    const body = { ...receive(1), idempotencyKey: "a" };
    expect((await server.send("POST", "/v1/movements", { body })).status).toBe(200);
    expect(await onHand(server)).toBe(11);
  });

  it("belongs to its first content", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    await move(server, "a", 1);
    expectProblem(await move(server, "a", 2), "idempotency-conflict");
    expect(await onHand(server)).toBe(11);
  });

  it("is free again after a refusal", async () => {
    await using server = await startServer();
    await furnish(server, 1);
    const issue = { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 3 }] };
    const headers = { "idempotency-key": "a" };
    expectProblem(await server.send("POST", "/v1/movements", { body: issue, headers }), "rejected");
    await move(server, "b", 5);
    const { status } = await server.send("POST", "/v1/movements", { body: issue, headers });
    expect(status).toBe(201);
  });

  it.each([["x".repeat(256)], ["@internal"], ['""'], ["   "]])(
    "that cannot be one is refused, and nothing happens: %s",
    async (key) => {
      await using server = await startServer();
      await furnish(server, 10);
      expectProblem(await move(server, key), "invalid-body");
      expect(await onHand(server)).toBe(10);
    },
  );

  it("outlives a restart of the engine", async () => {
    const store = makeMemoryStore();
    const first = await startServer({ store });
    await furnish(first, 10);
    await move(first, "a");
    await first[Symbol.asyncDispose]();
    await using second = await startServer({ store });
    expect((await move(second, "a")).status).toBe(200);
    expectProblem(await move(second, "a", 2), "idempotency-conflict");
    expect(await onHand(second)).toBe(11);
  });

  it("of many who ask at once lets one through", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    const answers = await Promise.all(Array.from({ length: 20 }, () => move(server, "a")));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(await onHand(server)).toBe(11);
  });

  it("is told for what has but one status, too", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    const headers = { "idempotency-key": "a" };
    const put = () => server.send("PUT", "/v1/items/TEA", { body: { name: "Tea 2" }, headers });
    expect((await put()).headers.get("idempotency-replayed")).toBeNull();
    const again = await put();
    expect(again.status).toBe(200);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const threshold = () =>
      server.send("PUT", "/v1/items/TEA/thresholds/shop", {
        body: { minimum: 2 },
        headers: { "idempotency-key": "b" },
      });
    await threshold();
    expect((await threshold()).headers.get("idempotency-replayed")).toBe("true");
  });
});

describe("a batch", () => {
  const batch = ({ send }: TestServer, mode: string, commands: readonly object[], key?: string) =>
    send("POST", "/v1/batches", {
      body: { mode, commands },
      headers: key === undefined ? {} : { "idempotency-key": key },
    });

  it("under a key is done once, command by command", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    const commands = [receive(1), receive(1)];
    await batch(server, "each", commands, "a");
    const again = await batch(server, "each", commands, "a");
    expect(again.body.results).toMatchObject([{ result: "repeated" }, { result: "repeated" }]);
    expect(await onHand(server)).toBe(12);
  });

  it("goes on where it broke off", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    await batch(server, "each", [receive(1)], "a");
    const rest = await batch(server, "each", [receive(1), receive(2)], "a");
    expect(rest.body.results).toMatchObject([{ result: "repeated" }, { result: "accepted" }]);
    expect(await onHand(server)).toBe(13);
  });

  it("keeps the keys that its commands have", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    await move(server, "own");
    const commands = [{ ...receive(1), idempotencyKey: "own" }];
    const { body } = await batch(server, "all", commands, "a");
    expect(body.results).toMatchObject([{ result: "repeated" }]);
  });

  it("of all or nothing names the command at fault", async () => {
    await using server = await startServer();
    await furnish(server, 10);
    const issue = { type: "issue", location: "shop", lines: [{ item: "TEA", quantity: 99 }] };
    const answer = await batch(server, "all", [receive(1), issue]);
    expect(expectProblem(answer, "rejected").command).toBe(1);
    expect(await onHand(server)).toBe(10);
  });
});
