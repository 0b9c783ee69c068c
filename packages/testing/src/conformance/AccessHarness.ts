/** Access over the store under test: by itself, or in services that a scheduler lets go on. */
import {
  Access,
  type AccessService,
  AccessStore,
  type AccessStoreService,
  LedgerStore,
  type LedgerStoreService,
  type StoreError,
  type Stores,
} from "@stockbook/engine";
import { Context, Effect, type Exit, Layer, ManagedRuntime } from "effect";
import type fc from "fast-check";
import { WORLD_BEGINS } from "../World.js";
import { clockOf, type HandClock, outcomeOf } from "./Harness.js";

/** A service of its own over the store, with the ports below it; closed by `close`. */
export interface AccessEngine {
  readonly access: AccessService;
  readonly keys: AccessStoreService;
  readonly ledgers: LedgerStoreService;
  readonly clock: HandClock;
  readonly run: <A, E>(effect: Effect.Effect<A, E>) => Promise<A>;
  readonly exit: <A, E>(effect: Effect.Effect<A, E>) => Promise<Exit.Exit<A, E | StoreError>>;
  /** What an effect fails with; it must fail. */
  readonly failure: <E>(effect: Effect.Effect<unknown, E>) => Promise<E>;
  readonly close: () => Promise<void>;
}

type Store = Layer.Layer<Stores, StoreError>;

export async function makeAccessEngine(store: Store): Promise<AccessEngine> {
  const clock: HandClock = { now: WORLD_BEGINS };
  const layer = Layer.provideMerge(Access.layer(), store).pipe(
    Layer.provideMerge(Layer.setClock(clockOf(clock))),
  );
  const runtime = ManagedRuntime.make(layer);
  const exit = <A, E>(effect: Effect.Effect<A, E>) => runtime.runPromiseExit(effect);
  const tags = Effect.all({ access: Access, keys: AccessStore, ledgers: LedgerStore });
  const services = outcomeOf(await runtime.runPromiseExit(tags));
  return {
    ...services,
    clock,
    exit,
    run: async (effect) => outcomeOf(await exit(effect)),
    failure: async (effect) => outcomeOf(await exit(Effect.flip(effect))),
    close: () => runtime.dispose(),
  };
}

/** Services whose every question to the store waits until the scheduler lets it go on. */
export interface RacingAccess {
  readonly engines: readonly [AccessEngine, AccessEngine];
  /** Runs with what they do in the order that the scheduler comes to. */
  readonly race: <A>(scheduler: fc.Scheduler, run: () => Promise<A>) => Promise<A>;
}

export async function racingAccess(layer: () => Store): Promise<RacingAccess> {
  let present: fc.Scheduler | undefined;
  const wait = (point: string): Effect.Effect<void> =>
    Effect.suspend(() => {
      if (present === undefined) return Effect.void;
      const turn = present.schedule(Promise.resolve(), point);
      return Effect.promise(() => turn);
    });
  const engine = (name: string) =>
    makeAccessEngine(
      Layer.map(layer(), (context) => {
        const keys = Context.get(context, AccessStore);
        return Context.add(
          context,
          AccessStore,
          waiting(keys, (call) => wait(`${name}: ${call}`)),
        );
      }),
    );
  return {
    engines: [await engine("a"), await engine("b")],
    race: async (scheduler, run) => {
      present = scheduler;
      const running = run();
      await scheduler.waitFor(running);
      present = undefined;
      return running;
    },
  };
}

function waiting(
  keys: AccessStoreService,
  wait: (call: string) => Effect.Effect<void>,
): AccessStoreService {
  return {
    findKey: (query) => Effect.zipRight(wait("find"), keys.findKey(query)),
    keysOf: (organisation) => Effect.zipRight(wait("keys"), keys.keysOf(organisation)),
    writeKeys: (written) => Effect.zipRight(wait("write"), keys.writeKeys(written)),
  };
}
