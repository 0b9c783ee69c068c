import {
  makeMemoryStore,
  memory,
  StoreFault,
  storeContext,
  WebhookSecrets,
  Webhooks,
} from "@stockbook/engine";
import { Layer } from "effect";
import { describe, expect, it } from "vitest";
import {
  nativeShape,
  type WebHandler,
  type WebHandlerOptions,
  webHandler,
} from "../../src/index.js";
import { expectProblem } from "../support/Problems.js";
import { ALL_SCOPES, type Answer, answerOf } from "../support/TestServer.js";

interface Mounted extends AsyncDisposable {
  readonly api: WebHandler;
  readonly key: string;
  readonly send: (path: string, init?: RequestInit, address?: string) => Promise<Answer>;
}

async function mounted(options: Partial<WebHandlerOptions> = {}): Promise<Mounted> {
  const api = await webHandler({ store: memory(), ...options });
  await api.access.createOrganisation({ id: "acme" });
  const scopes = [...ALL_SCOPES];
  const made = await api.access.createKey({
    organisation: "acme",
    mode: "test",
    name: "x",
    scopes,
  });
  const key = made.secret as string;
  return {
    api,
    key,
    send: async (path, init = {}, address) => {
      const request = new Request(`http://localhost${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${key}`,
          ...(init.body && { "content-type": "application/json" }),
          ...init.headers,
        },
      });
      return answerOf(await api.handle(request, address === undefined ? {} : { address }));
    },
    [Symbol.asyncDispose]: () => api.close(),
  };
}

const ITEM = "/v1/items/TEA";

