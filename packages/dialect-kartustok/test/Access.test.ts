/** Hosts, tokens, scopes, addresses and limits: who is answered, and in which order who is not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "../../http/test/support/ManualClock.js";
import type { GuideClient, Reply } from "./GuideClient.js";
import { SCOPES, type Served, serve } from "./support/Served.js";

const error = ({ status, body }: Reply) => [status, body.message];

/** What a client may be refused for; also for a token that another company's is. */
const ENDPOINTS = [
  ["/health", "meta.read"],
  ["/meta/company", "meta.read"],
  ["/items", "item.read"],
  ["/items/5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4", "item.read"],
  ["/item-categories", "category.read"],
  ["/locators", "locator.read"],
  ["/stock/summary", "stock.read"],
  ["/stock/detail", "stock.read"],
] as const;

describe("a host", () => {
  it("is a company's, with a token of that company", async () => {
    await using served = await serve();
    const { token } = served;
    const slugAt = async (host: string) => {
      const { body } = await served.as({ host, token }).company();
      return body.data.slug;
    };
    expect(await slugAt("acme.kartustok.com")).toBe("acme");
    expect(await slugAt("ACME.KARTUSTOK.COM:443")).toBe("acme");
    expect(await slugAt("acme.localhost:4280")).toBe("acme");
    expect(await slugAt("localhost")).toBe("acme");
    const other = await served.tokenWith({ organisation: "other" });
    const { body } = await served.as({ host: "other.kartustok.com", token: other }).company();
    expect(body.data).toMatchObject({ slug: "other", name: "Other" });
  });

  it.each(["member.kartustok.com", "nobody.kartustok.com", "kartustok.com", "example.com"])(
    "is wrong where it is %s, whatever is asked there",
    async (host) => {
      await using served = await serve();
      const client = served.as({ host, token: served.token });
      const wrong = { status: "error", message: "Invalid URL" };
      for (const path of ["/health", "/items", "/nowhere", "/openapi.json", "/postman.json"]) {
        const { status, body } = await client.get(path);
        expect([path, status, body]).toEqual([path, 404, wrong]);
      }
      expect((await client.send("/", { method: "POST" })).body).toEqual(wrong);
      expect((await served.as({ host }).health()).body).toEqual(wrong);
    },
  );

  it("is needed where hosts are strict", async () => {
    await using served = await serve({ strictHost: true });
    expect(error(await served.client.health())).toEqual([404, "Invalid URL"]);
    const named = served.as({ host: "acme.localhost", token: served.token });
    expect((await named.health()).status).toBe(200);
  });

  it("is a company's as soon as there is one of that name", async () => {
    await using served = await serve({ baseDomain: "stock.example.com" });
    const host = "late.stock.example.com";
    expect(error(await served.as({ host }).health())).toEqual([404, "Invalid URL"]);
    await served.run(served.access.createOrganisation({ id: "late" }));
    const token = await served.tokenWith({ organisation: "late" });
    expect((await served.as({ host, token }).health()).status).toBe(200);
  });
});

