/** Clients that wait for nobody, and tell how long they would have waited. */
import { type ClientOptions, StockbookClient } from "../../src/index.js";

export interface Impatient {
  readonly stockbook: StockbookClient;
  /** The pauses before further attempts, in milliseconds. */
  readonly pauses: readonly number[];
}

export function impatient(options: ClientOptions): Impatient {
  const pauses: number[] = [];
  const stockbook = new StockbookClient({
    sleep: async (ms) => {
      pauses.push(ms);
    },
    random: () => 0,
    ...options,
  });
  return { stockbook, pauses };
}
