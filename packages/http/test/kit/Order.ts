import { describe, expect, it } from "vitest";
import { manualClock } from "../support/ManualClock.js";
import { startToy, type Toy } from "../support/Toy.js";

const ask = async ({ url }: Toy, path: string, init: RequestInit = {}) => {
  const answer = await fetch(url + path, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe("a dialect that looks at the key first", () => {
  it("refuses in its order, each time with its own envelope", async () => {
    await using toy = await startToy({ clock: manualClock() });
    const poor = await toy.keyWith({ scopes: ["meta.read"] as never });
    const far = await toy.keyWith({ allowedIps: ["10.0.0.0/8"] });
    const told = async (path: string, headers: Record<string, string>, method = "GET") => {
      const { status, text } = await ask(toy, path, { method, headers });
      return [status, JSON.parse(text).oops];
    };
    expect(await told("/nowhere", { "x-host": "nobody" })).toEqual([404, "UnknownHost"]);
    expect(await told("/nowhere", {})).toEqual([401, "RefusedKey"]);
    const other = { ...bearer(toy.key), "x-host": "other" };
    expect(await told("/toy/things", other)).toEqual([401, "RefusedKey"]);
    expect(await told("/toy/things", bearer(far))).toEqual([403, "AddressRefused"]);
    expect(await told("/toy/things?x=1", bearer(poor))).toEqual([403, "MissingScope"]);
    expect(await told("/nowhere", bearer(poor))).toEqual([404, "UnknownRoute"]);
    const html = { ...bearer(toy.key), accept: "text/html" };
    expect(await told("/toy/things", html, "PUT")).toEqual([405, "MethodNotAllowed"]);
    expect(await told("/toy/things", html)).toEqual([406, "NotAcceptable"]);
    expect((await told("/toy/things", bearer(toy.key)))[0]).toBe(422);
    // The quota is used up by now, and comes before the route, but not before the scope.
    expect(await told("/nowhere", bearer(toy.key))).toEqual([429, "RateLimited"]);
    await told("/nowhere", bearer(poor));
    expect(await told("/nowhere", bearer(poor))).toEqual([429, "RateLimited"]);
    expect(await told("/toy/things", bearer(poor))).toEqual([403, "MissingScope"]);
  });

  it("refuses what is not there before the method and the parameters, to who may know", async () => {
    await using toy = await startToy({ clock: manualClock() });
    const poor = await toy.keyWith({ scopes: ["meta.read"] as never });
    const told = async (method: string, path: string, key: string) => {
      const { status, text } = await ask(toy, path, { method, headers: bearer(key) });
      return [status, JSON.parse(text).oops];
    };
    expect(await told("PUT", "/toy/things/gone?x=1", toy.key)).toEqual([404, "NotFound"]);
    expect(await told("DELETE", "/toy/things/gone?x=1", toy.key)).toEqual([404, "NotFound"]);
    expect(await told("PUT", "/toy/things/here", toy.key)).toEqual([405, "MethodNotAllowed"]);
    expect(await told("PUT", "/toy/things/gone", poor)).toEqual([403, "MissingScope"]);
  });

  it("tells the quota with every answer to a key it knows, and counts what it refuses", async () => {
    const clock = manualClock();
    await using toy = await startToy({ clock });
    const remaining = async (path: string, headers = bearer(toy.key)) =>
      (await ask(toy, path, { headers })).headers.get("x-remaining");
    expect(await remaining("/nowhere", bearer("wrong"))).toBeNull();
    expect(await remaining("/nowhere")).toBe("2");
    expect(await remaining("/toy/things?ids[]=a")).toBe("1");
    clock.advance(4_000);
    expect(await remaining("/toy/things")).toBe("0");
    const refused = await ask(toy, "/toy/things", { headers: bearer(toy.key) });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "6"]);
    clock.advance(6_000);
    // The refused one counts as well: of the last three, two are still within the window.
    expect(await remaining("/toy/things?ids=a")).toBe("0");
    expect((await ask(toy, "/nowhere", { headers: bearer(toy.key) })).status).toBe(429);
  });

  it("takes a key in a query of a GET alone, and neither reads, repeats nor logs it", async () => {
    await using toy = await startToy();
    const got = await ask(toy, `/toy/things?ids[]=a&accessToken=${toy.key}`);
    expect([got.status, JSON.parse(got.text)]).toEqual([200, [{ id: "a", count: 1 }]]);
    const removed = await ask(toy, `/toy/things/a?accessToken=${toy.key}`, { method: "DELETE" });
    expect(removed.status).toBe(401);
    const wrong = await ask(toy, `/toy/things?idz[]=a&accessToken=${toy.key}`);
    expect([wrong.status, wrong.text.includes("accessToken")]).toEqual([422, false]);
    const twice = await ask(toy, `/toy/things?accessToken=${toy.key}&accessToken=${toy.key}`);
    expect(twice.status).toBe(401);
    expect(toy.lines.join()).not.toContain(toy.key.slice(-8));
    expect(toy.lines).toHaveLength(4);
  });

  it("serves its documents to everybody but on no host of nobody's", async () => {
    await using toy = await startToy();
    const document = await ask(toy, "/toy/openapi.json");
    expect(JSON.parse(document.text).info.title).toBe("Toy");
    const etag = document.headers.get("etag") as string;
    const headers = { "if-none-match": etag };
    expect((await ask(toy, "/toy/openapi.json", { headers })).status).toBe(304);
    const nobody = await ask(toy, "/toy/openapi.json", { headers: { "x-host": "nobody" } });
    expect([nobody.status, nobody.text]).toEqual([404, '{"oops":"UnknownHost"}']);
    const posted = await ask(toy, "/toy/openapi.json", { method: "POST" });
    expect(posted.status).toBe(401);
  });
});
