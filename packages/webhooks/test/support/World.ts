/** A ledger in memory, endpoints that asked for its events, and a clock that is set by hand. */
import {
  Access,
  type CreatedEndpoint,
  type DeliveryView,
  type LedgerService,
  LOCAL_TARGETS,
  memory,
  type NewEndpoint,
  Stockbook,
  type Stores,
  targetFault,
  WebhookSecrets,
  type WebhookService,
  type WebhookShape,
  Webhooks,
} from "@stockbook/engine";
import { type Delivery, type DeliveryOptions, makeDelivery } from "@stockbook/webhooks/delivery";
import { Clock, Context, Effect, Exit, Layer, Random, Scope } from "effect";
import { LOCAL } from "./Sending.js";

const BEGIN = Date.UTC(2026, 0, 1);
export const OWNER = { organisation: "acme", mode: "test" } as const;
const KEY = Buffer.alloc(32, 1).toString("base64");
const ITEMS = ["TEA", "CUP", "POT"] as const;

/** Tells of every event in few words. */
const SHAPE: WebhookShape = {
  api: "native",
  eventTypes: ["stock.moved", "stock.depleted", "stock.replenished", "item.changed"],
  messages: ({ type, sequence }) => Effect.succeed([{ type, body: { type, sequence } }]),
  test: { type: "webhook.test", body: { type: "webhook.test", sequence: 0 } },
};

export interface World {
  readonly ledger: LedgerService;
  readonly webhooks: WebhookService;
  readonly clock: { now: number };
  readonly endpoint: (
    request: Partial<NewEndpoint> & { readonly url: string },
  ) => Asked<CreatedEndpoint>;
  readonly worker: (options?: Partial<DeliveryOptions>) => Effect.Effect<Worker>;
  /** So many movements, one by one. */
  readonly move: (times: number) => Asked<void>;
  readonly deliveries: (endpoint: string) => Asked<readonly DeliveryView[]>;
}

export interface Worker extends Delivery {
  /** Ends it, and gives back what it holds. */
  readonly close: Effect.Effect<void>;
}

type Asked<A> = Effect.Effect<A, unknown>;

export function inWorld<A>(
  test: (world: World) => Effect.Effect<A, unknown, Scope.Scope>,
  store: Layer.Layer<Stores, unknown> = memory(),
): Promise<A> {
  const clock = { now: BEGIN };
  const means = Layer.merge(store, WebhookSecrets.layer([KEY]));
  const services = Layer.mergeAll(
    Stockbook.layer(),
    Access.layer(),
    Webhooks.layer({
      shapes: [SHAPE],
      targetFault: (url) => targetFault(LOCAL_TARGETS, url)?.message,
    }),
  );
  return Effect.gen(function* () {
    const context = yield* Layer.build(Layer.provideMerge(services, means));
    return yield* Effect.flatMap(Effect.provide(worldOf(clock), context), test);
  }).pipe(
    Effect.scoped,
    Effect.withRandom(Random.make("webhooks")),
    Effect.withClock(clockOf(clock)),
    Effect.runPromise,
  );
}

function worldOf(clock: World["clock"]) {
  return Effect.gen(function* () {
    const context = yield* Effect.context<
      Access | Stockbook | Webhooks | WebhookSecrets | Stores
    >();
    const webhooks = Context.get(context, Webhooks);
    yield* Context.get(context, Access).createOrganisation({ id: OWNER.organisation });
    const ledger = yield* Context.get(context, Stockbook).ledger(OWNER);
    yield* ledger.submitAll([
      { type: "put-location", id: "shop" },
      ...ITEMS.map((sku) => ({ type: "put-item", sku, id: sku }) as const),
    ]);
    const world: World = {
      ledger,
      webhooks,
      clock,
      endpoint: (request) => webhooks.createEndpoint({ ...OWNER, ...request }),
      worker: (options) =>
        Effect.gen(function* () {
          const scope = yield* Scope.make();
          const made = makeDelivery({ shapes: [SHAPE], sender: LOCAL, ...options });
          const delivery = yield* Effect.provide(Scope.extend(made, scope), context);
          return { ...delivery, close: Scope.close(scope, Exit.void) };
        }),
      move: (times) =>
        Effect.asVoid(
          ledger.submitEach(
            Array.from({ length: times }, (_, i) => ({
              type: "receive",
              location: "shop",
              lines: [{ item: ITEMS[i % ITEMS.length] as string, quantity: 1 }],
            })),
          ),
        ),
      deliveries: (endpoint) =>
        Effect.map(webhooks.deliveries(OWNER, endpoint, { limit: 1_000 }), ({ rows }) => rows),
    };
    return world;
  });
}

/** Does what is due, lets time pass until more is, and so on until nothing is left. */
export function untilQuiet({ clock }: World, worker: Worker): Asked<void> {
  return Effect.gen(function* () {
    while (true) {
      const next = yield* worker.runDue;
      if (next === null) return;
      clock.now = Math.max(clock.now, next);
    }
  });
}

function clockOf(hand: { readonly now: number }): Clock.Clock {
  return Object.assign(Object.create(Clock.make()) as Clock.Clock, {
    unsafeCurrentTimeMillis: () => hand.now,
    currentTimeMillis: Effect.sync(() => hand.now),
  });
}
