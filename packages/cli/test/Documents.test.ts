import { readFileSync } from "node:fs";
import { join } from "node:path";
import { tictapApp, tictapDialect } from "@stockbook/dialect-tictap";
import { Access, memory, SCOPES, Stockbook, WebhookSecrets, Webhooks } from "@stockbook/engine";
import { nativeShape, webHandler } from "@stockbook/http";
import { openApi } from "@stockbook/http/contract";
import { listen } from "@stockbook/http/node";
import { Effect, Layer } from "effect";
import { describe, expect, it } from "vitest";
import { APIS } from "../src/serve/Apis.js";
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

interface ServedApi {
  readonly url: string;
  readonly secret: string;
}

/** TicTAP on a port, with a key and a store named `shop`, for as long as `use` takes. */
function served<A>(use: (api: ServedApi) => Promise<A>): Promise<A> {
  const engine = Layer.provideMerge(Layer.merge(Stockbook.layer(), Access.layer()), memory());
  const program = Effect.gen(function* () {
    const access = yield* Access;
    yield* access.createOrganisation({ id: "default" });
    const owner = { organisation: "default", mode: "test" } as const;
    const { secret } = yield* access.createKey({ ...owner, name: "all", scopes: SCOPES });
    const ledger = yield* (yield* Stockbook).ledger(owner);
    yield* ledger.submit({ type: "put-category", id: "cables" });
    yield* ledger.submit({ type: "put-location", id: "shop" });
    const { url } = yield* listen(yield* tictapApp(), { dialect: tictapDialect });
    return yield* Effect.promise(() => use({ url, secret: secret ?? "" }));
  });
  return Effect.runPromise(Effect.scoped(Effect.provide(program, engine)));
}

describe("stockbook openapi", () => {
  const cwd = directory();

  it.each(APIS)("prints the document of $name", async ({ name, contract }) => {
    const { stdout } = await stockbook(["openapi", "--api", name], { cwd });
    expect(JSON.parse(stdout)).toEqual((await contract()).openApi());
  });

  it("names the APIs there are", async () => {
    const { status, stderr } = await stockbook(["openapi", "--api", "none"], { cwd });
    expect(status).toBe(1);
    expect(stderr).toMatch(/native, kartustok, tictap/);
  });

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

  it.each(APIS)("prints a collection of every operation of $name", async ({ name, contract }) => {
    const { stdout } = await stockbook(["postman", "--api", name], { cwd });
    const operations = Object.values((await contract()).openApi().paths as object);
    expect(requestsIn(JSON.parse(stdout))).toHaveLength(operations.flatMap(Object.keys).length);
  });

  it("has requests that TicTAP understands as they stand", async () => {
    const { stdout } = await stockbook(["postman", "--api", "tictap"], { cwd });
    const statuses = await served(async ({ url, secret }) => {
      const answers: string[] = [];
      for (const request of requestsIn(JSON.parse(stdout))) {
        const { method, body } = request;
        const headers = new Headers(pairsOf(request.header));
        headers.set("authorization", secret);
        const { pathname, search } = new URL(urlOf(request));
        const path = pathname.replace(/%7B%7Bformat%7D%7D|\{\{format\}\}/, "csv");
        const init = { method, headers, ...(body?.raw !== undefined && { body: body.raw }) };
        const { status } = await fetch(`${url}${path}${search}`, init);
        answers.push(`${status} ${method} ${path}`);
      }
      return answers;
    });
    // A product that was just made is removed again, so nowhere put; here are no webhooks.
    expect(statuses.filter((line) => !/^(2|404)/.test(line))).toEqual([
      "400 POST /api/stock/stores/shop/items",
      "501 POST /api/stock/webhooks",
    ]);
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
