import { describe, expect, it } from "vitest";
import { furnish, TEA } from "./support/Shop.js";
import { startServer } from "./support/TestServer.js";

describe("a key", () => {
  it("may come in either header, with or without a scheme, or in the query of a GET", async () => {
    await using server = await startServer();
    const { client, key } = server;
    const status = async (headers: Record<string, string>, query = {}, method = "GET") =>
      (await client.send(method, "/stores", { key: null, headers, query })).status;
    expect(await status({ authorization: key })).toBe(200);
    expect(await status({ authorization: `Bearer ${key}` })).toBe(200);
    expect(await status({ accessToken: key })).toBe(200);
    expect(await status({}, { accessToken: key })).toBe(200);
    expect(await status({}, { accessToken: key }, "HEAD")).toBe(200);
    const post = await client.send("POST", "/products", {
      key: null,
      query: { accessToken: key },
      body: { name: "Tea", unitCostAmount: 1 },
    });
    expect(post.status).toBe(401);
  });

  it.each([
    ["is missing", {}],
    ["is no key", { authorization: "none" }],
    ["has another scheme", { authorization: "Basic abc" }],
    ["is unknown", { authorization: `sb_test_${"0".repeat(38)}` }],
  ])("that %s is 401 in the envelope", async (_, headers) => {
    await using server = await startServer();
    const answer = await server.client.send("GET", "/stores", { key: null, headers });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 401,
      body: { message: expect.any(String) },
    });
  });

  it("never reaches a log or an answer from a query", async () => {
    const lines: unknown[] = [];
    await using server = await startServer({ onAnswer: (line) => lines.push(line) });
    const { client, key } = server;
    const query = { accessToken: key, scope: key };
    const answer = await client.send("GET", "/stores", { key: null, query });
    expect(answer.status).toBe(400);
    expect(answer.text + JSON.stringify(lines)).not.toContain(key);
  });

  it.each([
    ["GET", "/products", "catalogue:read"],
    ["POST", "/products", "catalogue:write"],
    ["PATCH", `/products/${TEA}`, "catalogue:write"],
    ["DELETE", `/products/${TEA}`, "catalogue:write"],
    ["POST", "/products/import", "catalogue:write"],
    ["GET", "/stores", "stock:read"],
    ["GET", "/stores/north", "stock:read"],
    ["POST", "/stores/north/items", "stock:write"],
    ["PATCH", "/items/x", "stock:write"],
    ["POST", "/stores/north/recalculate-summaries", "stock:read"],
    ["GET", "/transactions.json", "stock:read"],
    ["GET", "/team/report.csv", "stock:read"],
    ["POST", "/webhooks", "webhooks:write"],
  ] as const)("needs a scope for %s %s", async (method, path, scope) => {
    await using server = await startServer();
    await furnish(server);
    const client = await server.clientWith({ scopes: ["events:read"] });
    const { status, body } = await client.send(method, path);
    expect({ status, body }).toEqual({
      status: 403,
      body: { message: `the key needs the scope ${scope}` },
    });
    const allowed = await server.clientWith({ scopes: [scope] });
    expect((await allowed.send(method, path)).status).not.toBe(403);
  });

  it("opens the ledger of its mode alone", async () => {
    await using server = await startServer();
    await furnish(server);
    const live = await server.clientWith({ mode: "live" });
    expect((await live.stores()).body).toEqual([]);
    expect((await live.node("north")).status).toBe(404);
  });
});

describe("what cannot be served", () => {
  it("is told in the envelope, whatever it is", async () => {
    await using server = await startServer({ maxBodyBytes: 1_000 });
    const { client } = server;
    const json = { "content-type": "application/json" };
    const answers = [
      [404, await client.send("GET", "/nothing")],
      [405, await client.send("PUT", "/products", { body: {} })],
      [406, await client.send("GET", "/products", { headers: { accept: "text/html" } })],
      [400, await client.send("POST", "/products", { body: "{", headers: json })],
      [413, await client.send("POST", "/products", { body: { name: "x".repeat(2_000) } })],
      [
        415,
        await client.send("POST", "/products", {
          body: "x",
          headers: { "content-type": "text/csv" },
        }),
      ],
    ] as const;
    for (const [status, answer] of answers) {
      expect(answer.status).toBe(status);
      expect(Object.keys(answer.body)).toEqual(["message"]);
      expect(answer.headers.get("content-type")).toBe("application/json");
    }
    expect(answers[1][1].headers.get("allow")).toBe("GET, HEAD, POST");
  });

  it("is a fault that tells nothing of the inside", async () => {
    const defects: unknown[] = [];
    await using server = await startServer({
      newId: () => {
        throw new Error("SELECT secret FROM code");
      },
      onDefect: (defect) => defects.push(defect),
    });
    const { status, body } = await server.client.createProduct({ name: "Tea", unitCostAmount: 1 });
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("SELECT");
    expect(defects).toHaveLength(1);
  });

  it("is too much: 429 with how long to wait", async () => {
    const plan = { name: "small", requests: 2, windowMs: 60_000 };
    await using server = await startServer({ organisation: { plan } });
    const { client } = server;
    const first = await client.stores();
    expect(first.headers.get("x-ratelimit-limit")).toBe("2");
    expect(first.headers.get("x-ratelimit-remaining")).toBe("1");
    await client.stores();
    const { status, headers, body } = await client.stores();
    expect({ status, body }).toEqual({
      status: 429,
      body: { message: "2 requests in 60 s are allowed" },
    });
    expect(headers.get("retry-after")).toMatch(/^\d+$/);
    expect(headers.get("x-ratelimit-remaining")).toBe("0");
  });
});
