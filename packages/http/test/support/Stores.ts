/** Stores in memory that do not do what they should. */
import { makeMemoryStore, type StoreService } from "@stockbook/engine";
import { Deferred, Effect } from "effect";

/** A store some of whose members a test takes over, when it wants to. */
export function alteredStore(
  alter: (store: StoreService) => Partial<StoreService>,
  store = makeMemoryStore(),
): StoreService {
  return { ...store, ...alter(store) };
}

/** Where something waits until a test lets it go on. */
export interface Gate {
  /** Lets everything through until it is closed. */
  readonly pass: Effect.Effect<void>;
  readonly close: () => void;
  readonly open: () => void;
  /** Resolves when somebody stands before it. */
  readonly reached: Promise<void>;
}

export function gate(): Gate {
  const release = Effect.runSync(Deferred.make<void>());
  let reach = () => {};
  let isClosed = false;
  return {
    pass: Effect.suspend(() => {
      if (!isClosed) return Effect.void;
      reach();
      return Deferred.await(release);
    }),
    close: () => {
      isClosed = true;
    },
    open: () => {
      isClosed = false;
      Effect.runSync(Deferred.succeed(release, undefined));
    },
    reached: new Promise((resolve) => {
      // A turn later, when the time it is given has begun to run.
      reach = () => setTimeout(resolve, 0);
    }),
  };
}

/** A store whose list of items breaks off with a fault of its code. */
export function brokenStore(fault: unknown): StoreService {
  return alteredStore(() => ({ items: () => Effect.die(fault) }));
}
