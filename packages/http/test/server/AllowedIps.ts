import { describe, expect, it } from "vitest";
import { expectProblem } from "../support/Problems.js";
import { startServer } from "../support/TestServer.js";

const HERE = "127.0.0.1";

describe("a key that is bound to addresses", () => {
  it.each([
    ["the address itself", ["127.0.0.1"], true],
    ["a range", ["127.0.0.0/8"], true],
    ["the address written as v6", ["::ffff:127.0.0.1"], true],
    ["one of several", ["10.0.0.0/8", "127.0.0.1"], true],
    ["another address", ["127.0.0.2"], false],
    ["another range", ["10.0.0.0/8"], false],
    ["the same place in v6", ["::1"], false],
  ])("is good from %s: %j", async (_, allowedIps, allowed) => {
    await using server = await startServer();
    const { secret } = await server.createKey({ allowedIps });
    const answer = await server.send("GET", "/v1/organisation", { key: secret });
    if (allowed) expect(answer.status).toBe(200);
    else expectProblem(answer, "address-refused");
  });

  it.each([
    ["10.1.2.3", ["10.0.0.0/8"], true],
    ["2001:db8::7", ["2001:db8::/32"], true],
    ["2001:db8::7", ["2001:db9::/32"], false],
    ["::ffff:10.1.2.3", ["10.0.0.0/8"], true],
    ["9.9.9.9, 10.1.2.3", ["10.0.0.0/8"], true],
    ["10.1.2.3, 9.9.9.9", ["10.0.0.0/8"], false],
    ["nonsense", ["10.0.0.0/8"], false],
    ["", ["10.0.0.0/8"], false],
  ])(
    "behind a trusted proxy that forwards %s, with %j: %s",
    async (forwarded, allowedIps, allowed) => {
      await using server = await startServer({ trustedProxies: [HERE] });
      const { secret } = await server.createKey({ allowedIps });
      const headers = { "x-forwarded-for": forwarded };
      const answer = await server.send("GET", "/v1/organisation", { key: secret, headers });
      expect(answer.status).toBe(allowed ? 200 : 403);
    },
  );

  it("is not let in by a header that anybody can write", async () => {
    await using server = await startServer();
    const { secret } = await server.createKey({ allowedIps: ["10.0.0.0/8"] });
    const headers = { "x-forwarded-for": "10.0.0.1", forwarded: "for=10.0.0.1" };
    const answer = await server.send("GET", "/v1/organisation", { key: secret, headers });
    expectProblem(answer, "address-refused");
  });

  it("cannot be had with a proxy that is no address", async () => {
    await expect(startServer({ trustedProxies: ["everybody"] })).rejects.toThrow(/trustedProxies/);
  });
});
