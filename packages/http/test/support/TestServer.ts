/** A real server on a socket, over a store in memory, with a clock of the test's own. */
import {
  Access,
  type AccessService,
  type CreatedKey,
  makeMemoryStore,
  type NewKey,
  type Plan,
  PUBLIC_TARGETS,
  SCOPES,
  type Scope,
  Stockbook,
  type StoreService,
  storeContext,
  type TargetPolicy,
  targetFault,
  WebhookSecrets,
  Webhooks,
} from "@stockbook/engine";
import { type Clock, Effect, Layer, ManagedRuntime } from "effect";
import { prismOf } from "../../../../test/api/Prism.js";
import { openApi } from "../../src/contract/index.js";
import { type NativeOptions, nativeApp, nativeShape } from "../../src/index.js";
import { listen } from "../../src/node/index.js";

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** A key with every scope of `acme`, in test mode. */
  readonly key: string;
  readonly access: AccessService;
  readonly createKey: (options?: KeyOptions) => Promise<CreatedKey>;
  /** Sends a request with the key, and reads the answer as JSON. */
  readonly send: (method: string, path: string, request?: RequestOptions) => Promise<Answer>;
  /** What it keeps everything in. */
  readonly store: StoreService;
  readonly run: <A, E>(effect: Effect.Effect<A, E, Access | Stockbook>) => Promise<A>;
}

export interface TestOptions extends NativeOptions {
  /** An empty one of its own, if left out. */
  readonly store?: StoreService | undefined;
  readonly clock?: Clock.Clock | undefined;
  /** Of `acme`. */
  readonly plan?: Plan | undefined;
  /** Where webhooks may be sent to; `null`: there are none. */
  readonly targets?: TargetPolicy | null | undefined;
}

export type KeyOptions = Partial<NewKey>;

export interface RequestOptions {
  /** The server's own, if left out; `null` for none. */
  readonly key?: string | null;
  /** What is no text is sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Past any proxy, which has connections of its own. */
  readonly isDirect?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look at whatever was answered.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly body: any;
  readonly text: string;
}

const ORGANISATION = "acme";

const prism = prismOf(openApi());

/** Every scope of a tenant, and those of an operator. */
export const ALL_SCOPES: readonly Scope[] = SCOPES;

/** Starts a server; it ends with `await using`. */
export async function startServer(options: TestOptions = {}): Promise<TestServer> {
  const { store = makeMemoryStore(), clock, plan, targets, ...native } = options;
  const services = Layer.mergeAll(Stockbook.layer(), Access.layer(), webhooksFor(targets));
  const engine = Layer.provideMerge(services, Layer.succeedContext(storeContext(store)));
  const addresses: string[] = [];
  const served = Layer.scopedDiscard(
    Effect.gen(function* () {
      const app = yield* nativeApp(native);
      const { url } = yield* listen(app);
      addresses.push(url);
    }),
  );
  const time = clock === undefined ? Layer.empty : Layer.setClock(clock);
  const runtime = ManagedRuntime.make(Layer.provideMerge(served, Layer.provideMerge(engine, time)));
  const access = await runtime.runPromise(Access);
  await runtime.runPromise(access.createOrganisation({ id: ORGANISATION, plan }));
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
  const proxy = await prism?.start(url);
  return {
    url,
    key,
    access,
    store,
    createKey,
    send: async (method, path, request = {}) => {
      const viaProxy = proxy !== undefined && prism?.isInContract(method, path, request) === true;
      const answer = await send(viaProxy ? proxy.url : url, key, method, path, request);
      if (viaProxy) proxy.check(answer);
      return answer;
    },
    run: (effect) => runtime.runPromise(effect),
    [Symbol.asyncDispose]: async () => {
      await proxy?.close();
      await runtime.dispose();
    },
  };
}

/** Endpoints are kept, but nothing is delivered. */
function webhooksFor(policy: TargetPolicy | null = PUBLIC_TARGETS) {
  if (policy === null) return Layer.empty;
  const shapes = [nativeShape];
  const webhooks = Webhooks.layer({
    shapes,
    targetFault: (url) => targetFault(policy, url)?.message,
  });
  const secrets = WebhookSecrets.layer([Buffer.alloc(32, 1).toString("base64")]);
  return Layer.provide(webhooks, Layer.orDie(secrets));
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
  return answerOf(response);
}

/** What was answered, read to its end. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== "" ? JSON.parse(text) : text,
    text,
  };
}

/** A shop with tea in it. */
export async function furnish({ send }: TestServer, quantity = 12): Promise<void> {
  const requests = [
    await send("PUT", "/v1/locations/shop", { body: { name: "Shop" } }),
    await send("PUT", "/v1/items/TEA", { body: { name: "Tea", unitCost: 320 } }),
    await send("POST", "/v1/movements", { body: receive(quantity) }),
  ];
  const failed = requests.find(({ status }) => status >= 300);
  if (failed !== undefined) throw new Error(JSON.stringify(failed.body));
}

/** Tea for the shop. */
export function receive(quantity: number) {
  return { type: "receive", location: "shop", lines: [{ item: "TEA", quantity }] };
}
