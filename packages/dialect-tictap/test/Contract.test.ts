import { readFileSync } from "node:fs";
import { HttpApi } from "@effect/platform";
import { Option, Schema } from "effect";
import { describe, expect, it } from "vitest";
import { EXAMPLES, FAILURES, WEBHOOK_EXAMPLES } from "../src/contract/Examples.js";
import {
  CrossingBody,
  Failure,
  openApi,
  TictapApi,
  TransactionBody,
} from "../src/contract/index.js";

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: Readonly<Record<string, object>> }>
  >;
}

// What the tests below look at; the linter looks at the rest.
const document = openApi() as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
};
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

const STRICT = { onExcessProperty: "error", errors: "all" } as const;

describe("the document", () => {
  it("is the one that is kept: run `npm run openapi -w packages/dialect-tictap` if it is to change", () => {
    const kept = readFileSync(new URL("../openapi.json", import.meta.url), "utf8");
    expect(JSON.parse(kept)).toEqual(document);
  });

  it("has every path of the guide", () => {
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.toSorted()).toEqual(
      [
        "GET /products",
        "GET /products/{id}",
        "POST /products",
        "PATCH /products/{id}",
        "DELETE /products/{id}",
        "POST /products/import",
        "GET /stores",
        "GET /stores/{id}",
        "GET /stores/{id}/children",
        "GET /stores/summaries",
        "GET /stores/{id}/available-products",
        "GET /stores/{id}/products",
        "GET /stores/{id}/replenish.{format}",
        "POST /stores/{id}/items",
        "PATCH /items/{id}",
        "POST /stores/{id}/recalculate-summaries",
        "GET /transactions.{format}",
        "GET /transactions/summary",
        "GET /transactions/daily-stats",
        "GET /stores/{id}/report.{format}",
        "GET /team/report.{format}",
        "POST /webhooks",
      ]
        .map((route) => route.replace(" ", " /api/stock"))
        .toSorted(),
    );
  });

  it("has no reference that leads nowhere", () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
    const dead = refs.filter(
      ([, kind = "", name = ""]) => !(name in (document.components[kind] ?? {})),
    );
    expect(dead).toEqual([]);
    expect(text).not.toContain("HttpApiDecodeError");
  });

  it("has an example under a name for every answer with a body", () => {
    for (const { operationId, responses } of operations) {
      for (const [status, { $ref, content = {} }] of Object.entries(responses)) {
        if ($ref !== undefined) continue;
        for (const [type, media] of Object.entries(content)) {
          if (type.includes("spreadsheetml")) continue;
          expect(media, `${operationId} ${status} ${type}`).toHaveProperty("examples");
        }
      }
    }
  });

  it("tells no failure that has no meaning here", () => {
    const told = new Set(operations.flatMap(({ responses }) => Object.keys(responses)));
    expect([...told].filter((status) => Number(status) >= 400).toSorted()).toEqual(
      Object.keys(FAILURES).toSorted(),
    );
  });
});

describe("every example", () => {
  it("is what its endpoint answers", () => {
    const seen = new Set<string>();
    HttpApi.reflect(TictapApi, {
      onGroup: () => {},
      onEndpoint: ({ group, endpoint, successes }) => {
        const name = `${group.identifier}.${endpoint.name}`;
        for (const [status, { ast }] of successes) {
          if (Option.isNone(ast)) continue;
          seen.add(name);
          const decode = Schema.decodeUnknownSync(
            Schema.make<unknown, unknown, never>(ast.value),
            STRICT,
          );
          const examples = Object.entries(EXAMPLES[name]?.[status] ?? {});
          expect(examples.length, name).toBeGreaterThan(0);
          for (const [title, example] of examples) {
            expect(() => decode(example), `${name} ${title}`).not.toThrow();
          }
        }
      },
    });
    expect([...seen].toSorted()).toEqual(Object.keys(EXAMPLES).toSorted());
  });

  it("of a failure and of a webhook is one", () => {
    const decodeFailure = Schema.decodeUnknownSync(Failure, STRICT);
    for (const { examples } of Object.values(FAILURES)) {
      for (const example of Object.values(examples)) {
        expect(() => decodeFailure(example)).not.toThrow();
      }
    }
    const { stock_transaction_created, ...crossings } = WEBHOOK_EXAMPLES;
    Schema.decodeUnknownSync(TransactionBody, STRICT)(stock_transaction_created);
    for (const crossing of Object.values(crossings)) {
      Schema.decodeUnknownSync(CrossingBody, STRICT)(crossing);
    }
  });
});
