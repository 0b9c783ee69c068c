import { makeMemoryStore } from "@stockbook/engine";
import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { furnish, startServer, type TestServer } from "../support/TestServer.js";

const CATALOGUE = ["items", "categories", "manufacturers", "locations"] as const;

const etagAt = async ({ send }: TestServer, path: string) =>
  (await send("GET", path)).headers.get("etag") as string;

const put = ({ send }: TestServer, path: string, name: string, headers = {}) =>
  send("PUT", path, { body: { name }, headers });

describe.each(CATALOGUE)("one of the %s", (kind) => {
  const path = `/v1/${kind}/one`;

  it("has an ETag that changes with it, and comes back when it does", async () => {
    await using server = await startServer();
    const created = await put(server, path, "First");
    const first = await etagAt(server, path);
    expect(created.headers.get("etag")).toBe(first);
    await put(server, path, "Second");
    expect(await etagAt(server, path)).not.toBe(first);
    await put(server, path, "First");
    expect(await etagAt(server, path)).toBe(first);
  });

  it("is not sent again to whoever has it", async () => {
    await using server = await startServer();
    await put(server, path, "First");
    const etag = await etagAt(server, path);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const answer = await server.send("GET", path, { headers: { "if-none-match": known } });
      expect(answer, known).toMatchObject({ status: 304, text: "" });
      expect(answer.headers.get("etag")).toBe(etag);
    }
    for (const other of ['"x"', etag.slice(1, -1)]) {
      const answer = await server.send("GET", path, { headers: { "if-none-match": other } });
      expect(answer.status, other).toBe(200);
    }
  });

  it("is changed under If-Match only as its writer has seen it", async () => {
    await using server = await startServer();
    await put(server, path, "First");
    const etag = await etagAt(server, path);
    for (const wrong of ['"x"', `W/${etag}`, etag.slice(1, -1), "nonsense", ""]) {
      const answer = await put(server, path, "Second", { "if-match": wrong });
      expectProblem(answer, "precondition-failed");
    }
    expect((await put(server, path, "Second", { "if-match": `"x", ${etag}` })).status).toBe(200);
    expectProblem(await put(server, path, "Third", { "if-match": etag }), "precondition-failed");
    expect((await put(server, path, "Third", { "if-match": "*" })).status).toBe(200);
    const absent = `/v1/${kind}/absent`;
    expectProblem(await put(server, absent, "New", { "if-match": "*" }), "precondition-failed");
    expectProblem(await put(server, absent, "New", { "if-match": etag }), "precondition-failed");
    expect((await server.send("GET", absent)).status).toBe(404);
  });

  it("is created once under If-None-Match: *", async () => {
    await using server = await startServer();
    const headers = { "if-none-match": "*" };
    const tries = await Promise.all(
      Array.from({ length: 8 }, (_, i) => put(server, path, `Name ${i}`, headers)),
    );
    expect(tries.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(tries.filter(({ status }) => status === 412)).toHaveLength(7);
  });

  it("of two writers with one ETag takes exactly one", async () => {
    await using server = await startServer();
    for (let round = 0; round < 5; round++) {
      await put(server, path, `Round ${round}`);
      const headers = { "if-match": await etagAt(server, path) };
      const both = await Promise.all([
        put(server, path, "Left", headers),
        put(server, path, "Right", headers),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    }
  });
});

describe("an item", () => {
  it("keeps its ETag while its stock changes", async () => {
    await using server = await startServer();
    await furnish(server);
    const etag = await etagAt(server, "/v1/items/TEA");
    await furnish(server);
    expect(await etagAt(server, "/v1/items/TEA")).toBe(etag);
  });

  it("that was changed under an idempotency key is so again, whatever If-Match says", async () => {
    await using server = await startServer();
    await furnish(server);
    const etag = await etagAt(server, "/v1/items/TEA");
    const headers = { "if-match": etag, "idempotency-key": "a" };
    await put(server, "/v1/items/TEA", "Green tea", headers);
    const again = await put(server, "/v1/items/TEA", "Green tea", headers);
    expect(again).toMatchObject({ status: 200, body: { name: "Green tea" } });
  });
});

describe("what is changed by PATCH", () => {
  const things = {
    key: async (server: TestServer) => `/v1/keys/${(await server.createKey()).key.id}`,
    organisation: async () => "/v1/organisations/acme",
  };

  it.each(Object.entries(things))("needs If-Match: a %s", async (_, pathOf) => {
    await using server = await startServer();
    const path = await pathOf(server);
    const patch = (name: string, headers = {}) =>
      server.send("PATCH", path, { body: { name }, headers });
    expectProblem(await patch("New"), "precondition-required");
    expectProblem(await patch("New", { "if-match": '"x"' }), "precondition-failed");
    const etag = await etagAt(server, path);
    const changed = await patch("New", { "if-match": etag });
    expect(changed).toMatchObject({ status: 200, body: { name: "New" } });
    expect(changed.headers.get("etag")).toBe(await etagAt(server, path));
    expectProblem(await patch("Newer", { "if-match": etag }), "precondition-failed");
    expect((await patch("Newer", { "if-match": "*" })).status).toBe(200);
  });

  it.each(Object.entries(things))("takes one of two writers: a %s", async (_, pathOf) => {
    // Over a store that answers a little later, as one on a disk does.
    const store = slow();
    await using server = await startServer({ store });
    const path = await pathOf(server);
    for (let round = 0; round < 5; round++) {
      const headers = { "if-match": await etagAt(server, path) };
      const write = (name: string) => server.send("PATCH", path, { body: { name }, headers });
      const both = await Promise.all([write(`Left ${round}`), write(`Right ${round}`)]);
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    }
  });
});

/** Each access takes a turn of the loop, so that others come in between. */
function slow() {
  const store = makeMemoryStore();
  return {
    ...store,
    organisation: (id: string) => Effect.delay(store.organisation(id), 1),
    findKey: (query: Parameters<typeof store.findKey>[0]) => Effect.delay(store.findKey(query), 1),
  };
}
