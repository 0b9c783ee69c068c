/** The API on a socket, over a store in memory, with a clock of the test's own. */
import type { Command, LedgerSettings } from "@stockbook/core";
import {
  Access,
  type AccessService,
  type LedgerService,
  makeMemoryStore,
  type NewKey,
  Stockbook,
  type StoreService,
  storeContext,
} from "@stockbook/engine";
import { listen } from "@stockbook/http/node";
import { type Clock, Effect, Layer, ManagedRuntime } from "effect";
import { type Proxy as PrismProxy, prismOf } from "../../../../test/api/Prism.js";
import { manualClock } from "../../../http/test/support/ManualClock.js";
import { openApi } from "../../src/contract/index.js";
import { answerTo, type KartuStokOptions, kartuStokApp } from "../../src/index.js";
import { type Asking, GuideClient, type Reply, type Access as Who } from "../GuideClient.js";

export const SCOPES = [
  "meta.read",
  "item.read",
  "category.read",
  "locator.read",
  "stock.read",
] as const;

export interface ServedOptions extends KartuStokOptions {
  readonly store?: StoreService | undefined;
  readonly clock?: Clock.Clock | undefined;
  /** Of `acme`. */
  readonly settings?: Partial<LedgerSettings> | undefined;
}

export interface Served extends AsyncDisposable {
  /** Where it listens. */
  readonly origin: string;
  readonly access: AccessService;
  /** Of `acme`, with every scope of the API, in live mode. */
  readonly token: string;
  readonly client: GuideClient;
  /** Another token, of `acme` if nothing else is said. */
  readonly tokenWith: (key?: Partial<NewKey>) => Promise<string>;
  readonly clientWith: (key: Partial<NewKey>) => Promise<GuideClient>;
  /** The same server, asked as whoever it is. */
  readonly as: (access: { readonly host?: string; readonly token?: string }) => GuideClient;
  /** Does commands in `acme`'s live ledger, or in another. */
  readonly did: (
    commands: readonly Command[],
    ledger?: Parameters<Stockbook["Type"]["ledger"]>[0],
  ) => Promise<void>;
  readonly ledger: LedgerService;
  readonly run: <A, E>(effect: Effect.Effect<A, E, Access | Stockbook>) => Promise<A>;
}

const prism = prismOf(openApi());

/** Goes through the proxy where there is one and it knows what is asked. */
class CheckedClient extends GuideClient {
  constructor(
    who: Who,
    private readonly proxy: PrismProxy | undefined,
  ) {
    super(who);
  }

  override async send(path: string, asking: Asking = {}): Promise<Reply> {
    const { method = "GET", headers = {} } = asking;
    const isKnown = prism?.isInContract(method, path, { headers }) ?? false;
    const isNamed = this.access.host !== undefined || headers.host !== undefined;
    // The proxy asks for the server by its address, whatever host it was asked for.
    if (this.proxy === undefined || !isKnown || isNamed) return super.send(path, asking);
    const reply = await this.sendTo(this.proxy.url, path, asking);
    this.proxy.check(reply);
    return reply;
  }
}

/** Where nothing else is said, addresses without a name are asked for `acme`. */
export async function serve(options: ServedOptions = {}): Promise<Served> {
  const { store = makeMemoryStore(), clock = manualClock(), settings, ...app } = options;
  const engine = Layer.provideMerge(
    Layer.merge(Stockbook.layer(), Access.layer()),
    Layer.succeedContext(storeContext(store)),
  );
  let origin = "";
  const served = Layer.scopedDiscard(
    Effect.gen(function* () {
      const served = yield* kartuStokApp({ defaultCompany: "acme", ...app });
      ({ url: origin } = yield* listen(served, { dialect: { answerTo } }));
    }),
  );
  const runtime = ManagedRuntime.make(
    Layer.provideMerge(served, Layer.provideMerge(engine, Layer.setClock(clock))),
  );
  const run: Served["run"] = (effect) => runtime.runPromise(effect);
  const access = await run(Access);
  for (const id of ["acme", "other"]) {
    const name = id === "acme" ? "Acme" : "Other";
    await run(access.createOrganisation({ id, name, ...(settings && { settings }) }));
  }
  const stockbook = await run(Stockbook);
  const ledger = await run(stockbook.ledger({ organisation: "acme", mode: "live" }));
  const proxy = await prism?.start(origin);
  const as: Served["as"] = (who) => new CheckedClient({ origin, ...who }, proxy);
  const tokenWith: Served["tokenWith"] = async (key = {}) => {
    const made = await run(
      access.createKey({
        organisation: "acme",
        mode: "live",
        name: "guide",
        scopes: SCOPES,
        ...key,
      }),
    );
    return made.secret as string;
  };
  const token = await tokenWith();
  return {
    origin,
    access,
    token,
    client: as({ token }),
    tokenWith,
    clientWith: async (key) => as({ token: await tokenWith(key) }),
    as,
    did: async (commands, named) => {
      const where = named === undefined ? ledger : await run(stockbook.ledger(named));
      await run(where.submitAll(commands));
    },
    ledger,
    run,
    [Symbol.asyncDispose]: async () => {
      await proxy?.close();
      await runtime.dispose();
    },
  };
}
