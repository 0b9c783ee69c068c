import { NotFound } from "@stockbook/engine";
import { Effect, Stream } from "effect";
import { describe, expect, it } from "vitest";
import { CSV, startToy, type Toy, XLSX } from "../support/Toy.js";

const get = (toy: Toy, path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(toy.url + path, { method, headers: { authorization: `Bearer ${toy.key}`, ...headers } });

describe("a file", () => {
  it("is named by the suffix of its path", async () => {
    await using toy = await startToy();
    const csv = await get(toy, "/toy/things/a.b/report.csv", { accept: "application/json" });
    expect(csv.headers.get("content-type")).toBe(CSV);
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="a.b.csv"');
    expect(csv.headers.get("cache-control")).toBe("private, no-cache");
    expect(await csv.text()).toBe("id,count\na,1\n");
    const xlsx = await get(toy, "/toy/things/%C3%A4/report.xlsx");
    expect(xlsx.headers.get("content-type")).toBe(XLSX);
    expect(xlsx.headers.get("content-disposition")).toBe(
      "attachment; filename=\"_.xlsx\"; filename*=UTF-8''%C3%A4.xlsx",
    );
  });

  it("of an unknown kind is a wrong parameter", async () => {
    await using toy = await startToy();
    expect((await get(toy, "/toy/things/a/report.pdf")).status).toBe(422);
  });

  it("is refused where its type is not accepted and nothing else names it", async () => {
    await using toy = await startToy();
    expect((await get(toy, "/toy/card.csv", { accept: "application/json" })).status).toBe(406);
    expect((await get(toy, "/toy/card.csv", { accept: "text/csv" })).status).toBe(200);
  });

  it("has no body for HEAD, and leaves nothing open", async () => {
    let closed = 0;
    const bytes = Stream.ensuring(
      Stream.make(new Uint8Array(3)),
      Effect.sync(() => closed++),
    );
    await using toy = await startToy({ bytes });
    const head = await get(toy, "/toy/card.csv", {}, "HEAD");
    expect([head.status, head.headers.get("content-type")]).toEqual([200, CSV]);
    expect(closed).toBe(1);
    await (await get(toy, "/toy/card.csv")).text();
    expect(closed).toBe(2);
  });

  it("that fails before its first byte is a failure as any other", async () => {
    const bytes = Stream.fail(new NotFound({ what: "item", id: "x" }));
    await using toy = await startToy({ bytes });
    const answer = await get(toy, "/toy/card.csv");
    expect([answer.status, await answer.text()]).toEqual([404, '{"oops":"NotFound"}']);
  });

  it("that fails later breaks off", async () => {
    const bytes = Stream.concat(
      Stream.make(new Uint8Array(10)),
      Stream.fail(new NotFound({ what: "item", id: "x" })),
    );
    await using toy = await startToy({ bytes });
    const whole = get(toy, "/toy/card.csv").then((answer) => answer.arrayBuffer());
    await expect(whole).rejects.toThrow();
  });

  it("is made no faster than it is read", async () => {
    let made = 0;
    const bytes = Stream.repeatEffect(
      Effect.sync(() => {
        made++;
        return new Uint8Array(65_536);
      }),
    );
    await using toy = await startToy({ bytes });
    const answer = await get(toy, "/toy/card.csv");
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    for (let i = 0; i < 50; i++) await reader.read();
    const before = made;
    for (let i = 0; i < 50; i++) await reader.read();
    expect(made).toBeLessThan(before + 2_000);
    await reader.cancel();
  });
});

describe("an answer", () => {
  it("may have nothing in it", async () => {
    await using toy = await startToy();
    const answer = await get(toy, "/toy/things/a", {}, "DELETE");
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
  });

  it("is tagged by its content, and not sent again to who has it", async () => {
    await using toy = await startToy();
    const etagOf = async (path: string) => (await get(toy, path)).headers.get("etag") as string;
    const etag = await etagOf("/toy/things?ids[]=a");
    const known = await get(toy, "/toy/things?ids[]=a", { "if-none-match": `W/${etag}` });
    expect([known.status, known.headers.get("etag"), await known.text()]).toEqual([304, etag, ""]);
    const other = await get(toy, "/toy/things?ids[]=b", { "if-none-match": etag });
    expect(other.status).toBe(200);
  });
});
