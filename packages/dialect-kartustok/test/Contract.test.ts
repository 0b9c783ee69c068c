import { readFileSync } from "node:fs";
import { HttpApi } from "@effect/platform";
import { Option, Schema } from "effect";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/contract/Examples.js";
import {
  ERRORS,
  ErrorAnswer,
  KartuStokApi,
  openApi,
  postmanCollection,
} from "../src/contract/index.js";

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<
    Record<string, { readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
  >;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, Response>>;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

// What the tests below look at; the linter looks at the rest.
const document = openApi() as unknown as Document;
const operations = Object.values(document.paths).map(({ get }) => get);
const STRICT = { onExcessProperty: "error", errors: "all" } as const;

describe("the document", () => {
  it("is the one that is kept: run `npm run openapi -w packages/dialect-kartustok` to change it", () => {
    const kept = readFileSync(new URL("../openapi.json", import.meta.url), "utf8");
    expect(JSON.parse(kept)).toEqual(document);
    expect(document.openapi).toBe("3.1.0");
  });

  it("has the endpoints of the guide, all of them for reading", () => {
    const parameters = Object.fromEntries(
      Object.entries(document.paths).map(([path, methods]) => {
        expect(Object.keys(methods)).toEqual(["get"]);
        return [path, methods.get.parameters.map(({ name }) => name)];
      }),
    );
    expect(parameters).toEqual({
      "/public/v1/health": [],
      "/public/v1/meta/company": [],
      "/public/v1/items": ["q", "is_active", "category_id", "page", "per_page"],
      "/public/v1/items/{id}": ["id"],
      "/public/v1/item-categories": [],
      "/public/v1/locators": [],
      "/public/v1/stock/summary": [
        "date_from",
        "date_to",
        "locator_id",
        "item_id",
        "category_id",
        "page",
        "per_page",
      ],
      "/public/v1/stock/detail": [
        "locator_id",
        "item_id",
        "transaction_type",
        "date_from",
        "date_to",
        "page",
        "per_page",
      ],
    });
  });

  it("needs a token everywhere, and tells every failure and an example of each answer", () => {
    const statuses = [...new Set(Object.values(ERRORS).map(({ status }) => String(status)))];
    for (const { operationId, security, responses } of operations) {
      expect(security, operationId).toEqual([{ token: [] }]);
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(statuses));
      for (const [status, response] of Object.entries(responses)) {
        if (status === "304") continue;
        const { content = {} } = resolved(response);
        const examples = content["application/json"]?.examples ?? {};
        expect(Object.keys(examples), `${operationId} ${status}`).not.toEqual([]);
      }
    }
  });
});

describe("every example", () => {
  it("is what its endpoint answers", () => {
    const seen = new Set<string>();
    HttpApi.reflect(KartuStokApi, {
      onGroup: () => {},
      onEndpoint: ({ group, endpoint, successes }) => {
        const name = `${group.identifier}.${endpoint.name}`;
        seen.add(name);
        for (const [status, { ast }] of successes) {
          const schema = Schema.make<unknown, unknown, never>(Option.getOrThrow(ast));
          const decode = Schema.decodeUnknownSync(schema, STRICT);
          for (const [title, example] of Object.entries(EXAMPLES[name]?.[status] ?? {})) {
            expect(() => decode(example), `${name} ${status} ${title}`).not.toThrow();
          }
        }
      },
    });
    expect([...seen].toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  });

  it("of a failure is in the envelope, and there is one under every name", () => {
    const decode = Schema.decodeUnknownSync(ErrorAnswer, STRICT);
    const names = Object.values(document.components.responses).flatMap(({ content = {} }) =>
      Object.entries(content["application/json"]?.examples ?? {}).map(([name, { value }]) => {
        expect(() => decode(value), name).not.toThrow();
        return name;
      }),
    );
    expect(names.toSorted()).toEqual(Object.keys(ERRORS).toSorted());
  });
});

describe("the Postman collection", () => {
  it("has a request for every endpoint, with what it takes and what it answers", () => {
    const { item, auth, info } = postmanCollection() as {
      readonly info: { readonly schema: string };
      readonly auth: object;
      readonly item: readonly {
        readonly item: readonly {
          readonly request: {
            readonly method: string;
            readonly url: {
              readonly raw: string;
              readonly query: readonly { readonly key: string; readonly disabled: boolean }[];
              readonly variable: readonly { readonly key: string }[];
            };
          };
          readonly response: readonly { readonly name: string; readonly body: string }[];
        }[];
      }[];
    };
    expect(info.schema).toContain("v2.1.0");
    expect(auth).toMatchObject({ type: "bearer" });
    const requests = item.flatMap((folder) => folder.item);
    const sent = requests.map(({ request: { method, url } }) => `${method} ${url.raw}`);
    const paths = Object.keys(document.paths).map((path) => path.replace(/\{(\w+)\}/g, ":$1"));
    expect(sent).toEqual(paths.map((path) => `GET {{baseUrl}}${path}`));
    for (const [i, { request, response }] of requests.entries()) {
      const { query, variable } = request.url;
      const names = [...query, ...variable].map(({ key }) => key);
      expect(names).toEqual(operations[i]?.parameters.map(({ name }) => name));
      expect(response.map(({ name }) => name)).not.toEqual([]);
      for (const { body } of response) expect(JSON.parse(body).status).toBe("success");
    }
    const needed = requests.flatMap(({ request }) =>
      request.url.query.filter(({ disabled }) => !disabled).map(({ key }) => key),
    );
    expect(needed).toEqual(["locator_id"]);
  });
});

function resolved(response: Response): Response {
  const name = response.$ref?.split("/").at(-1);
  return name === undefined ? response : (document.components.responses[name] as Response);
}
