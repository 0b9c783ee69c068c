/** A real server on a socket, over a store in memory or in a file, with the API at its root. */
import type { Command } from "@stockbook/core";
import {
  Access,
  type AccessService,
  type LedgerService,
  memory,
  type NewKey,
  type Organisation,
  PUBLIC_TARGETS,
  type Receipt,
  SCOPES,
  Stockbook,
  type StoreError,
  type Stores,
  targetFault,
  WebhookSecrets,
  Webhooks,
} from "@stockbook/engine";
import { listen } from "@stockbook/http/node";
import { type Clock, Effect, Layer, ManagedRuntime } from "effect";
import { prismOf } from "../../../../test/api/Prism.js";
import { openApi } from "../../src/contract/index.js";
import { type TictapOptions, tictapApp, tictapDialect, tictapShape } from "../../src/index.js";
import { type GuideClient, guideClient } from "./GuideClient.js";

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** A key with every scope of `acme`, in test mode. */
  readonly key: string;
  /** Who that key is written down as. */
  readonly keyId: string;
  readonly access: AccessService;
  readonly ledger: LedgerService;
  /** A client with the key. */
  readonly client: GuideClient;
  readonly createKey: (options?: Partial<NewKey>) => Promise<string>;
  readonly clientWith: (options: Partial<NewKey>) => Promise<GuideClient>;
  /** Gives the ledger commands of its own, as another API would. */
  readonly submit: (...commands: readonly Command[]) => Promise<readonly Receipt[]>;
  readonly run: <A, E>(effect: Effect.Effect<A, E, Access | Stockbook | Webhooks>) => Promise<A>;
}

export interface TestOptions extends TictapOptions {
  /** Memory, if left out. */
  readonly store?: Layer.Layer<Stores, StoreError>;
  readonly clock?: Clock.Clock;
  readonly organisation?: Partial<Pick<Organisation, "options" | "settings" | "plan">>;
  /** Whether webhooks can be registered; they can, if left out. */
  readonly webhooks?: "none" | "registered";
}

const ORGANISATION = "acme";

const prism = prismOf(openApi());

/** Starts a server; it ends with `await using`. */
export async function startServer(options: TestOptions = {}): Promise<TestServer> {
  const { store = memory(), clock, organisation, webhooks = "registered", ...tictap } = options;
  const kept = webhooks === "registered" ? registering() : Layer.empty;
  const services = Layer.mergeAll(Stockbook.layer(), Access.layer(), kept);
  const engine = Layer.provideMerge(services, Layer.orDie(store));
  const addresses: string[] = [];
  const served = Layer.scopedDiscard(
    Effect.gen(function* () {
      const app = yield* tictapApp(tictap);
      const { url } = yield* Effect.orDie(listen(app, { dialect: tictapDialect }));
      addresses.push(url);
    }),
  );
  const time = clock === undefined ? Layer.empty : Layer.setClock(clock);
  const runtime = ManagedRuntime.make(Layer.provideMerge(served, Layer.provideMerge(engine, time)));
  // Webhooks are asked for only where they are.
  const run = runtime.runPromise as TestServer["run"];
  const access = await run(Access);
  await run(access.createOrganisation({ id: ORGANISATION, ...organisation }));
  const stockbook = await run(Stockbook);
  const ledger = await run(stockbook.ledger({ organisation: ORGANISATION, mode: "test" }));
  const makeKey = (wanted: Partial<NewKey> = {}) =>
    run(
      access.createKey({
        organisation: ORGANISATION,
        mode: "test",
        name: "test",
        scopes: [...SCOPES],
        ...wanted,
      }),
    );
  const createKey = async (wanted?: Partial<NewKey>) => (await makeKey(wanted)).secret as string;
  const [url = ""] = addresses;
  const { key, secret } = await makeKey();
  const proxy = await prism?.start(url);
  const clientOf = (keyGiven: string) =>
    guideClient(
      url,
      keyGiven,
      proxy === undefined || prism === undefined ? undefined : { ...prism, ...proxy },
    );
  return {
    url,
    key: secret as string,
    keyId: key.id,
    access,
    ledger,
    client: clientOf(secret as string),
    createKey,
    clientWith: async (wanted) => clientOf(await createKey(wanted)),
    submit: (...commands) => run(ledger.submitAll(commands)),
    run,
    [Symbol.asyncDispose]: async () => {
      await proxy?.close();
      await runtime.dispose();
    },
  };
}

/** Endpoints are kept, but nothing is delivered. */
function registering() {
  const webhooks = Webhooks.layer({
    shapes: [tictapShape],
    targetFault: (url) => targetFault(PUBLIC_TARGETS, url)?.message,
  });
  const secrets = WebhookSecrets.layer([Buffer.alloc(32, 1).toString("base64")]);
  return Layer.provide(webhooks, Layer.orDie(secrets));
}
