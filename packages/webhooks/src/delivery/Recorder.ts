/** What attempts came to, on its way to the store: gathered from all lanes, written together. */
import type { HealthChange, Settlement, StoreError, WebhookStoreService } from "@stockbook/engine";
import { Effect } from "effect";

export interface Recorder {
  readonly add: (settlement: Settlement, health: HealthChange | undefined) => void;
  /** Done when everything that was added so far is durable. */
  readonly flush: Effect.Effect<void, StoreError>;
}

/** So much is written at once, so that no transaction is a long one. */
const MOST_AT_ONCE = 1_000;

export function makeRecorder(store: WebhookStoreService): Recorder {
  const settlements: Settlement[] = [];
  const health: HealthChange[] = [];
  const one = Effect.unsafeMakeSemaphore(1);

  const write: Effect.Effect<void, StoreError> = Effect.suspend(() => {
    if (settlements.length === 0) return Effect.void;
    const some = settlements.splice(0, MOST_AT_ONCE);
    const changes = health.splice(0);
    return store.settle(some, changes).pipe(
      Effect.tapErrorCause(() =>
        // Written again; what had been written is overtaken then, and left out.
        Effect.sync(() => {
          settlements.unshift(...some);
          health.unshift(...changes);
        }),
      ),
      Effect.zipRight(write),
    );
  });

  return {
    add: (settlement, change) => {
      settlements.push(settlement);
      if (change !== undefined) health.push(change);
    },
    // Whoever waits for another's turn finds his own written with it.
    flush: Effect.uninterruptible(one.withPermits(1)(write)),
  };
}
