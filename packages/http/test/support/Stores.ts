/** Stores in memory that do not do what they should. */
import { makeMemoryStore, type StoreService } from "@stockbook/engine";
import { Effect } from "effect";

/** A store some of whose members a test takes over, when it wants to. */
export function alteredStore(
  alter: (store: StoreService) => Partial<StoreService>,
  store = makeMemoryStore(),
): StoreService {
  return { ...store, ...alter(store) };
}

/** A store whose list of items is read for ever. */
export function hangingStore(): StoreService {
  return alteredStore(() => ({ items: () => Effect.never }));
}

/** A store whose list of items breaks off with a fault of its code. */
export function brokenStore(fault: unknown): StoreService {
  return alteredStore(() => ({ items: () => Effect.die(fault) }));
}
