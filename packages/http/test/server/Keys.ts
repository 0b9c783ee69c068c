import { describe, expect, it } from "vitest";
import { manualClock } from "../support/ManualClock.js";
import { expectProblem } from "../support/Problems.js";
import { sendRaw } from "../support/Raw.js";
import { startServer, type TestServer } from "../support/TestServer.js";

const status = async ({ send }: TestServer, key: string | null) =>
  (await send("GET", "/v1/organisation", { key })).status;

describe("the header of a key", () => {
  it.each([
    ["the scheme in capitals", (key: string) => `BEARER ${key}`, 200],
    ["the scheme in small letters", (key: string) => `bearer ${key}`, 200],
    ["another scheme", (key: string) => `Digest ${key}`, 401],
    ["a scheme of the same length", (key: string) => `Basics ${key}`, 401],
    ["the scheme alone", () => "Bearer", 401],
    ["the scheme and blanks", () => "Bearer   ", 401],
    ["the key alone", (key: string) => key, 401],
    ["no blank between", (key: string) => `Bearer${key}`, 401],
    ["two keys", (key: string) => `Bearer ${key} ${key}`, 401],
    ["a list", (key: string) => `Bearer ${key}, Bearer ${key}`, 401],
    ["quotes", (key: string) => `Bearer "${key}"`, 401],
    ["the key as the name of a user", (key: string) => `Basic ${btoa(`${key}:`)}`, 401],
  ])("%s", async (_, header, expected) => {
    await using server = await startServer();
    const headers = { authorization: header(server.key) };
    const answer = await server.send("GET", "/v1/organisation", { key: null, headers });
    expect(answer.status).toBe(expected);
    if (expected === 401) expectProblem(answer, "unauthorized");
  });

  it("given twice opens nothing, not even with the same key", async () => {
    await using server = await startServer();
    const header = `Authorization: Bearer ${server.key}\r\n`;
    const request = (headers: string) =>
      `GET /v1/organisation HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
    expect((await sendRaw(server.url, request(header))).status).toBe(200);
    expect((await sendRaw(server.url, request(header + header))).status).toBe(401);
  });

  it("is not looked for in the query", async () => {
    await using server = await startServer();
    const path = `/v1/organisation?key=${server.key}&access_token=${server.key}`;
    expectProblem(await server.send("GET", path, { key: null }), "unauthorized");
  });
});

describe("a key", () => {
  it("that is none is told from one that opens nothing", async () => {
    await using server = await startServer();
    const { key } = server;
    const last = key.at(-1) === "a" ? "b" : "a";
    const tell = async (secret: string) => {
      const answer = await server.send("GET", "/v1/organisation", { key: secret });
      return expectProblem(answer, "unauthorized").detail;
    };
    expect(await tell("nonsense")).toBe("this is no key");
    expect(await tell(`${key.slice(0, -1)}${last}`)).toBe("this is no key");
    expect(await tell(key.replace("sb_test_", "sb_live_"))).toBe("this key opens nothing");
    expect(await tell(`${key}x`)).toBe("this is no key");
  });

  it("opens nothing when it is inactive, revoked or expired", async () => {
    const clock = manualClock();
    await using server = await startServer({ clock });
    const now = clock.unsafeCurrentTimeMillis();
    const made = await server.createKey({ expiresAt: now + 60_000 });
    const path = `/v1/keys/${made.key.id}`;
    const detail = async () => {
      const answer = await server.send("GET", "/v1/organisation", { key: made.secret });
      return answer.status === 200 ? 200 : expectProblem(answer, "unauthorized").detail;
    };
    const change = async (body: object) => {
      const etag = (await server.send("GET", path)).headers.get("etag") as string;
      return server.send("PATCH", path, { body, headers: { "if-match": etag } });
    };
    expect(await detail()).toBe(200);
    await change({ active: false });
    expect(await detail()).toBe("this key is inactive");
    await change({ active: true });
    expect(await detail()).toBe(200);
    clock.advance(60_000);
    expect(await detail()).toBe("this key has expired");
    await server.send("DELETE", path);
    expect(await detail()).toBe("this key has been revoked");
  });

  it("is shown without its secret, but when it is made", async () => {
    await using server = await startServer();
    const made = await server.send("POST", "/v1/keys", {
      body: { name: "till", scopes: ["stock:read"] },
    });
    expect(made.status).toBe(201);
    const { secret, key } = made.body;
    expect(await status(server, secret)).toBe(200);
    for (const path of ["/v1/keys", `/v1/keys/${key.id}`]) {
      const { text } = await server.send("GET", path);
      expect(text).not.toContain(secret);
      expect(text).toContain(key.hint);
    }
  });

  it("that is rotated is good for its overlap, and no longer", async () => {
    const clock = manualClock();
    await using server = await startServer({ clock });
    const old = await server.createKey({ scopes: ["stock:read"] });
    const path = `/v1/keys/${old.key.id}/rotate`;
    const { body } = await server.send("POST", path, { body: { overlapMs: 5_000 } });
    expect(body.key.scopes).toEqual(["stock:read"]);
    expect(await status(server, old.secret)).toBe(200);
    clock.advance(5_000);
    expect(await status(server, old.secret)).toBe(401);
    expect(await status(server, body.secret)).toBe(200);
  });

  it("is rotated once under an idempotency key", async () => {
    await using server = await startServer();
    const { key } = await server.createKey({ scopes: ["stock:read"] });
    const headers = { "idempotency-key": "rotate-1" };
    const path = `/v1/keys/${key.id}/rotate`;
    const first = await server.send("POST", path, { body: {}, headers });
    const again = await server.send("POST", path, { body: {}, headers });
    expect(again).toMatchObject({ status: 201, body: { key: first.body.key, secret: null } });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  });

  it("is made once under an idempotency key, and its secret is not shown again", async () => {
    await using server = await startServer();
    const headers = { "idempotency-key": "till-1" };
    const body = { name: "till", scopes: ["stock:read"] };
    const first = await server.send("POST", "/v1/keys", { body, headers });
    const again = await server.send("POST", "/v1/keys", { body, headers });
    expect(again).toMatchObject({ status: 201, body: { key: first.body.key, secret: null } });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    const other = { ...body, name: "another" };
    expectProblem(
      await server.send("POST", "/v1/keys", { body: other, headers }),
      "idempotency-conflict",
    );
  });
});

describe("nobody gives a key more than his own has", () => {
  const refused = async (server: TestServer, method: string, path: string, request: object) =>
    expectProblem(await server.send(method, path, request), "missing-scope").requiredScopes;

  it("neither when it is made nor when it is changed or rotated", async () => {
    await using server = await startServer();
    const { secret } = await server.createKey({ scopes: ["keys:read", "keys:write"] });
    const key = secret;
    const scopes = ["keys:read", "stock:write"];
    expect(
      await refused(server, "POST", "/v1/keys", { key, body: { name: "more", scopes } }),
    ).toEqual(["stock:write"]);

    const weak = await server.createKey({ scopes: ["keys:read"] });
    const path = `/v1/keys/${weak.key.id}`;
    const etag = (await server.send("GET", path)).headers.get("etag") as string;
    const headers = { "if-match": etag };
    expect(await refused(server, "PATCH", path, { key, body: { scopes }, headers })).toEqual([
      "stock:write",
    ]);

    const strong = await server.createKey({ scopes: ["stock:write"] });
    expect(
      await refused(server, "POST", `/v1/keys/${strong.key.id}/rotate`, { key, body: {} }),
    ).toEqual(["stock:write"]);
  });

  it("neither where it may be used from nor how long it lasts", async () => {
    const clock = manualClock();
    await using server = await startServer({ clock });
    const expiresAt = new Date(clock.unsafeCurrentTimeMillis() + 60_000).toISOString();
    const bound = { allowedIps: ["127.0.0.0/8"], expiresAt };
    const { secret } = await server.createKey({
      scopes: ["keys:read", "keys:write"],
      allowedIps: bound.allowedIps,
      expiresAt: Date.parse(expiresAt),
    });
    const make = (changes: object) =>
      server.send("POST", "/v1/keys", {
        key: secret,
        body: { name: "more", scopes: ["keys:read"], ...bound, ...changes },
      });
    const later = new Date(Date.parse(expiresAt) + 1).toISOString();
    for (const changes of [
      { allowedIps: [] },
      { allowedIps: ["127.0.0.0/7"] },
      { allowedIps: ["127.0.0.1", "10.0.0.1"] },
      { expiresAt: null },
      { expiresAt: later },
    ]) {
      expectProblem(await make(changes), "missing-scope");
    }
    const made = await make({ allowedIps: ["127.1.0.0/16"] });
    expect(made.status).toBe(201);
    const path = `/v1/keys/${made.body.key.id}`;
    const etag = (await server.send("GET", path)).headers.get("etag") as string;
    const change = (body: object) =>
      server.send("PATCH", path, { key: secret, body, headers: { "if-match": etag } });
    expectProblem(await change({ allowedIps: [] }), "missing-scope");
    expectProblem(await change({ expiresAt: null }), "missing-scope");
    const free = await server.createKey({ scopes: ["keys:read"] });
    const rotate = { key: secret, body: {} };
    expectProblem(
      await server.send("POST", `/v1/keys/${free.key.id}/rotate`, rotate),
      "missing-scope",
    );
    expect((await server.send("POST", `${path}/rotate`, rotate)).status).toBe(201);
  });

  it("and no test key makes, changes, rotates or revokes a live one", async () => {
    await using server = await startServer();
    const live = await server.createKey({ mode: "live" });
    const path = `/v1/keys/${live.key.id}`;
    const etag = (await server.send("GET", path)).headers.get("etag") as string;
    const headers = { "if-match": etag };
    const body = { name: "live", mode: "live", scopes: ["stock:read"] };
    const tries = [
      await refused(server, "POST", "/v1/keys", { body }),
      await refused(server, "PATCH", path, { body: { name: "mine" }, headers }),
      await refused(server, "POST", `${path}/rotate`, { body: {} }),
      await refused(server, "DELETE", path, {}),
    ];
    expect(tries).toEqual(tries.map(() => ["a live key"]));
    expect(await status(server, live.secret)).toBe(200);
  });

  it("and a live key makes test keys", async () => {
    await using server = await startServer();
    const live = await server.createKey({ mode: "live" });
    const made = await server.send("POST", "/v1/keys", {
      key: live.secret,
      body: { name: "test", mode: "test", scopes: ["stock:read"] },
    });
    expect(made).toMatchObject({ status: 201, body: { key: { mode: "test" } } });
  });

  it.each([
    [{ name: "", scopes: ["stock:read"] }, "/name"],
    [{ name: "x", scopes: [] }, "/scopes"],
    [{ name: "x", scopes: ["stock:read"], allowedIps: ["10.0.0.1", "nowhere"] }, "/allowedIps/1"],
    [{ name: "x", scopes: ["stock:read"], expiresAt: "2001-01-01T00:00:00Z" }, "/expiresAt"],
  ])("what is wrong with %j stands in its body", async (body, pointer) => {
    await using server = await startServer();
    const answer = await server.send("POST", "/v1/keys", { body });
    expect(expectProblem(answer, "invalid-body").errors).toMatchObject([{ in: "body", pointer }]);
  });
});
