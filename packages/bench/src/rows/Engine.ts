/** The engine without a store, against the core alone: what the commit loop costs. */
import { makeForgetful } from "../Forgetful.js";
import { checkAccepted, openLedger } from "../Ledgers.js";
import { PureLedger } from "../PureLedger.js";
import { asyncRateOf, compareRates, rateOf } from "../Rates.js";
import type { Figure, Row } from "../Row.js";
import { type Movement, Traffic } from "../Traffic.js";

export const engine: Row = {
  id: "engine",
  title: "engine over a store that forgets, in batches",
  run: async (bench) => {
    const { items, batch, sampleMs } = bench.scale;
    const traffic = new Traffic({ items });
    const ledger = new PureLedger(items);
    const store = makeForgetful();
    await using stock = await openLedger(store.layer, items);
    store.forget();
    const part = { prepare: () => traffic.take(batch), amount: batch };
    const apply = (movements: readonly Movement[]) => ledger.apply(movements);
    const outcomes = await compareRates(
      bench,
      () => rateOf({ ...part, run: apply }, sampleMs / 2),
      [() => asyncRateOf({ ...part, run: stock.submitEach, check: checkAccepted }, sampleMs / 2)],
    );
    return outcomes.map(
      (outcome): Figure => ({
        subject: `batches of ${batch.toLocaleString("en")}, nothing stored`,
        floor: "the core alone",
        unit: "movements/s",
        ...outcome,
        budgets: [],
      }),
    );
  },
};
