import { readFileSync } from "node:fs";
import { HttpApi } from "@effect/platform";
import { Option, Schema } from "effect";
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../src/contract/Examples.js";
import { NativeApi, openApi, PROBLEMS, Problem } from "../src/contract/index.js";

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly examples?: object }>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

// What the tests below look at; the linter looks at the rest.
const document = openApi() as unknown as Document;

const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

const STRICT = { onExcessProperty: "error", errors: "all" } as const;

describe("the document", () => {
  it("is the one that is kept: run `npm run openapi -w packages/http` if it is to change", () => {
    const kept = readFileSync(new URL("../openapi.json", import.meta.url), "utf8");
    expect(JSON.parse(kept)).toEqual(document);
  });

  it("is made anew each time", () => {
    const one = openApi() as { paths: object };
    one.paths = {};
    expect(openApi()).toEqual(document);
  });

  it("has every path from the root of the server, without a verb behind a colon", () => {
    expect(document.servers.map(({ url }) => url)).toEqual(["/"]);
    for (const path of Object.keys(document.paths)) {
      expect(path).toMatch(/^\/(v1|health)(\/[a-z-]+|\/\{\w+\})+$/);
    }
  });

  it("has no schema that leads back to itself", () => {
    const { schemas = {} } = document.components;
    const circles = Object.keys(schemas).filter((name) => leadsTo(schemas, name, name));
    expect(circles).toEqual([]);
  });

  it("has no reference that leads nowhere, and nothing that is referred to nowhere", () => {
    const text = JSON.stringify(document);
    const referred = new Set(refsIn(document));
    const there = Object.entries(document.components)
      .filter(([kind]) => kind !== "securitySchemes")
      .flatMap(([kind, all]) => Object.keys(all).map((name) => `#/components/${kind}/${name}`));
    expect([...referred].filter((ref) => !there.includes(ref))).toEqual([]);
    expect(there.filter((ref) => !text.includes(`"${ref}"`))).toEqual([]);
  });

  it("has operations with a name, a summary, a described tag and a key or none", () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const described = document.tags.filter(({ description }) => description.endsWith("."));
    expect(described).toHaveLength(document.tags.length);
    for (const { summary, tags, security, operationId } of operations) {
      expect(summary, operationId).not.toBe("");
      expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
      const isPublic = operationId.startsWith("system.");
      expect(security, operationId).toEqual(isPublic ? [] : [{ key: [] }]);
    }
  });

  it("has an example under a name for every answer with a body", () => {
    for (const { operationId, responses } of operations) {
      for (const [status, response] of Object.entries(responses)) {
        if (status === "304") continue;
        const { content = {} } = resolved(response);
        const medias = Object.values(content);
        expect(medias.length, `${operationId} ${status}`).toBeGreaterThan(0);
        for (const { examples = {} } of medias) {
          expect(Object.keys(examples), `${operationId} ${status}`).not.toEqual([]);
        }
      }
    }
  });

  it("tells every failure a key can meet", () => {
    for (const { operationId, responses } of operations) {
      if (operationId.startsWith("system.")) continue;
      const told = Object.keys(responses);
      for (const status of ["400", "401", "403", "405", "406", "429", "500", "503"]) {
        expect(told, operationId).toContain(status);
      }
    }
  });
});

describe("every example", () => {
  it("is what its endpoint answers", () => {
    const seen = new Set<string>();
    HttpApi.reflect(NativeApi, {
      onGroup: () => {},
      onEndpoint: ({ group, endpoint, successes }) => {
        const name = `${group.identifier}.${endpoint.name}`;
        seen.add(name);
        expect(Object.keys(EXAMPLES[name] ?? {}).map(Number), name).toEqual(
          [...successes.keys()].toSorted((a, b) => a - b),
        );
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

  it("of a failure is a problem, and there is one for every code", () => {
    const decode = Schema.decodeUnknownSync(Problem, STRICT);
    const codes = Object.entries(document.components.responses ?? {}).flatMap(
      ([name, { content }]: readonly [string, Response]) =>
        Object.values(content ?? {}).flatMap(({ examples = {} }) =>
          Object.values(examples).map(({ value }: { readonly value: unknown }) => {
            const { code, status } = decode(value);
            expect(name).toBe(`Failure${status}`);
            return code;
          }),
        ),
    );
    expect(codes.toSorted()).toEqual(Object.keys(PROBLEMS).toSorted());
  });
});

function resolved(response: Response): Response {
  const name = response.$ref?.split("/").at(-1);
  return name === undefined ? response : (document.components.responses?.[name] as Response);
}

function refsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" ? [String(inner)] : refsIn(inner),
  );
}

function leadsTo(
  schemas: Readonly<Record<string, object>>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean {
  return refsIn(schemas[from]).some((ref) => {
    const name = ref.split("/").at(-1) as string;
    if (name === to) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return leadsTo(schemas, name, to, seen);
  });
}
