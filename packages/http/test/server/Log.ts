import { describe, expect, it, vi } from "vitest";
import type { AccessLine } from "../../src/kit/index.js";
import { manualClock } from "../support/ManualClock.js";
import { brokenStore } from "../support/Stores.js";
import { furnish, startServer } from "../support/TestServer.js";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

describe("a request id", () => {
  it.each([
    ["request-1", true],
    ["a:b.c_d-9", true],
    ["x".repeat(100), true],
    ["x".repeat(101), false],
    ["two words", false],
    ['quote"', false],
    ["<b>", false],
    ["", false],
  ])("that a caller gives is kept where it can stand in a log: %s", async (given, kept) => {
    await using server = await startServer();
    const { headers } = await server.send("GET", "/health/live", {
      headers: { "x-request-id": given },
    });
    const id = headers.get("x-request-id");
    if (kept) expect(id).toBe(given);
    else expect(id).toMatch(UUID);
  });

  it("is another for every request that brings none", async () => {
    await using server = await startServer();
    const ask = async () =>
      (await server.send("GET", "/v1/nothing")).headers.get("x-request-id") as string;
    expect(await ask()).toMatch(UUID);
    expect(await ask()).not.toBe(await ask());
  });
});

describe("the line of an answer", () => {
  it("tells who asked what, and how it went", async () => {
    const clock = manualClock();
    const lines: AccessLine[] = [];
    await using server = await startServer({ clock, onAnswer: (line) => lines.push(line) });
    await furnish(server);
    const { key, secret } = await server.createKey({ scopes: ["stock:read"] });
    lines.length = 0;
    const headers = { "x-request-id": "one" };
    await server.send("GET", "/v1/items/TEA?x=1", { headers });
    await server.send("GET", "/v1/items/TEA", { key: secret, headers });
    await server.send("GET", "/v1/nothing", { key: null, headers });
    await server.send("POST", "/v1/items", { headers });
    const common = { requestId: "one", durationMs: 0, address: "127.0.0.1" };
    const known = { ...common, organisation: "acme" };
    const nobody = { ...common, key: null, organisation: null };
    const own = expect.stringMatching(/^key_/);
    expect(lines).toEqual([
      { ...known, method: "GET", route: "/v1/items/:id", status: 400, key: own },
      { ...known, method: "GET", route: "/v1/items/:id", status: 403, key: key.id },
      { ...nobody, method: "GET", route: null, status: 404 },
      { ...nobody, method: "POST", route: null, status: 405 },
    ]);
  });
});

describe("a secret", () => {
  it("that is sent everywhere stands in no line, no failure and no header", async () => {
    const written: unknown[] = [];
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...args) => void written.push(args)),
    );
    const store = brokenStore(new Error("broken"));
    await using server = await startServer({
      store,
      onAnswer: (line) => written.push(line),
      onDefect: (cause, requestId) => written.push(String(cause), requestId),
      trustedProxies: ["127.0.0.1"],
    });
    const { secret: revoked, key } = await server.createKey();
    await server.send("DELETE", `/v1/keys/${key.id}`);
    const mistyped = `${server.key.slice(0, -1)}!`;
    const secrets = [server.key, revoked as string];
    for (const secret of secrets) {
      const headers = {
        "x-request-id": secret,
        "user-agent": secret,
        referer: `http://x/${secret}`,
        cookie: `key=${secret}`,
        "x-forwarded-for": secret,
        "idempotency-key": secret,
        "if-match": `"${secret}"`,
        "x-api-key": secret,
      };
      const answers = [
        await server.send("GET", `/v1/items?query=${secret}`, { headers }),
        await server.send("GET", `/v1/items?limit=${secret}`, { headers }),
        await server.send("GET", `/v1/items?${secret}=1&${secret}=2`, { headers }),
        await server.send("GET", `/v1/stock?cursor=${secret}`, { headers }),
        await server.send("GET", `/v1/items/${secret}`, { headers }),
        await server.send("GET", `/${secret}`, { headers }),
        await server.send("PUT", "/v1/items/TEA", { headers, body: { [secret]: secret } }),
        await server.send("PUT", "/v1/items/TEA", { headers, body: { currency: secret } }),
        await server.send("PUT", "/v1/items/TEA", { headers, body: `{"name": ${secret}` }),
        await server.send("POST", "/v1/movements", { headers, body: { type: secret } }),
        await server.send("POST", "/v1/organisations", { headers, body: { id: `!${secret}` } }),
        await server.send("POST", "/v1/keys", { headers, body: { name: "x", scopes: [secret] } }),
        await server.send("GET", "/v1/items", { headers, key: revoked }),
        await server.send("GET", "/v1/items", { headers, key: mistyped }),
        await server.send("DELETE", "/v1/items", { headers: { accept: secret } }),
      ];
      expect(answers.filter(({ status }) => status < 400)).toEqual([]);
      written.push(answers.map(({ text, headers }) => [text, ...headers]));
    }
    for (const spy of spies) spy.mockRestore();
    const text = JSON.stringify(written);
    expect(text.length).toBeGreaterThan(10_000);
    for (const secret of [...secrets, mistyped]) {
      expect(text).not.toContain(secret);
      // Nor the most of it.
      expect(text).not.toContain(secret.slice(8, 30));
    }
  });
});
