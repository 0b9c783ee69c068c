import { describe, expect, it } from "vitest";
import { prismOf } from "../../../../test/api/Prism.js";
import { startToy, toyDocument } from "../support/Toy.js";

// What the tests below look at.
const document = toyDocument() as unknown as {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly security: readonly object[];
            readonly parameters: readonly { readonly name: string; readonly schema: object }[];
            readonly responses: Readonly<Record<string, { readonly content?: object }>>;
            readonly requestBody?: { readonly content: Readonly<Record<string, object>> };
          }
        >
      >
    >
  >;
  readonly components: Readonly<Record<string, object>>;
};

describe("the document of a dialect", () => {
  it("has paths with a suffix, and the files that they give", () => {
    const operation = document.paths["/toy/things/{id}/report.{format}"]?.get;
    expect(Object.keys(operation?.responses["200"]?.content ?? {})).toEqual([
      "application/json",
      "text/csv;charset=utf-8",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]);
    const format = operation?.parameters.find(({ name }) => name === "format");
    expect(format?.schema).toEqual({ type: "string", enum: ["json", "csv", "xlsx"] });
    const card = document.paths["/toy/card.csv"]?.get;
    expect(Object.keys(card?.responses["200"]?.content ?? {})).toEqual(["text/csv;charset=utf-8"]);
  });

  it("has forms, lists, empty answers and answers that are still as they were", () => {
    const hook = document.paths["/toy/hooks"]?.post;
    expect(hook?.requestBody?.content).toMatchObject({
      "application/json": { schema: { $ref: "#/components/schemas/Hook" } },
      "application/x-www-form-urlencoded": {
        schema: { $ref: "#/components/schemas/Hook" },
        encoding: { headers: { style: "deepObject", explode: true } },
      },
    });
    expect(hook?.responses["201"]?.content).toBeUndefined();
    const list = document.paths["/toy/things"]?.get;
    expect(list?.parameters).toMatchObject([{ name: "ids[]", schema: { type: "array" } }]);
    expect(list?.responses["304"]).toEqual({ $ref: "#/components/responses/Unchanged" });
  });

  it("has the dialect's own failures and every way to give a key", () => {
    for (const operation of Object.values(document.paths).flatMap((one) => Object.values(one))) {
      expect(operation.security).toEqual([{ bearer: [] }, { header: [] }, { query: [] }]);
      const statuses = Object.keys(operation.responses);
      expect(statuses).toContain("422");
      expect(statuses.filter((status) => ["400", "409", "412"].includes(status))).toEqual([]);
    }
  });

  it.runIf(process.env.STOCKBOOK_PRISM === "1")("is what its server answers by", async () => {
    await using toy = await startToy();
    const prism = prismOf(document);
    const proxy = await prism?.start(toy.url);
    for (const path of ["/toy/things/a/report.csv", "/toy/things/a/report.json", "/toy/card.csv"]) {
      expect(prism?.isInContract("GET", path, {})).toBe(true);
      const headers = { authorization: `Bearer ${toy.key}` };
      const answer = await fetch(`${proxy?.url}${path}`, { headers });
      const text = await answer.text();
      expect([path, answer.status, answer.headers.get("sl-violations")]).toEqual([path, 200, null]);
      proxy?.check({ headers: answer.headers, body: undefined, text });
    }
    await proxy?.close();
  });
});