describe("a web handler", () => {
  it("serves what the port serves", async () => {
    await using server = await mounted();
    const { send } = server;
    const put = { method: "PUT", body: '{"name":"Tea"}' };
    expect(await send(ITEM, put)).toMatchObject({ status: 200, body: { name: "Tea" } });
    const got = await send(ITEM);
    expect(got.headers.get("ratelimit")).toMatch(/^"standard";r=\d+;t=\d+$/);
    const etag = got.headers.get("etag") as string;
    expect(await send(ITEM, { headers: { "if-none-match": etag } })).toMatchObject({
      status: 304,
      text: "",
    });
    expect(await send(ITEM, { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
    expect((await send(`${ITEM}/`)).status).toBe(200);
  });

  it.each([
    ["malformed-request", ITEM, { method: "PUT", body: "{" }],
    ["invalid-parameter", "/v1/items?limit=0", {}],
    ["unauthorized", "/v1/items", { headers: { authorization: "Digest x" } }],
    ["not-found", "/v1/items/none", {}],
    ["unknown-route", "/v1/nothing", {}],
    ["method-not-allowed", ITEM, { method: "DELETE" }],
    ["not-acceptable", ITEM, { headers: { accept: "text/html" } }],
    ["precondition-failed", ITEM, { method: "PUT", body: "{}", headers: { "if-match": '"x"' } }],
    ["body-too-large", ITEM, { method: "PUT", body: " ".repeat(2_000) }],
    [
      "unsupported-media-type",
      ITEM,
      { method: "PUT", body: "x", headers: { "content-type": "text/plain" } },
    ],
    ["invalid-body", ITEM, { method: "PUT", body: "[]" }],
  ] as const)("answers a failure as a problem: %s", async (code, path, init) => {
    await using server = await mounted({ maxBodyBytes: 1_000 });
    const answer = await server.send(path, init);
    expectProblem(answer, code);
    expect(answer.headers.get("connection")).toBeNull();
  });

  it("reads a body in pieces no further than its bound", async () => {
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    await using server = await mounted({ maxBodyBytes: 5_000 });
    // Of fetch in Node, for bodies that are streams; no type has it.
    const init = { method: "PUT", body, duplex: "half" } as RequestInit;
    expectProblem(await server.send(ITEM, init), "body-too-large");
    expect(pulled).toBeLessThan(20);
  });

  it("answers under its prefix, and nowhere else", async () => {
    await using server = await mounted({ prefix: "/api/stock" });
    expect((await server.send("/api/stock/v1/items")).status).toBe(200);
    expect((await server.send("/api/stock/v1/items?limit=1")).status).toBe(200);
    for (const path of [
      "/api/stock",
      "/api/stock?x=1",
      "/api/stockv1/items",
      "/api/stock-/v1/items",
    ]) {
      expectProblem(await server.send(path), "unknown-route");
    }
  });

  it("lets a key that is bound to addresses in only from a known one", async () => {
    await using server = await mounted();
    const { secret } = await server.api.access.createKey({
      organisation: "acme",
      mode: "test",
      name: "bound",
      scopes: ["catalogue:read"],
      allowedIps: ["10.0.0.0/8"],
    });
    const headers = { authorization: `Bearer ${secret}` };
    expect((await server.send("/v1/items", { headers }, "10.1.1.1")).status).toBe(200);
    expectProblem(await server.send("/v1/items", { headers }, "11.1.1.1"), "address-refused");
    expectProblem(await server.send("/v1/items", { headers }), "address-refused");
  });

  it("shuts nobody out where it cannot tell callers apart", async () => {
    await using server = await mounted({ refusedKeys: { requests: 2, windowMs: 60_000 } });
    const wrong = { headers: { authorization: "Bearer wrong" } };
    for (let i = 0; i < 5; i++)
      expectProblem(await server.send("/v1/items", wrong), "unauthorized");
    expect((await server.send("/v1/items")).status).toBe(200);
    for (let i = 0; i < 2; i++) await server.send("/v1/items", wrong, "9.9.9.9");
    expectProblem(await server.send("/v1/items", wrong, "9.9.9.9"), "rate-limited");
  });

  it("rejects with the errors of the engine", async () => {
    await using server = await mounted();
    await expect(server.api.access.organisation("none")).rejects.toMatchObject({
      _tag: "NotFound",
      message: "there is no organisation none",
    });
  });

  it("keeps endpoints of webhooks where it is given what keeps them", async () => {
    const rules = { shapes: [nativeShape], targetFault: () => undefined };
    const secrets = WebhookSecrets.layer([Buffer.alloc(32, 1).toString("base64")]);
    await using server = await mounted({
      webhooks: Layer.provide(Webhooks.layer(rules), secrets),
    });
    const made = await server.send("/v1/webhooks", {
      method: "POST",
      body: '{"url":"https://example.com/hooks"}',
    });
    expect(made).toMatchObject({ status: 201, body: { endpoint: { organisation: "acme" } } });
    const { rows } = (await server.send("/v1/webhooks")).body;
    expect(rows).toEqual([made.body.endpoint]);
  });

  it("is not made with a key that cannot encrypt secrets", async () => {
    const rules = { shapes: [nativeShape], targetFault: () => undefined };
    const webhooks = Layer.provide(Webhooks.layer(rules), WebhookSecrets.layer(["short"]));
    await expect(webHandler({ store: memory(), webhooks })).rejects.toMatchObject({
      _tag: "InvalidSecretKey",
    });
  });

  it("is not made over a store that cannot be opened", async () => {
    const fault = new StoreFault({ reason: "missing", message: "no such file" });
    const store = Layer.effectContext(fault);
    await expect(webHandler({ store })).rejects.toBe(fault);
  });

  it("is not made with settings that cannot be", async () => {
    const store = memory();
    await expect(webHandler({ store, maxBodyBytes: 0 })).rejects.toThrow(RangeError);
    await expect(webHandler({ store, timeoutMs: Number.NaN })).rejects.toThrow(RangeError);
    await expect(webHandler({ store, trustedProxies: ["x"] })).rejects.toThrow(RangeError);
  });

  it("keeps what it wrote for the next one over the same store", async () => {
    const kept = makeMemoryStore();
    const store = Layer.succeedContext(storeContext(kept));
    const first = await mounted({ store });
    await first.send(ITEM, { method: "PUT", body: '{"name":"Tea"}' });
    await first.api.close();
    await using second = await mounted({ store });
    expect((await second.send(ITEM)).body.name).toBe("Tea");
  });
});
