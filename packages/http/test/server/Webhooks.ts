import { LOCAL_TARGETS } from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { furnish, startServer, type TestServer } from "../support/TestServer.js";

const TARGET = "https://example.com/hooks";
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

async function create({ send }: TestServer, body: object = {}) {
  const answer = await send("POST", "/v1/webhooks", { body: { url: TARGET, ...body } });
  expect(answer.status, answer.text).toBe(201);
  return answer.body as { readonly endpoint: { readonly id: string }; readonly secret: string };
}

describe("an endpoint", () => {
  it("is made with what is left out filled in, and shown without its secret ever after", async () => {
    await using server = await startServer();
    const { endpoint, secret } = await create(server, { events: ["stock.depleted"] });
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(endpoint).toEqual({
      id: expect.stringMatching(/^whe_\w{20}$/),
      organisation: "acme",
      mode: "test",
      url: TARGET,
      description: "",
      api: "native",
      events: ["stock.depleted"],
      format: "json",
      headers: {},
      ordered: false,
      maxConcurrent: 8,
      maxPerSecond: null,
      retryDelaysMs: expect.arrayContaining([5_000, 36_000_000]),
      createdAt: expect.stringMatching(/Z$/),
      disabled: null,
    });
    const path = `/v1/webhooks/${endpoint.id}`;
    const { message } = (await server.send("POST", `${path}/test`)).body;
    const shown = [
      await server.send("GET", "/v1/webhooks"),
      await server.send("GET", path),
      await server.send("GET", `${path}/deliveries`),
      await server.send("GET", `${path}/deliveries/${message}`),
      await server.send("PATCH", path, { body: {}, headers: { "if-match": "*" } }),
      await server.send("DELETE", path),
    ];
    expect(shown[0]?.body).toEqual({ rows: [endpoint] });
    expect(shown[1]?.body).toEqual(endpoint);
    for (const { status, text } of shown) {
      expect(status).toBe(200);
      expect(text).not.toContain("whsec_");
      expect(text).not.toContain(secret.slice(6));
    }
    expectProblem(await server.send("GET", path), "not-found");
    expectProblem(await server.send("DELETE", path), "not-found");
  });

  it("is made once under an idempotency key, and its secret is not shown again", async () => {
    await using server = await startServer();
    const request = { body: { url: TARGET }, headers: { "idempotency-key": "hook-1" } };
    const first = await server.send("POST", "/v1/webhooks", request);
    const again = await server.send("POST", "/v1/webhooks", request);
    expect(again).toMatchObject({ status: 201, body: { ...first.body, secret: null } });
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = { ...request, body: { url: `${TARGET}/other` } };
    expectProblem(await server.send("POST", "/v1/webhooks", other), "idempotency-conflict");
    expect((await server.send("GET", "/v1/webhooks")).body.rows).toHaveLength(1);
  });

  it("is changed only as its owner has read it", async () => {
    await using server = await startServer();
    const { endpoint } = await create(server);
    const path = `/v1/webhooks/${endpoint.id}`;
    const etag = (await server.send("GET", path)).headers.get("etag") as string;
    const change = (body: object, headers = {}) => server.send("PATCH", path, { body, headers });
    expectProblem(await change({ ordered: true }), "precondition-required");
    expectProblem(await change({ ordered: true }, { "if-match": '"x"' }), "precondition-failed");
    const changed = await change({ ordered: true, description: "x" }, { "if-match": etag });
    expect(changed).toMatchObject({
      status: 200,
      body: { ...endpoint, ordered: true, description: "x" },
    });
    expect(changed.headers.get("etag")).not.toBe(etag);
    expectProblem(await change({ ordered: false }, { "if-match": etag }), "precondition-failed");
    const known = { headers: { "if-none-match": changed.headers.get("etag") as string } };
    expect((await server.send("GET", path, known)).status).toBe(304);
  });

  it("has an ETag that deliveries do not change", async () => {
    await using server = await startServer();
    const { endpoint } = await create(server);
    const etag = async () =>
      (await server.send("GET", `/v1/webhooks/${endpoint.id}`)).headers.get("etag");
    const before = await etag();
    await furnish(server);
    const { ledgers } = await server.run(server.access.organisation("acme"));
    const { webhooks } = server.store;
    const place = { ledger: ledgers.test, endpoint: endpoint.id };
    const cursor = { from: 0, to: 4, messages: [], at: Date.now() };
    await server.run(Effect.orDie(webhooks.enqueue({ ...place, ...cursor })));
    const stored = await server.run(Effect.orDie(webhooks.endpoint(ledgers.test, endpoint.id)));
    expect(stored?.cursor).toBe(4);
    expect(await etag()).toBe(before);
  });

  it("is switched off and on", async () => {
    await using server = await startServer();
    const { endpoint } = await create(server);
    const headers = { "if-match": "*" };
    const switched = async (enabled: boolean) =>
      (await server.send("PATCH", `/v1/webhooks/${endpoint.id}`, { body: { enabled }, headers }))
        .body.disabled;
    expect(await switched(false)).toEqual({ reason: "asked", at: expect.any(String) });
    expect(await switched(true)).toBeNull();
  });

  it("gets another secret, which is shown once, or the one that is asked for", async () => {
    await using server = await startServer();
    const { endpoint, secret } = await create(server, { secret: SECRET });
    expect(secret).toBe(SECRET);
    const path = `/v1/webhooks/${endpoint.id}/rotate`;
    const made = await server.send("POST", path, { body: {} });
    expect(made).toMatchObject({ status: 200, body: { endpoint } });
    expect(made.body.secret).toMatch(/^whsec_/);
    expect(made.body.secret).not.toBe(SECRET);
    const given = await server.send("POST", path, { body: { secret: SECRET, overlapMs: 0 } });
    expect(given.body.secret).toBe(SECRET);
  });

  it("may be this machine where the server allows it", async () => {
    await using server = await startServer({ targets: LOCAL_TARGETS });
    const { endpoint } = await create(server, { url: "http://127.0.0.1:9999/hook" });
    expect(endpoint).toMatchObject({ url: "http://127.0.0.1:9999/hook" });
  });

  it("is one of 20 at most", async () => {
    await using server = await startServer();
    for (let i = 0; i < 20; i++) await create(server);
    const answer = await server.send("POST", "/v1/webhooks", { body: { url: TARGET } });
    expect(expectProblem(answer, "conflict").detail).toContain("20 endpoints");
  });
});

