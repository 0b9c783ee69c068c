/** Webhooks over a store in memory, with a clock that is set by hand. */
import {
  Access,
  type CreatedEndpoint,
  type LedgerId,
  makeMemoryStore,
  type NewEndpoint,
  openSecrets,
  type StoredEndpoint,
  type StoreService,
  storeContext,
  type WebhookOptions,
  WebhookSecrets,
  type WebhookService,
  type WebhookShape,
  WebhookStore,
  type WebhookStoreService,
  Webhooks,
} from "@stockbook/engine";
import { Cause, Clock, Context, Effect, Exit, Layer } from "effect";
import { makeMemoryWebhooks } from "../../../src/webhooks/MemoryWebhooks.js";

export const BEGIN = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

function shape(api: string, eventTypes: readonly string[]): WebhookShape {
  const test = { type: `${api}.test`, body: { api, test: true } };
  return { api, eventTypes, messages: () => Effect.succeed([]), test };
}

/** Live endpoints must be https; that is rule enough for a test. */
export const RULES: WebhookOptions = {
  shapes: [
    shape("native", ["stock.moved", "stock.depleted", "item.changed"]),
    shape("other", ["inventory/update"]),
  ],
  targetFault: (url, mode) =>
    url.startsWith("https://") || (mode === "test" && url.startsWith("http://localhost"))
      ? undefined
      : "url must be an https URL",
};

export const OWNER = { organisation: "acme", mode: "live" } as const;
export const NEW_ENDPOINT: NewEndpoint = { ...OWNER, url: "https://example.com/hooks" };
export const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const KEY = Buffer.alloc(32, 1).toString("base64");

export interface World {
  readonly webhooks: WebhookService;
  readonly store: WebhookStoreService;
  readonly clock: { now: number };
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  /** What it fails with; `undefined` where it does not. */
  readonly failure: <A, E>(effect: Effect.Effect<A, E>) => Promise<unknown>;
  /** An endpoint with its secret, which is only given when it is made. */
  readonly made: (changes?: Partial<NewEndpoint>) => Promise<CreatedEndpoint>;
  /** An endpoint of the owner as it is kept. */
  readonly stored: (id: string) => Promise<StoredEndpoint>;
  /** The secrets that sign now. */
  readonly signing: (id: string) => Promise<readonly string[]>;
  /** Lets the owner's ledger have so many entries. */
  readonly setHead: (sequence: number) => void;
}

export interface WorldOptions {
  readonly rules?: WebhookOptions;
  readonly changed?: (store: WebhookStoreService) => Partial<WebhookStoreService>;
}

/** A world with the organisations acme and other. */
export async function makeWorld({ rules = RULES, changed }: WorldOptions = {}): Promise<World> {
  const clock = { now: BEGIN };
  const run = async <A, E>(effect: Effect.Effect<A, E>) =>
    resultOf(await Effect.runPromiseExit(Effect.withClock(effect, clockOf(clock))));
  const memory = makeMemoryWebhooks();
  const store = { ...memory, ...changed?.(memory) };
  const heads = new Map<LedgerId, number>();
  const stores = Layer.mergeAll(
    Layer.succeedContext(storeContext(ledgersWith(heads))),
    Layer.succeed(WebhookStore, store),
    WebhookSecrets.layer([KEY]),
  );
  const layer = Layer.provideMerge(Layer.mergeAll(Access.layer(), Webhooks.layer(rules)), stores);
  const context = await run(Effect.scoped(Layer.build(layer)));
  const access = Context.get(context, Access);
  const webhooks = Context.get(context, Webhooks);
  const acme = await run(access.createOrganisation({ id: OWNER.organisation }));
  await run(access.createOrganisation({ id: "other" }));
  const ledger = acme.ledgers[OWNER.mode];
  const stored = async (id: string) => {
    const found = await run(store.endpoint(ledger, id));
    if (found === undefined) throw new Error(`there is no endpoint ${id}`);
    return found;
  };
  return {
    webhooks,
    store,
    clock,
    run,
    failure: (effect) => run(Effect.merge(Effect.flip(Effect.as(effect, undefined)))),
    made: (changes = {}) => run(webhooks.createEndpoint({ ...NEW_ENDPOINT, ...changes })),
    stored,
    signing: async (id) => run(Effect.provide(openSecrets(await stored(id), clock.now), context)),
    setHead: (sequence) => heads.set(ledger, sequence),
  };
}

/** A store in memory whose ledgers seem to have as many entries as they are said to have. */
function ledgersWith(heads: ReadonlyMap<LedgerId, number>): StoreService {
  const memory = makeMemoryStore();
  return {
    ...memory,
    head: (ledger) =>
      Effect.map(memory.head(ledger), (head) => ({ ...head, sequence: heads.get(ledger) ?? 0 })),
  };
}

function resultOf<A, E>(ended: Exit.Exit<A, E>): A {
  if (Exit.isSuccess(ended)) return ended.value;
  throw Cause.squash(ended.cause);
}

function clockOf(hand: { readonly now: number }): Clock.Clock {
  const real = Clock.make();
  return Object.assign(Object.create(real) as Clock.Clock, {
    unsafeCurrentTimeMillis: () => hand.now,
    currentTimeMillis: Effect.sync(() => hand.now),
  });
}
