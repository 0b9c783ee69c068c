/**
 * What the library beneath does otherwise than a caller would expect, each thing tried on the
 * server as it is.
 */
import { HttpApi, HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import type { ItemRow } from "@stockbook/engine";
import { Effect, Schema } from "effect";
import { describe, expect, it } from "vitest";
import { NativeApi, openApi, PROBLEMS } from "../../src/contract/index.js";
import { endpointsOf } from "../../src/kit/index.js";
import { expectProblem } from "../support/Problems.js";
import { alteredStore } from "../support/Stores.js";
import { furnish, startServer } from "../support/TestServer.js";

describe("a query", () => {
  it.each([
    ["an unknown parameter", "/v1/items?colour=red"],
    ["a parameter given twice", "/v1/items?limit=1&limit=2"],
    ["brackets after a name", "/v1/transactions?kinds[]=receive"],
    ["an empty number", "/v1/items?limit="],
    ["a number in words", "/v1/items?limit=1e1"],
    ["an unknown word in a list", "/v1/transactions?kinds=receive,steal"],
    ["an empty flag", "/v1/items?archived="],
    ["a moment without an offset", "/v1/transactions?from=2026-01-01T00:00:00"],
    ["a day that is not there", "/v1/transactions?from=2026-02-30T00:00:00Z"],
  ])("is refused for %s", async (_, path) => {
    await using server = await startServer();
    const answer = await server.send("GET", path);
    expect(answer.status).toBe(400);
    expectProblem(answer, answer.body.code);
  });

  it("takes one word for a list, and several", async () => {
    await using server = await startServer();
    await furnish(server);
    for (const kinds of ["receive", "receive,issue"]) {
      const { body } = await server.send("GET", `/v1/transactions?kinds=${kinds}`);
      expect(body.rows).toHaveLength(1);
    }
  });
});

describe("what is no request of the contract", () => {
  it.each([
    ["broken JSON", "POST", "/v1/movements", "malformed-request"],
    ["an unknown route", "GET", "/nowhere", "unknown-route"],
    ["a wrong method", "POST", "/v1/items", "method-not-allowed"],
    ["a method that HTTP hardly knows", "PROPFIND", "/v1/items", "method-not-allowed"],
  ] as const)("is answered in the common form: %s", async (_, method, path, code) => {
    await using server = await startServer();
    const body = code === "malformed-request" ? "{" : undefined;
    expectProblem(await server.send(method, path, { body }), code);
  });

  it.each([
    ["text/plain", "unsupported-media-type"],
    ["application/vnd.api+json", "unsupported-media-type"],
    ["application/json; charset=latin1", "unsupported-media-type"],
    ["application/x-www-form-urlencoded", "unsupported-media-type"],
    ["multipart/form-data; boundary=x", "unsupported-media-type"],
  ] as const)("a body of type %s", async (type, code) => {
    await using server = await startServer();
    const headers = { "content-type": type };
    expectProblem(await server.send("PUT", "/v1/items/TEA", { body: {}, headers }), code);
  });
});

describe("an answer that breaks its own schema", () => {
  it("is a fault of the server and not of the caller", async () => {
    const defects: unknown[] = [];
    const store = alteredStore(({ items }) => ({
      items: (...args) => Effect.map(items(...args), (rows) => rows.map(withoutName)),
    }));
    await using server = await startServer({ store, onDefect: (defect) => defects.push(defect) });
    await furnish(server);
    const answer = await server.send("GET", "/v1/items");
    expectProblem(answer, "fault");
    expect(answer.text).not.toContain("Expected");
    expect(defects).toHaveLength(1);
  });
});

describe("the contract", () => {
  it("serves no endpoint that does not say whom it admits", () => {
    const open = HttpApiEndpoint.get("open", "/open").addSuccess(Schema.String);
    const api = HttpApi.make("api").add(HttpApiGroup.make("group").add(open));
    expect(() => endpointsOf(api, { group: { open: () => null as never } })).toThrow(
      "group.open admits nobody",
    );
  });

  it("gives each code one status", () => {
    for (const { status } of Object.values(PROBLEMS)) expect(status).toBeGreaterThanOrEqual(400);
  });

  it("documents numbers in a query as numbers", () => {
    const { parameters } = Reflect.get(
      Reflect.get(openApi().paths as object, "/v1/items"),
      "get",
    ) as {
      readonly parameters: readonly { readonly name: string; readonly schema: object }[];
    };
    const limit = parameters.find(({ name }) => name === "limit");
    expect(limit?.schema).toMatchObject({ type: "integer", minimum: 1, maximum: 1_000 });
  });

  it("refuses a field it does not know, as its document says", async () => {
    await using server = await startServer();
    const answer = await server.send("PUT", "/v1/items/TEA", { body: { colour: "red" } });
    expect(expectProblem(answer, "invalid-body").errors).toEqual([
      { in: "body", pointer: "/colour", detail: "is not known here" },
    ]);
  });

  it("reads headers whatever their case", async () => {
    await using server = await startServer();
    await furnish(server);
    const headers = { "IF-MATCH": '"1"' };
    const answer = await server.send("PUT", "/v1/items/TEA", { body: {}, headers });
    expectProblem(answer, "precondition-failed");
  });

  it("has endpoints of its own alone", () => {
    const named: string[] = [];
    HttpApi.reflect(NativeApi, {
      onGroup: () => {},
      onEndpoint: ({ group, endpoint }) => named.push(`${group.identifier}.${endpoint.name}`),
    });
    expect(new Set(named).size).toBe(named.length);
  });
});

describe("a faulty value", () => {
  it("is told without repeating what may be a secret of another field", async () => {
    await using server = await startServer();
    const body = { name: "key", scopes: ["stock:read"], secret: server.key };
    const answer = await server.send("POST", "/v1/keys", { body });
    expectProblem(answer, "invalid-body");
    expect(answer.text).not.toContain(server.key);
  });
});

describe("HEAD", () => {
  it.each(["/v1/items/TEA", "/v1/items", "/health/live"])(
    "of %s answers as GET does, without a body",
    async (path) => {
      await using server = await startServer();
      await furnish(server);
      const get = await server.send("GET", path);
      const head = await server.send("HEAD", path);
      expect(head).toMatchObject({ status: 200, text: "" });
      expect(head.headers.get("etag")).toBe(get.headers.get("etag"));
      expect(head.headers.get("content-type")).toBe("application/json");
    },
  );

  it("of what is not there is as good as GET", async () => {
    await using server = await startServer();
    expect(await server.send("HEAD", "/v1/items/none")).toMatchObject({ status: 404, text: "" });
  });
});

describe("a path", () => {
  it("may end in a slash", async () => {
    await using server = await startServer();
    expect((await server.send("GET", "/v1/items/")).status).toBe(200);
  });

  it.each(["//v1/items", "/v1//items", "/V1/items", "/v1/ITEMS", "/v1/items/%ff"])(
    "has no other spelling: %s",
    async (path) => {
      await using server = await startServer();
      expectProblem(await server.send("GET", path), "unknown-route");
    },
  );
});

/** A row that no rule of the core lets pass. */
function withoutName(row: ItemRow): ItemRow {
  return { ...row, item: { ...row.item, name: 7 as never } };
}