describe("what is wrong with an endpoint", () => {
  it.each([
    ["/url", "must name a host on the public internet", { url: "https://127.0.0.1/hook" }],
    ["/url", "must be an absolute https URL", { url: "http://example.com/hook" }],
    ["/url", "must be an absolute https URL", { url: "x" }],
    ["/events/0", "must be one of ledger.opened, stock.moved", { events: ["stock.stolen"] }],
    ["/headers/host", "must be left to the sender", { headers: { host: "elsewhere" } }],
    ["/api", "must be one of native", { api: "other" }],
    ["/format", 'must be one of "json", "form", not "xml"', { format: "xml" }],
    ["/maxConcurrent", "must be a whole number from 1 to 64", { maxConcurrent: 0 }],
    ["/retryDelaysMs/0", "must be a whole number from 1000", { retryDelaysMs: [1] }],
    ["/after", "must be a whole number from 0 to", { after: 1_000_000 }],
    ["/secret", "must be whsec_ and 24 to 64 bytes in base64", { secret: "whsec_c2hvcnQtb25l" }],
    ["/unknown", "is not known here", { unknown: 1 }],
  ])("stands at %s: %s", async (pointer, detail, wrong) => {
    await using server = await startServer();
    const answer = await server.send("POST", "/v1/webhooks", { body: { url: TARGET, ...wrong } });
    const problem = expectProblem(answer, "invalid-body");
    expect(problem.errors).toMatchObject([{ in: "body", pointer }]);
    expect(problem.errors?.[0]?.detail).toContain(detail);
    expect(answer.text).not.toContain("c2hvcnQtb25l");
    expect((await server.send("GET", "/v1/webhooks")).body.rows).toEqual([]);
  });

  it.each([
    ["PATCH", "", { url: "https://10.0.0.1/" }, "/url"],
    ["PATCH", "", { events: ["x"] }, "/events/0"],
    ["POST", "/rotate", { overlapMs: 604_800_001 }, "/overlapMs"],
    ["POST", "/recover", { since: "2020-01-01T00:00:00Z" }, "/since"],
    ["POST", "/recover", { since: new Date().toISOString(), types: ["x"] }, "/types/0"],
  ])("is told when it is changed: %s %s %o", async (method, route, body, pointer) => {
    await using server = await startServer();
    const { endpoint } = await create(server);
    const path = `/v1/webhooks/${endpoint.id}${route}`;
    const before = new Date(Date.now() - 1_000).toISOString();
    const since = "since" in body && "types" in body ? { since: before } : {};
    const answer = await server.send(method, path, {
      body: { ...body, ...since },
      headers: { "if-match": "*" },
    });
    expect(expectProblem(answer, "invalid-body").errors).toMatchObject([{ pointer }]);
  });
});

/** Everything that can be asked of an endpoint. */
const ROUTES = [
  ["GET", ""],
  ["PATCH", "", {}],
  ["POST", "/rotate", {}],
  ["POST", "/test"],
  ["POST", "/recover", { since: "2026-03-01T00:00:00Z" }],
  ["GET", "/deliveries"],
  ["GET", "/deliveries/:message"],
  ["POST", "/deliveries/:message/resend"],
  ["DELETE", ""],
] as const;

describe("an endpoint of another ledger", () => {
  it("is not found, whether it is another organisation's or of the other mode", async () => {
    await using server = await startServer();
    await server.run(server.access.createOrganisation({ id: "other" }));
    const strangers = [
      await server.createKey({ organisation: "other" }),
      await server.createKey({ mode: "live" }),
    ];
    const { endpoint } = await create(server);
    const path = `/v1/webhooks/${endpoint.id}`;
    const { message } = (await server.send("POST", `${path}/test`)).body;
    for (const { secret: key } of strangers) {
      for (const [method, route, body] of ROUTES) {
        const request = { key, body, headers: { "if-match": "*" } };
        const asked = `${path}${route.replace(":message", message)}`;
        expectProblem(await server.send(method, asked, request), "not-found");
      }
      expect((await server.send("GET", "/v1/webhooks", { key })).body.rows).toEqual([]);
    }
    expect((await server.send("GET", path)).body).toEqual(endpoint);
    expect((await server.send("GET", `${path}/deliveries`)).body.rows).toHaveLength(1);
  });
});

describe("a server without webhooks", () => {
  it("says at each of their routes what to set up", async () => {
    await using server = await startServer({ targets: null });
    const routes = [
      ["GET", ""],
      ["POST", "", { url: TARGET }],
      ...ROUTES.map(([method, route, body]) => [method, `/whe_1${route}`, body] as const),
    ] as const;
    for (const [method, route, body] of routes) {
      // A proxy of Prism takes a 501 for a route that it is to answer itself.
      const request = { body, headers: { "if-match": "*" }, isDirect: true };
      const path = `/v1/webhooks${route.replace(":message", "msg_1")}`;
      const answer = await server.send(method, path, request);
      expect(expectProblem(answer, "not-configured").detail).toContain("`webhooks`");
    }
  });
});
