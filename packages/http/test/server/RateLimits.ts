import { Effect } from "effect";
import { describe, expect, it } from "vitest";
import { memoryRateLimits } from "../../src/kit/index.js";
import { manualClock } from "../support/ManualClock.js";
import { expectProblem } from "../support/Problems.js";
import { startServer } from "../support/TestServer.js";

const PLAN = { name: "small", requests: 3, windowMs: 10_000 };

describe("the quota of a key", () => {
  it("is that of its organisation's plan, and is told with every answer", async () => {
    const clock = manualClock();
    await using server = await startServer({ clock, plan: PLAN });
    const ask = () => server.send("GET", "/v1/organisation");
    const told = async () => {
      const { status, headers } = await ask();
      return [status, headers.get("ratelimit"), headers.get("ratelimit-policy")];
    };
    expect(await told()).toEqual([200, '"small";r=2;t=10', '"small";q=3;w=10']);
    clock.advance(4_001);
    expect(await told()).toEqual([200, '"small";r=1;t=6', '"small";q=3;w=10']);
    await ask();
    const refused = await ask();
    expectProblem(refused, "rate-limited");
    expect(refused.headers.get("retry-after")).toBe("6");
    expect(refused.headers.get("ratelimit")).toBe('"small";r=0;t=6');
    clock.advance(5_998);
    expect((await ask()).status).toBe(429);
    clock.advance(1);
    expect(await told()).toEqual([200, '"small";r=2;t=10', '"small";q=3;w=10']);
  });

  it("is its own alone", async () => {
    await using server = await startServer({ clock: manualClock(), plan: PLAN });
    const other = (await server.createKey()).secret;
    for (let i = 0; i < 3; i++) await server.send("GET", "/v1/organisation");
    expect((await server.send("GET", "/v1/organisation")).status).toBe(429);
    expect((await server.send("GET", "/v1/organisation", { key: other })).status).toBe(200);
  });

  it("counts what is refused for its scopes, its body or its path, too", async () => {
    await using server = await startServer({ clock: manualClock(), plan: PLAN });
    await server.send("GET", "/v1/items?limit=0");
    await server.send("PUT", "/v1/items/TEA", { body: [] });
    await server.send("GET", "/v1/items/none");
    expect((await server.send("GET", "/v1/organisation")).status).toBe(429);
  });

  it("is asked for nowhere that is open to all", async () => {
    await using server = await startServer({ clock: manualClock(), plan: PLAN });
    for (let i = 0; i < 5; i++) {
      const { status, headers } = await server.send("GET", "/health/live");
      expect([status, headers.get("ratelimit")]).toEqual([200, null]);
    }
  });

  it("is told in a header whatever the plan is called", async () => {
    const plan = { ...PLAN, name: 'Größe "€\\5" 😀' };
    await using server = await startServer({ clock: manualClock(), plan });
    const { status, headers } = await server.send("GET", "/v1/organisation");
    expect(status).toBe(200);
    expect(headers.get("ratelimit-policy")).toBe('"Gr??e \\"?\\\\5\\" ?";q=3;w=10');
  });

  it("changes at once with the plan", async () => {
    await using server = await startServer({ clock: manualClock(), plan: PLAN });
    for (let i = 0; i < 4; i++) await server.send("GET", "/v1/organisation");
    const plan = { ...PLAN, requests: 100 };
    await server.run(server.access.changeOrganisation("acme", { plan }));
    expect((await server.send("GET", "/v1/organisation")).status).toBe(200);
  });
});

describe("refused keys", () => {
  const LIMIT = 300;

  it("may be sent 300 times a minute from one address, and then no more of any kind", async () => {
    const clock = manualClock();
    await using server = await startServer({ clock, trustedProxies: ["127.0.0.1"] });
    const send = (key: string | null, address: string) =>
      server.send("GET", "/v1/organisation", { key, headers: { "x-forwarded-for": address } });
    for (let i = 0; i < LIMIT; i++) {
      expect((await send("wrong", "2001:db8::1")).status).toBe(401);
    }
    const refused = await send("wrong", "2001:db8::1");
    expectProblem(refused, "rate-limited");
    expect(refused.headers.get("ratelimit-policy")).toBe('"refused-keys";q=300;w=60');
    // Whoever has one v6 address has all of its /64.
    expect((await send(null, "2001:db8::2")).status).toBe(429);
    expect((await send("wrong", "2001:db8:0:1::1")).status).toBe(401);
    expect((await send(server.key, "9.9.9.9")).status).toBe(200);
    clock.advance(60_000);
    expect((await send("wrong", "2001:db8::1")).status).toBe(401);
  });
});

describe("counts in memory", () => {
  it("stay bounded, however many ask", () => {
    const limits = memoryRateLimits();
    const quota = { name: "q", requests: 1, windowMs: 1_000 };
    const take = (bucket: string, now: number) =>
      Effect.runSync(limits.take(bucket, quota, now)).allowed;
    for (let i = 0; i < 100_001; i++) take(`bucket ${i}`, 0);
    expect(take("bucket 100000", 0)).toBe(false);
    // The oldest went, so that the newest had room.
    expect(take("bucket 0", 0)).toBe(true);
  });
});