describe("a token", () => {
  const ask = async (served: Served, authorization: string | undefined) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const reply = await served.as({}).send("/public/v1/health", { headers });
    expect(reply.headers.get("www-authenticate")).toBe("Bearer");
    expect(reply.headers.get("x-ratelimit-limit")).toBeNull();
    return error(reply);
  };

  it("is told why it is refused, each time with 401", async () => {
    const clock = manualClock();
    await using served = await serve({ clock });
    const { token } = served;
    expect(await ask(served, undefined)).toEqual([401, "Missing bearer token"]);
    expect(await ask(served, `Basic ${token}`)).toEqual([401, "Missing bearer token"]);
    expect(await ask(served, "Bearer")).toEqual([401, "Missing bearer token"]);
    expect(await ask(served, `Bearer ${token.slice(0, -1)}`)).toEqual([401, "Invalid token"]);
    expect(await ask(served, "Bearer nonsense")).toEqual([401, "Invalid token"]);
    const idOf = async (name: string) => {
      const keys = await served.run(served.access.keys("acme"));
      return keys.find((key) => key.name === name)?.id as string;
    };
    const inactive = await served.tokenWith({ name: "inactive" });
    const change = served.access.changeKey("acme", await idOf("inactive"), { active: false });
    await served.run(change);
    expect(await ask(served, `Bearer ${inactive}`)).toEqual([401, "Inactive token"]);
    const revoked = await served.tokenWith({ name: "revoked" });
    await served.run(served.access.revokeKey("acme", await idOf("revoked")));
    expect(await ask(served, `Bearer ${revoked}`)).toEqual([401, "Revoked token"]);
    const expiresAt = clock.unsafeCurrentTimeMillis() + 1_000;
    const expired = await served.tokenWith({ expiresAt });
    clock.advance(1_000);
    expect(await ask(served, `Bearer ${expired}`)).toEqual([401, "Expired token"]);
    const foreign = await served.tokenWith({ organisation: "other" });
    expect(await ask(served, `Bearer ${foreign}`)).toEqual([401, "Invalid token"]);
  });

  it("for tests sees a ledger of its own", async () => {
    await using served = await serve();
    const tests = await served.clientWith({ mode: "test" });
    await served.did([{ type: "put-item", sku: "LIVE" }]);
    await served.did([{ type: "put-item", sku: "TEST" }], { organisation: "acme", mode: "test" });
    const codes = async (client: GuideClient) =>
      (await client.items()).body.data.map(({ code }: { code: string }) => code);
    expect(await codes(served.client)).toEqual(["LIVE"]);
    expect(await codes(tests)).toEqual(["TEST"]);
    const [live] = (await served.client.items()).body.data;
    expect((await tests.item(live.id)).status).toBe(404);
  });

  it.each(ENDPOINTS)("opens %s with %s alone", async (path, scope) => {
    await using served = await serve();
    const others = SCOPES.filter((one) => one !== scope);
    const without = await served.clientWith({ scopes: others });
    expect(error(await without.get(path))).toEqual([403, `Missing required scope: ${scope}`]);
    const posted = await without.get(path, {}, { method: "POST" });
    expect(error(posted)).toEqual([403, `Missing required scope: ${scope}`]);
    const { status } = await (await served.clientWith({ scopes: [scope] })).get(path);
    expect(status).not.toBe(403);
  });

  it.each([
    ["10.0.0.0/8", "10.1.2.3", 200],
    ["10.0.0.0/8", "11.1.2.3", 403],
    ["192.0.2.7", "192.0.2.7", 200],
    ["192.0.2.7", "192.0.2.8", 403],
    ["2001:db8::/32", "2001:db8:1::5", 200],
    ["2001:db8::/32", "2001:db9::5", 403],
    ["2001:db8::7", "2001:db8::7", 200],
  ])("allowed from %s may come from %s: %i", async (range, address, status) => {
    await using served = await serve({ trustedProxies: ["127.0.0.1"] });
    const client = await served.clientWith({ allowedIps: [range] });
    const headers = { "x-forwarded-for": address };
    const reply = await client.get("/health", {}, { headers });
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.body.message).toBe("Client IP is outside Allowed IPs");
    await using open = await serve();
    const untrusted = await open.clientWith({ allowedIps: [range] });
    expect((await untrusted.get("/health", {}, { headers })).status).toBe(403);
  });
});

describe("the limit", () => {
  const standing = ({ status, headers }: Reply) => [
    status,
    headers.get("x-ratelimit-limit"),
    headers.get("x-ratelimit-remaining"),
    headers.get("x-ratelimit-reset"),
    headers.get("retry-after"),
  ];

  it("is 120 requests in any 60 seconds, whatever becomes of them", async () => {
    const clock = manualClock();
    await using served = await serve({ clock });
    const { client } = served;
    const { etag = "" } = Object.fromEntries((await client.company()).headers);
    expect(standing(await client.get("/items", { page: 0 }))).toEqual([
      422,
      "120",
      "118",
      "60",
      null,
    ]);
    const headers = { "if-none-match": etag };
    const known = await client.get("/meta/company", {}, { headers });
    expect(standing(known)).toEqual([304, "120", "117", "60", null]);
    expect(standing(await client.get("/nowhere"))).toEqual([404, "120", "116", "60", null]);
    clock.advance(30_000);
    for (let i = 0; i < 115; i++) await client.health();
    expect(standing(await client.health())).toEqual([200, "120", "0", "30", null]);
    const refused = await client.health();
    expect(standing(refused)).toEqual([429, "120", "0", "30", "30"]);
    expect(refused.body).toEqual({ status: "error", message: "Too Many Requests" });
    clock.advance(30_000);
    // The first four have left the window, the one that was refused has not.
    expect(standing(await client.health())).toEqual([200, "120", "2", "30", null]);
  });

  it("is counted for each token and each address", async () => {
    await using served = await serve({ clock: manualClock(), trustedProxies: ["127.0.0.1"] });
    const remaining = async (client: GuideClient, address: string) => {
      const headers = { "x-forwarded-for": address };
      return (await client.get("/health", {}, { headers })).headers.get("x-ratelimit-remaining");
    };
    const second = await served.clientWith({});
    expect(await remaining(served.client, "192.0.2.1")).toBe("119");
    expect(await remaining(served.client, "192.0.2.1")).toBe("118");
    expect(await remaining(served.client, "192.0.2.2")).toBe("119");
    expect(await remaining(served.client, "2001:db8::1")).toBe("119");
    expect(await remaining(second, "192.0.2.1")).toBe("119");
  });
});

// ── the order of refusals ────────────────────────────────────────────────────────────────

const FAULTS = [
  "host",
  "token",
  "access",
  "rate",
  "thing",
  "method",
  "accept",
  "parameters",
] as const;
type Fault = (typeof FAULTS)[number];

