/** A store that forgets: what is left of the engine's cost without one. */
import { LedgerStore, makeMemoryStore } from "@stockbook/engine";
import { Effect, Layer } from "effect";

/** A store that keeps what it is given until it is told to forget, and from then on nothing. */
export interface Forgetful {
  readonly layer: Layer.Layer<LedgerStore>;
  /** Everything that is measured must have been loaded by now. */
  readonly forget: () => void;
}

export function makeForgetful(): Forgetful {
  const memory = makeMemoryStore();
  let forgets = false;
  return {
    layer: Layer.succeed(LedgerStore, {
      ...memory,
      append: (ledger, batch) => (forgets ? Effect.void : memory.append(ledger, batch)),
    }),
    forget: () => {
      forgets = true;
    },
  };
}
