/** Access over a memory store whose calls are counted, with a clock that is set by hand. */
import {
  Access,
  type AccessOptions,
  type AccessService,
  makeMemoryStore,
  type NewKey,
  type StoreService,
  storeContext,
} from "@stockbook/engine";
import { Cause, Clock, Effect, Exit, Layer } from "effect";

export interface World {
  readonly access: AccessService;
  readonly clock: { now: number };
  /** How often keys were looked up in the store. */
  readonly looked: { times: number };
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  /** What it fails with; `undefined` where it does not. */
  readonly failure: <A, E>(effect: Effect.Effect<A, E>) => Promise<unknown>;
}

export const BEGIN = Date.UTC(2026, 0, 1);

export async function makeWorld(
  store: StoreService = makeMemoryStore(),
  options: Partial<AccessOptions> = {},
): Promise<World> {
  const clock = { now: BEGIN };
  const looked = { times: 0 };
  const counting: StoreService = {
    ...store,
    findKey: (query) => {
      looked.times++;
      return store.findKey(query);
    },
  };
  const exit = <A, E>(effect: Effect.Effect<A, E>) =>
    Effect.runPromiseExit(Effect.withClock(effect, clockOf(clock)));
  const layer = Layer.provide(Access.layer(options), Layer.succeedContext(storeContext(counting)));
  return {
    access: await Effect.runPromise(Effect.provide(Access, layer)),
    clock,
    looked,
    run: async (effect) => {
      const ended = await exit(effect);
      if (Exit.isSuccess(ended)) return ended.value;
      throw Cause.squash(ended.cause);
    },
    failure: async (effect) => {
      const ended = await exit(effect);
      return Exit.isSuccess(ended) ? undefined : Cause.squash(ended.cause);
    },
  };
}

function clockOf(hand: { readonly now: number }): Clock.Clock {
  const real = Clock.make();
  return Object.assign(Object.create(real) as Clock.Clock, {
    unsafeCurrentTimeMillis: () => hand.now,
    currentTimeMillis: Effect.sync(() => hand.now),
  });
}

export const NEW_KEY: NewKey = {
  organisation: "acme",
  mode: "test",
  name: "the till",
  scopes: ["stock:read", "stock:write"],
};

/** A world with the organisation of `NEW_KEY`. */
export async function makeAcme(store?: StoreService): Promise<World> {
  const world = await makeWorld(store);
  await world.run(world.access.createOrganisation({ id: "acme" }));
  return world;
}

/** A key with its secret, which is only given when it is made. */
export async function madeKey(world: World, changes: Partial<NewKey> = {}) {
  const { key, secret } = await world.run(world.access.createKey({ ...NEW_KEY, ...changes }));
  return { key, secret: secret ?? "" };
}
