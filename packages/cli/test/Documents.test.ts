import { readFileSync } from "node:fs";
import { join } from "node:path";
import { memory, SCOPES, WebhookSecrets, Webhooks } from "@stockbook/engine";
import { nativeShape, webHandler } from "@stockbook/http";
import { openApi } from "@stockbook/http/contract";
import { Layer } from "effect";
import { describe, expect, it } from "vitest";
import { directory, stockbook } from "./support/Cli.js";

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: Request;
}

interface Request {
  readonly method: string;
  readonly url: {
    readonly path: readonly string[];
    readonly variable: readonly { readonly key: string; readonly value: string }[];
    readonly query: readonly Parameter[];
  };
  readonly header: readonly Parameter[];
  readonly body?: { readonly raw?: string };
}

interface Parameter {
  readonly key: string;
  readonly value: string;
  readonly disabled?: boolean;
}

/** Those that are sent. */
const pairsOf = (parameters: readonly Parameter[]) =>
  parameters
    .filter(({ disabled }) => disabled !== true)
    .map(({ key, value }): [string, string] => [key, value]);

const requestsIn = ({ item = [], request }: Item): readonly Request[] =>
  request === undefined ? item.flatMap(requestsIn) : [request];

const urlOf = ({ url }: Request) => {
  const named = new Map(url.variable.map(({ key, value }) => [`:${key}`, value]));
  const path = url.path.map((part) => named.get(part) ?? part).join("/");
  const search = new URLSearchParams(pairsOf(url.query));
  return `http://localhost/${path}${search.size === 0 ? "" : `?${search}`}`;
};

describe("stockbook openapi", () => {
  const cwd = directory();

  it("prints the document, or writes it", async () => {
    const { stdout } = await stockbook(["openapi"], { cwd });
    expect(JSON.parse(stdout)).toEqual(openApi());
    await stockbook(["openapi", "--out", "api.json"], { cwd });
    expect(readFileSync(join(cwd, "api.json"), "utf8")).toBe(stdout);
  });

  it("says where it cannot be written", async () => {
    const { status, stderr } = await stockbook(["openapi", "--out", "no/api.json"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toBe("stockbook: no/api.json: there is no such folder\n");
  });
});

describe("stockbook postman", () => {
  const cwd = directory();

  it("prints a collection of every operation, with the key as a variable", async () => {
    const { stdout } = await stockbook(["postman"], { cwd });
    const collection = JSON.parse(stdout);
    expect(collection.info.schema).toMatch(/collection\/v2\.1\.0\/collection\.json$/);
    expect(collection.auth).toEqual({
      type: "bearer",
      bearer: [{ key: "token", value: "{{key}}", type: "string" }],
    });
    const operations = Object.values(openApi().paths as object).flatMap(Object.keys);
    expect(requestsIn(collection)).toHaveLength(operations.length);
  });

  it("has requests that the API understands as they stand", async () => {
    const { stdout } = await stockbook(["postman"], { cwd });
    const rules = { shapes: [nativeShape], targetFault: () => undefined };
    const secrets = WebhookSecrets.layer([Buffer.alloc(32).toString("base64")]);
    const webhooks = Layer.provide(Webhooks.layer(rules), secrets);
    await using api = await webHandler({ store: memory(), webhooks });
    await api.access.createOrganisation({ id: "acme" });
    const key = { organisation: "acme", mode: "test", name: "all", scopes: SCOPES } as const;
    const { secret } = await api.access.createKey(key);
    const misunderstood: string[] = [];
    for (const request of requestsIn(JSON.parse(stdout))) {
      const { method, body } = request;
      const headers = new Headers(pairsOf(request.header));
      headers.set("authorization", `Bearer ${secret}`);
      const text = body?.raw;
      const init = { method, headers, ...(text === undefined ? {} : { body: text }) };
      const { status } = await api.handle(new globalThis.Request(urlOf(request), init));
      // What is not there (yet) is understood all the same.
      if (status >= 300 && status !== 404)
        misunderstood.push(`${status} ${method} ${urlOf(request)}`);
    }
    expect(misunderstood).toEqual([]);
  });
});
