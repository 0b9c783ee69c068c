import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { sendRaw } from "../support/Raw.js";
import { startServer } from "../support/TestServer.js";

/** Characters that mean something in an address, in a pattern, or in another alphabet. */
const CHARACTERS = [..."aZ0.;:/?#%&=+ *()[]{}~!$'\",@\\^|<>`-_", "ä", "İ", "ß", "東", "😀", "%41"];

describe("an id in a path", () => {
  it("names the same thing, whatever it is made of", async () => {
    await using server = await startServer();
    const id = fc
      .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join("").trim())
      .filter((text) => text !== "" && !text.startsWith("@") && !/^\.{1,2}$/.test(text));
    await fc.assert(
      fc.asyncProperty(id, async (given) => {
        const path = `/v1/locations/${encodeURIComponent(given)}`;
        const made = await server.send("PUT", path, { body: { name: "Place" } });
        expect(made).toMatchObject({ status: 200, body: { id: given } });
        expect((await server.send("GET", path)).body.id).toBe(given);
      }),
      { numRuns: 100, seed: Number(process.env.STOCKBOOK_SEED) },
    );
  });

  it.each([
    ["a;b", "a;b"],
    ["İstanbul", "İstanbul"],
    ["%C4%B0%25", "İ%"],
    ["%2e%2e", ".."],
    ["a%2Fb", "a/b"],
    ["a+b", "a+b"],
    ["100%25", "100%"],
  ])("is written %s for %s", async (written, id) => {
    await using server = await startServer();
    const request = (method: string, body: string) =>
      [
        `${method} /v1/locations/${encodeURI(written).replaceAll("%25", "%")} HTTP/1.1`,
        "Host: x",
        `Authorization: Bearer ${server.key}`,
        "Content-Type: application/json",
        `Content-Length: ${body.length}`,
        "",
        body,
      ].join("\r\n");
    const { status, body } = await sendRaw(server.url, request("PUT", '{"name":"Place"}'));
    expect({ status, id: JSON.parse(body).id }).toEqual({ status: 200, id });
  });

  it.each([
    ["too long", "x".repeat(101), "invalid-parameter"],
    ["a null byte", "%00", "invalid-body"],
    ["half a character", "%E2%82", "unknown-route"],
    ["half an escape", "%4", "unknown-route"],
  ] as const)("is refused when it is %s", async (_, id, code) => {
    await using server = await startServer();
    expectProblem(await server.send("PUT", `/v1/locations/${id}`, { body: { name: "x" } }), code);
  });

  it.each(["0x10", "1e3", "-1", "1.0", "9007199254740993", "99999999999999999999", "%20"])(
    "is no number: %s",
    async (sequence) => {
      await using server = await startServer();
      const answer = await server.send("GET", `/v1/transactions/${sequence}`);
      expectProblem(answer, "invalid-parameter");
    },
  );

  it("may be long when it is written in escapes", async () => {
    await using server = await startServer();
    const id = "東".repeat(100);
    const path = `/v1/locations/${encodeURIComponent(id)}`;
    expect((await server.send("PUT", path, { body: { name: "x" } })).body.id).toBe(id);
  });
});

describe("a request target", () => {
  it("may be absolute, as proxies send it", async () => {
    await using server = await startServer();
    const line = "GET http://stock.example/v1/items?limit=1 HTTP/1.1";
    const head = `${line}\r\nHost: x\r\nAuthorization: Bearer ${server.key}\r\n\r\n`;
    expect((await sendRaw(server.url, head)).status).toBe(200);
  });

  it("may be a star, of which nothing is known", async () => {
    await using server = await startServer();
    const { status } = await sendRaw(server.url, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(status).toBe(404);
  });
});