const ANSWERS: { readonly [fault in Fault]: readonly [status: number, message: string] } = {
  host: [404, "Invalid URL"],
  token: [401, "Invalid token"],
  access: [403, "Client IP is outside Allowed IPs"],
  rate: [429, "Too Many Requests"],
  thing: [404, "Resource not found"],
  method: [405, "Method not allowed"],
  accept: [406, "Answers are application/json"],
  parameters: [422, "Invalid parameters"],
};

/** A server with tokens whose quota is used up. */
async function strained() {
  const served = await serve({ clock: manualClock() });
  await served.did([{ type: "put-item", sku: "A" }]);
  const [item] = (await served.client.items()).body.data;
  const far = { allowedIps: ["10.0.0.0/8"] };
  const spent = { near: await served.tokenWith(), far: await served.tokenWith(far) };
  for (const token of Object.values(spent)) {
    for (let i = 0; i < 120; i++) await served.as({ token }).health();
  }
  const tokenFor = async (faults: ReadonlySet<Fault>) => {
    if (faults.has("token")) return "wrong";
    const isFar = faults.has("access");
    if (faults.has("rate")) return isFar ? spent.far : spent.near;
    return served.tokenWith(isFar ? far : {});
  };
  const askWith = async (faults: ReadonlySet<Fault>) => {
    const host = faults.has("host") ? "member.kartustok.com" : "acme.kartustok.com";
    const client = served.as({ host, token: await tokenFor(faults) });
    const thing = faults.has("thing") ? "5d0a3a52-3c0e-4f57-9f0e-6a1a70c1b9d4" : item.id;
    return client.get(`/items/${thing}`, faults.has("parameters") ? { colour: "red" } : {}, {
      method: faults.has("method") ? "DELETE" : "GET",
      headers: faults.has("accept") ? { accept: "text/html" } : {},
    });
  };
  return { served, askWith };
}

describe("of several faults", () => {
  it("the one that comes first is told", async () => {
    const { served, askWith } = await strained();
    const faults = fc.uniqueArray(fc.constantFrom(...FAULTS), { minLength: 1 });
    const property = fc.asyncProperty(faults, async (given) => {
      const first = FAULTS.find((fault) => given.includes(fault)) as Fault;
      expect(error(await askWith(new Set(given)))).toEqual(ANSWERS[first]);
    });
    await fc.assert(property, { numRuns: 150 });
    expect((await askWith(new Set())).status).toBe(200);
    await served[Symbol.asyncDispose]();
  });

  it.each(FAULTS.slice(0, -1).map((fault, i) => [fault, FAULTS[i + 1] as Fault] as const))(
    "%s is told before %s",
    async (fault, next) => {
      const { served, askWith } = await strained();
      expect(error(await askWith(new Set([fault, next])))).toEqual(ANSWERS[fault]);
      expect(error(await askWith(new Set([next])))).toEqual(ANSWERS[next]);
      await served[Symbol.asyncDispose]();
    },
  );

  it("a route that there is not is told after the rate and before the method", async () => {
    await using served = await serve();
    const unknown = [404, "Route not found"];
    expect(error(await served.client.get("/nowhere", { x: 1 }, { method: "PUT" }))).toEqual(
      unknown,
    );
    expect(error(await served.client.send("/"))).toEqual(unknown);
    expect(error(await served.as({}).get("/nowhere"))).toEqual([401, "Missing bearer token"]);
  });
});

describe("an answer", () => {
  it.each([
    [undefined, 200],
    ["*/*", 200],
    ["application/json", 200],
    ["application/*", 200],
    ["text/html, application/json;q=0.5", 200],
    ["text/html", 406],
    ["application/json;q=0", 406],
    ["application/xml", 406],
  ])("where %s is accepted: %i", async (accept, status) => {
    await using served = await serve();
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const url = `${served.origin}/public/v1/health`;
    const reply = await fetch(url, {
      headers: { authorization: `Bearer ${served.token}`, ...headers },
    });
    expect([reply.status, reply.headers.get("content-type")]).toEqual([status, "application/json"]);
  });

  it("to a method that there is not names those there are", async () => {
    await using served = await serve();
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const reply = await served.client.get("/items", {}, { method });
      expect([...error(reply), reply.headers.get("allow")]).toEqual([
        405,
        "Method not allowed",
        "GET, HEAD",
      ]);
    }
    const head = await served.client.get("/items", {}, { method: "HEAD" });
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("gives the document and the collection to everybody", async () => {
    await using served = await serve();
    const nobody = served.as({ host: "acme.kartustok.com" });
    const document = await nobody.get("/openapi.json");
    expect([document.status, document.body.info.title]).toEqual([200, "KartuStok"]);
    const collection = await nobody.get("/postman.json");
    expect([collection.status, collection.body.info.name]).toEqual([200, "KartuStok"]);
    const headers = { "if-none-match": document.headers.get("etag") as string };
    expect((await nobody.get("/openapi.json", {}, { headers })).status).toBe(304);
  });
});
