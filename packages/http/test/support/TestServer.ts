/** A real server on a socket, over a store in memory, with a clock of the test's own. */
import {
  Access,
  type AccessService,
  type CreatedKey,
  memory,
  SCOPES,
  type Scope,
  Stockbook,
} from "@stockbook/engine";
import { Effect, Layer, ManagedRuntime } from "effect";
import { type NativeOptions, nativeApp } from "../../src/index.js";
import { listen } from "../../src/node/index.js";

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** A key with every scope of `acme`, in test mode. */
  readonly key: string;
  readonly access: AccessService;
  readonly createKey: (options?: KeyOptions) => Promise<CreatedKey>;
  /** Sends a request with the key, and reads the answer as JSON. */
  readonly send: (method: string, path: string, request?: RequestOptions) => Promise<Answer>;
  readonly run: <A, E>(effect: Effect.Effect<A, E, Access | Stockbook>) => Promise<A>;
}

export interface KeyOptions {
  readonly organisation?: string;
  readonly mode?: "live" | "test";
  readonly scopes?: readonly Scope[];
  readonly allowedIps?: readonly string[];
  readonly expiresAt?: number;
}

export interface RequestOptions {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at whatever was answered.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
}

export const ORGANISATION = "acme";

/** Starts a server; it ends with `await using`. */
export async function startServer(options: NativeOptions = {}): Promise<TestServer> {
  const store = memory();
  const engine = Layer.provideMerge(Layer.merge(Stockbook.layer(), Access.layer()), store);
  const served = Layer.scopedDiscard(
    Effect.gen(function* () {
      const app = yield* nativeApp(options);
      const { url } = yield* listen(app);
      addresses.push(url);
    }),
  );
  const addresses: string[] = [];
  const runtime = ManagedRuntime.make(Layer.provideMerge(served, engine));
  const access = await runtime.runPromise(Access);
  await runtime.runPromise(access.createOrganisation({ id: ORGANISATION }));
  const createKey = (key: KeyOptions = {}) =>
    runtime.runPromise(
      access.createKey({
        organisation: ORGANISATION,
        mode: "test",
        name: "test",
        scopes: [...SCOPES],
        ...key,
      }),
    );
  const [url = ""] = addresses;
  const key = (await createKey()).secret as string;
  return {
    url,
    key,
    access,
    createKey,
    send: (method, path, request = {}) => send(url, key, method, path, request),
    run: (effect) => runtime.runPromise(effect),
    [Symbol.asyncDispose]: () => runtime.dispose(),
  };
}

async function send(
  url: string,
  own: string,
  method: string,
  path: string,
  { key = own, body, headers = {} }: RequestOptions,
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== "" ? JSON.parse(text) : text,
  };
}

/** A shop with tea in it. */
export async function furnish({ send }: TestServer, quantity = 12): Promise<void> {
  const requests = [
    await send("PUT", "/v1/locations/shop", { body: { name: "Shop" } }),
    await send("PUT", "/v1/items/TEA", { body: { name: "Tea", unitCost: 320 } }),
    await send("POST", "/v1/movements", {
      body: { type: "receive", location: "shop", lines: [{ item: "TEA", quantity }] },
    }),
  ];
  const failed = requests.find(({ status }) => status >= 300);
  if (failed !== undefined) throw new Error(JSON.stringify(failed.body));
}
