import { describe, expect, it } from "vitest";
import { startToy, type Toy } from "../support/Toy.js";

const FORM = "application/x-www-form-urlencoded";

const send = (toy: Toy, body: string, type = FORM) =>
  fetch(`${toy.url}/toy/hooks`, {
    method: "POST",
    headers: { authorization: `Bearer ${toy.key}`, "content-type": type },
    body,
  });

describe("lists in a query", () => {
  it.each([
    ["ids[]=a&ids[]=b", ["a", "b"]],
    ["ids[0]=a&ids[1]=b", ["a", "b"]],
    ["ids=a&ids=b", ["a", "b"]],
    ["ids%5B%5D=a", ["a"]],
    ["ids[]=", [""]],
  ])("%s", async (search, ids) => {
    await using toy = await startToy();
    const headers = { authorization: `Bearer ${toy.key}` };
    const answer = await fetch(`${toy.url}/toy/things?${search}`, { headers });
    expect(answer.status).toBe(200);
    expect(toy.seen).toEqual([{ "ids[]": ids }]);
  });

  it.each(["ids[x]=a", "ids[][]=a", "ids[0", "other[]=a", "__proto__[]=a"])(
    "is not %s",
    async (search) => {
      await using toy = await startToy();
      const headers = { authorization: `Bearer ${toy.key}` };
      const answer = await fetch(`${toy.url}/toy/things?ids[]=a&${search}`, { headers });
      expect(answer.status).toBe(422);
    },
  );
});

describe("a form", () => {
  it("is read by the same schema as JSON, and answered without a body", async () => {
    await using toy = await startToy();
    const answer = await send(toy, "url=u&headers[X-A]=b&headers%5BX-C%5D=d+e&tags[]=1&tags[]=2");
    const { status, headers } = answer;
    expect([status, headers.get("content-type"), await answer.text()]).toEqual([201, null, ""]);
    const json = { url: "u", headers: { "X-A": "b", "X-C": "d e" }, tags: ["1", "2"] };
    await send(toy, JSON.stringify(json), "application/json");
    expect(toy.seen).toEqual([json, json]);
  });

  it.each([
    ["url=a&url=b", 422],
    ["url=a&url[x]=b", 422],
    ["url=a&nonsense=1", 422],
    ["url=a&[x]=b", 422],
    [`url=a&headers${"[a]".repeat(20)}=b`, 422],
    ["url=a&__proto__[x]=1", 422],
    [`url=${"a".repeat(300)}`, 201],
  ])("%s is answered with %i", async (body, status) => {
    await using toy = await startToy();
    expect((await send(toy, body)).status).toBe(status);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it("of a longer type, or of too many fields, is refused", async () => {
    await using toy = await startToy({ maxBodyBytes: 100 });
    expect((await send(toy, `url=${"a".repeat(190)}`)).status).toBe(201);
    // The endpoint's own limit is the greater one.
    expect((await send(toy, `url=${"a".repeat(197)}`)).status).toBe(413);
    expect((await send(toy, "url=a", "text/plain")).status).toBe(415);
    await using open = await startToy();
    const many = Array.from({ length: 1_001 }, (_, i) => `headers[h${i}]=1`).join("&");
    expect((await send(open, `url=a&${many}`)).status).toBe(422);
  });

  it("may name what every object has, and it is nothing but a name", async () => {
    await using toy = await startToy();
    expect((await send(toy, "url=a&headers[constructor]=b")).status).toBe(201);
    expect(toy.seen).toEqual([{ url: "a", headers: { constructor: "b" } }]);
  });
});
